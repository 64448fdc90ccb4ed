import Experiments
import Simulation

/// Hand-made results that look like what runs bring: none of them was measured.
enum Examples {
    private typealias Phase = DeploymentResult.Phase
    private typealias Window = DeploymentResult.Windows.Window

    /// One task replaced by one of a new version, as in the exercise.
    static let refcard: RunResult = {
        var web = DeploymentResult(service: "refcard-01", strategy: "ROLLING", outcome: .completed)
        web.versions = ["1.0.0", "1.0.1"]
        web.firstAnswerNew = .milliseconds(77_250)
        web.lastAnswerOld = .milliseconds(95_400)
        web.restart = .milliseconds(84_100)
        web.completedAt = .milliseconds(135_600)
        web.steadyAt = .milliseconds(140_000)
        web.bothVersions = .init([window(77_250, 95_400)])
        web.bothVersionsKeptConnections = .init([window(77_250, 125_400)])
        web.updated = ["image", "tag", "taskDefinition", "service", "tasks"]
        web.untouched = ["repository", "cluster", "loadBalancer", "listener", "targetGroup"]
        web.phases =
            phases(
                "task/2", "1.0.1",
                [
                    (.waitScheduler, 0, 10_000), (.capacity, 10_000, 23_000),
                    (.pull, 23_000, 32_000), (.boot, 32_000, 64_000),
                    (.register, 64_000, 69_250), (.firstCheck, 69_250, 84_100),
                ])
            + phases(
                "task/1", "1.0.0",
                [
                    (.waitScheduler, 84_100, 90_000), (.deregister, 90_000, 95_400),
                    (.drain, 95_400, 125_400), (.stop, 125_400, 128_250),
                    (.release, 128_250, 135_600),
                ])
        web.answers = [
            .init(from: .zero, shares: [1, 0], failing: 0),
            .init(from: .milliseconds(77_250), shares: [0.5, 0.5], failing: 0),
            .init(from: .milliseconds(95_400), shares: [0, 1], failing: 0),
        ]
        web.probe.requests = 160
        web.probe.byVersion = [
            .init(version: "1.0.0", requests: 86), .init(version: "1.0.1", requests: 74),
        ]
        web.events = [
            event(10_000, "(service refcard-01) has started 1 tasks: (task 2)."),
            event(64_000, "(service refcard-01) registered 1 targets in (target-group web)"),
            event(90_000, "(service refcard-01) deregistered 1 targets in (target-group web)"),
            event(90_100, "(service refcard-01) has begun draining connections on 1 tasks."),
            event(125_400, "(service refcard-01) has stopped 1 running tasks: (task 1)."),
            event(135_600, "(service refcard-01) (deployment ecs-svc/2) deployment completed."),
            event(140_000, "(service refcard-01) has reached a steady state."),
        ]
        web.costUSD = 0.001_234_567
        web.measuredUntil = .seconds(160)
        return RunResult(scenario: "refcard-01", seed: 1, deployments: [web])
    }()

    /// The new version never becomes healthy, and is started again and again.
    static let stuck: RunResult = {
        var web = DeploymentResult(service: "web", strategy: "ROLLING", outcome: .stuck)
        web.versions = ["1.0.0"]
        for attempt in 0..<3 {
            let start = 10_000 + attempt * 200_000
            web.phases += phases(
                "task/\(attempt + 2)", "1.0.1",
                [
                    (.waitScheduler, start - 10_000, start), (.capacity, start, start + 14_000),
                    (.pull, start + 14_000, start + 22_000),
                    (.boot, start + 22_000, start + 60_000),
                    (.register, start + 60_000, start + 62_000),
                ])
            web.phases.append(
                Phase(
                    task: "task/\(attempt + 2)", version: "1.0.1", kind: .firstCheck,
                    from: .milliseconds(start + 62_000),
                    to: attempt == 2 ? nil : .milliseconds(start + 182_000)))
            guard attempt < 2 else { continue }
            web.phases += phases(
                "task/\(attempt + 2)", "1.0.1",
                [
                    (.deregister, start + 182_000, start + 184_000),
                    (.drain, start + 184_000, start + 214_000),
                    (.stop, start + 214_000, start + 244_000),
                    (.release, start + 244_000, start + 251_000),
                ])
        }
        web.answers = [.init(from: .zero, shares: [1], failing: 0)]
        web.updated = ["image", "tag", "service", "tasks"]
        web.measuredUntil = .seconds(600)
        return RunResult(scenario: "stuck", seed: 7, deployments: [web])
    }()

