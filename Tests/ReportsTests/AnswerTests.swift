import Experiments
import Simulation
import Testing

@testable import Reports

/// The sentences that answer the question, for each way in which a deployment can go.
struct AnswerTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let verdict: String
        let first: String
        let change: @Sendable (inout DeploymentResult) -> Void

        init(
            _ name: String, verdict: String, says first: String,
            change: @escaping @Sendable (inout DeploymentResult) -> Void
        ) {
            (testDescription, self.verdict, self.first, self.change) = (
                name, verdict, first, change
            )
        }
    }

    static let cases = [
        Case(
            "an overlap", verdict: "good",
            says: "Both versions were reachable for 18.2 s (from 77.3 s to 95.4 s after the call)."
        ) { _ in },
        Case(
            "no overlap", verdict: "good",
            says: "The two versions were never reachable at the same time."
        ) { $0.bothVersions = .init() },
        Case(
            "a new version that never answers", verdict: "caution",
            says: "The new version never answered."
        ) {
            $0.bothVersions = .init()
            $0.firstAnswerNew = nil
        },
        Case(
            "the same version once more", verdict: "good",
            says: "The new tasks run the same version as the old ones."
        ) {
            $0.bothVersions = .init()
            $0.versions = ["1.0.0"]
            for index in $0.phases.indices { $0.phases[index].version = "1.0.0" }
        },
        Case(
            "downtime comes first", verdict: "caution",
            says: "No version was reachable for 2 s (from 1 s to 3 s after the call)."
        ) { $0.noVersion = .init([.init(from: .seconds(1), to: .seconds(3))]) },
        Case("a failure comes first", verdict: "bad", says: "The deployment failed.") {
            $0.outcome = .failed
        },
        Case(
            "a rollback comes first", verdict: "bad",
            says: "The deployment failed and was rolled back."
        ) { $0.outcome = .rolledBack },
        Case(
            "being stuck comes first", verdict: "bad",
            says: "The deployment was still under way when the measuring ended, "
                + "160 s after the call."
        ) { $0.outcome = .stuck },
    ]

    @Test(arguments: cases) func firstSentence(_ c: Case) {
        var result = Examples.refcard.deployments[0]
        c.change(&result)
        let answer = result.answer(in: .english)
        #expect(answer.sentences.first == c.first)
        #expect(answer.verdict.rawValue == c.verdict)
    }

    @Test func saysThatNoRequestFailedOnlyWhereNoneCould() {
        let clean = Language.english.words.noRequestFailed
        var result = Examples.refcard.deployments[0]
        #expect(result.answer(in: .english).sentences.contains(clean))

        result.degraded = .init([.init(from: .seconds(1), to: .milliseconds(1_001))])
        #expect(!result.answer(in: .english).sentences.contains(clean))
        #expect(result.answer(in: .english).verdict == .caution)
    }
}

/// How phases are told apart that occur at both ends of a task's life.
struct TaskLifeTests {
    private func life(_ kinds: [DeploymentResult.Phase.Kind]) -> TaskLife {
        var result = DeploymentResult(service: "web", strategy: "ROLLING", outcome: .completed)
        result.phases = kinds.enumerated().map { index, kind in
            .init(
                task: "task/1", version: "1", kind: kind, from: .seconds(index),
                to: .seconds(index + 1))
        }
        return result.lives[0]
    }

    @Test func aWaitBelongsToTheEndThatFollowsIt() {
        let new = life([.waitScheduler, .capacity, .pull])
        #expect(new.starting.count == 3 && new.stopping.isEmpty && new.service == nil)

        let old = life([.waitScheduler, .deregister, .drain])
        #expect(old.starting.isEmpty && old.stopping.count == 3)
        #expect(old.service?.from == nil && old.service?.to == .zero)

        let both = life([.waitScheduler, .capacity, .firstCheck, .waitScheduler, .deregister])
        #expect(both.starting.count == 3 && both.stopping.count == 2)
        #expect(both.service?.from == .seconds(3) && both.service?.to == .seconds(3))
    }
}