    /// No room for both: the old task goes first, so for a while nobody answers.
    static let downtime: RunResult = {
        var web = DeploymentResult(service: "web", strategy: "ROLLING", outcome: .completed)
        web.versions = ["1.0.0", "1.0.1"]
        web.firstAnswerNew = .seconds(92)
        web.lastAnswerOld = .seconds(14)
        web.restart = .seconds(105)
        web.completedAt = .seconds(105)
        web.noVersion = .init([window(17_000, 92_000)])
        web.degraded = .init([window(14_000, 17_000), window(92_000, 92_040)])
        web.failedRequestSeconds = 76.52
        web.phases =
            phases(
                "task/1", "1.0.0",
                [
                    (.waitScheduler, 0, 10_000), (.deregister, 10_000, 14_000),
                    (.drain, 14_000, 24_000), (.stop, 24_000, 25_000), (.release, 25_000, 33_000),
                ])
            + phases(
                "task/2", "1.0.1",
                [
                    (.waitScheduler, 25_000, 30_000), (.capacity, 30_000, 43_000),
                    (.pull, 43_000, 52_000), (.boot, 52_000, 84_000), (.register, 84_000, 88_000),
                    (.firstCheck, 88_000, 105_000),
                ])
        web.answers = [
            .init(from: .zero, shares: [1, 0], failing: 0),
            .init(from: .seconds(14), shares: [0.4, 0], failing: 0.6),
            .init(from: .seconds(17), shares: [0, 0], failing: 1),
            .init(from: .seconds(92), shares: [0, 0.5], failing: 0.5),
            .init(from: .milliseconds(92_040), shares: [0, 1], failing: 0),
        ]
        web.probe.requests = 120
        web.probe.failed = 77
        web.probe.byVersion = [
            .init(version: "1.0.0", requests: 15), .init(version: "1.0.1", requests: 28),
        ]
        web.measuredUntil = .seconds(120)
        return RunResult(scenario: "no-surge", seed: 3, deployments: [web])
    }()

    /// Names that want to be markup, commands or a second line.
    static let hostile: RunResult = {
        let name = "<script>alert(\"1\")</script>\u{1B}[31m'&\r\nnext,line\u{202E}"
        var web = refcard.deployments[0]
        web.service = name
        web.strategy = "<b>"
        web.versions = ["</style><i>old", "sha256:" + String(repeating: "0a1b", count: 16)]
        web.phases = web.phases.map { phase in
            var copy = phase
            copy.task = phase.task == "task/1" ? "\"onload=\"x" : "任务\n2"
            copy.version = phase.version == "1.0.0" ? web.versions[0] : web.versions[1]
            return copy
        }
        web.probe.byVersion = [
            .init(version: name, requests: 1), .init(version: name, requests: 2),
        ]
        web.updated = ["<image>"]
        web.events = [event(1, name), event(2, String(repeating: "long", count: 60))]
        return RunResult(scenario: name, seed: .max, deployments: [web])
    }()

    /// Rolled back, after a first deployment that had no old version beside it.
    static let two: RunResult = {
        var first = DeploymentResult(service: "web", strategy: "ROLLING", outcome: .completed)
        first.versions = ["1.0.0"]
        first.firstAnswerNew = .seconds(80)
        first.restart = .seconds(85)
        first.completedAt = .seconds(90)
        first.noVersion = .init([window(0, 80_000)])
        first.failedRequestSeconds = 80
        first.phases = phases(
            "task/1", "1.0.0",
            [
                (.waitScheduler, 0, 400), (.capacity, 400, 14_000), (.pull, 14_000, 24_000),
                (.boot, 24_000, 60_000), (.register, 60_000, 62_000), (.firstCheck, 62_000, 85_000),
            ])
        first.answers = [
            .init(from: .zero, shares: [0], failing: 1),
            .init(from: .seconds(80), shares: [1], failing: 0),
        ]
        first.measuredUntil = .seconds(120)
        var second = refcard.deployments[0]
        second.service = "web"
        second.outcome = .rolledBack
        second.bothVersions = .init([window(77_250, 85_000), window(90_000, 95_400)])
        second.degraded = .init([window(85_000, 90_000)])
        second.failedRequestSeconds = 0.02
        second.restart = nil
        second.completedAt = nil
        second.steadyAt = nil
        return RunResult(scenario: "two", seed: 2, deployments: [first, second])
    }()

    /// A hundred tasks replaced in batches of ten.
    static let hundred: RunResult = {
        var web = DeploymentResult(service: "web", strategy: "ROLLING", outcome: .completed)
        web.versions = ["1.0.0", "1.0.1"]
        web.answers = [.init(from: .zero, shares: [1, 0], failing: 0)]
        for batch in 0..<10 {
            let at = batch * 90_000
            for place in 0..<5 {
                let jitter = place * 1_300
                web.phases += phases(
                    "task/\(50 + batch * 5 + place)", "1.0.1",
                    [
                        (.waitScheduler, at, at + 5_000), (.capacity, at + 5_000, at + 18_000),
                        (.pull, at + 18_000, at + 26_000 + jitter),
                        (.boot, at + 26_000 + jitter, at + 58_000 + jitter),
                        (.register, at + 58_000 + jitter, at + 62_000 + jitter),
                        (.firstCheck, at + 62_000 + jitter, at + 76_000 + jitter),
                    ])
                web.phases += phases(
                    "task/\(batch * 5 + place)", "1.0.0",
                    [
                        (.waitScheduler, at + 82_000, at + 85_000),
                        (.deregister, at + 85_000, at + 90_000),
                        (.drain, at + 90_000, at + 120_000), (.stop, at + 120_000, at + 122_000),
                        (.release, at + 122_000, at + 130_000),
                    ])
            }
            let share = Double(batch + 1) / 10
            web.answers.append(
                .init(from: .milliseconds(at + 80_000), shares: [1 - share, share], failing: 0))
        }
        web.firstAnswerNew = .milliseconds(72_000)
        web.lastAnswerOld = .milliseconds(900_000)
        web.bothVersions = .init([window(72_000, 900_000)])
        web.bothVersionsKeptConnections = .init([window(72_000, 930_000)])
        web.restart = .milliseconds(891_200)
        web.completedAt = .milliseconds(940_000)
        web.steadyAt = .milliseconds(945_000)
        web.measuredUntil = .seconds(1000)
        return RunResult(scenario: "hundred", seed: 1, deployments: [web])
    }()

    static let none = RunResult(scenario: "empty", seed: 0, deployments: [])

    private static func window(_ from: Int, _ to: Int) -> DeploymentResult.Windows.Window {
        .init(from: .milliseconds(from), to: .milliseconds(to))
    }

    private static func event(_ at: Int, _ message: String) -> DeploymentResult.Event {
        .init(at: .milliseconds(at), message: message)
    }

    private static func phases(
        _ task: String, _ version: String, _ phases: [(DeploymentResult.Phase.Kind, Int, Int)]
    ) -> [DeploymentResult.Phase] {
        phases.map { kind, from, to in
            .init(
                task: task, version: version, kind: kind, from: .milliseconds(from),
                to: .milliseconds(to))
        }
    }
}
