import Cloud
import CloudAPI
import Simulation
import Testing

@testable import Experiments

@Suite struct PredictionTests {
    /// A scenario's cloud whose first version is steady.
    static func live(
        _ settings: [String] = [], of name: String = "refcard-01"
    ) throws -> LiveCloud {
        try ScenarioSetup(try #require(try Scenario(builtIn: name, settings: settings))).live
    }

    static func question(
        _ settings: [String] = [], trials: Int = 10, new: Bool = false
    ) -> Prediction.Question {
        var question = Prediction.Question(service: "ref-card-01")
        question.settings = settings
        question.trials = trials
        question.forcesNew = new
        return question
    }

    static func predict(
        _ settings: [String] = [], on live: LiveCloud, trials: Int = 10, new: Bool = false
    ) throws -> Prediction {
        try Prediction(question(settings, trials: trials, new: new), of: live.cloud)
    }

    static func refusal(_ settings: [String] = [], on live: LiveCloud) -> String {
        do throws(PredictionProblem) {
            _ = try Prediction(question(settings), of: live.cloud)
            return "not refused"
        } catch {
            return error.description
        }
    }

    /// Each trial is what the same calls bring about on the cloud itself.
    @Test func aTrialIsWhatTheCallsBringAbout() throws {
        let live = try Self.live()
        let service = try #require(live.cloud.containers.services.first { _ in true }).id
        let name = live.cloud.containers.services[service].name
        let predicted = try Self.predict(on: live, trials: 1)
        #expect(predicted.current.newVersion == .copy("v1"))

        live.cloud = live.cloud.reseeded(1)
        let repository = live.cloud.registry.repositories.first { _ in true }!.value
        let manifest = live.cloud.registry.images[repository.images[0]].manifest
        try live.ecr.putImage(
            repositoryName: repository.name, imageManifest: manifest + "\n", imageTag: "latest")
        let watch = Watch(service: service, in: live.cloud)
        var recorder = Recorder(watch, in: live.cloud)
        _ = try live.ecs.updateService(
            cluster: live.cloud.arn(live.cloud.containers.services[service].cluster), service: name,
            forceNewDeployment: true)
        recorder.observe(live.cloud)
        while !recorder.isOver, live.cloud.step(until: .never) { recorder.observe(live.cloud) }
        let played = Recordings.result(of: recorder, in: live.cloud)

        #expect(played.bothVersions.total > .zero)
        for measure in Prediction.Measure.allCases {
            #expect(predicted.current[measure]?.median == measure.of(played), "\(measure)")
        }
        #expect(predicted.current.outcomes == [.init(outcome: .completed, count: 1)])
    }

    @Test func theCloudStaysAsItIs() throws {
        let live = try Self.live()
        let before = try #require(live.cloud.containers.services.first { _ in true }).value
        let settings = ["minimumHealthyPercent=0", "cpu=512", "memory=1024"]
        let first = try Self.predict(settings, on: live)
        let after = try #require(live.cloud.containers.services.first { _ in true }).value
        #expect(after.settings == before.settings && after.deployments == before.deployments)
        // The same question has the same answer.
        let again = try Self.predict(settings, on: live)
        #expect(first.current == again.current && first.changed == again.changed)
    }

    /// With one task and no surge, the old task goes before the new one comes.
    @Test func percentagesBuyDowntime() throws {
        let live = try Self.live()
        let settings = ["minimumHealthyPercent=0", "maximumPercent=100"]
        let predicted = try Self.predict(settings, on: live, trials: 20)
        let (current, changed) = (predicted.current, try #require(predicted.changed))
        #expect(current[.noVersion]?.most == 0)
        #expect(try #require(changed[.noVersion]).least > 10)
        #expect(try #require(current[.bothVersions]).least > 0)
        #expect(changed[.bothVersions]?.most == 0)
        let difference = try #require(predicted.differences?[.noVersion])
        #expect(difference.count == 20 && difference.median == changed[.noVersion]?.median)
        #expect(
            predicted.changes == [
                .init(key: "minimumHealthyPercent", from: "100", to: "0"),
                .init(key: "maximumPercent", from: "200", to: "100"),
            ])
    }

    /// What is compared has the same luck on both sides.
    @Test func aChangeThatChangesNothingMakesNoDifference() throws {
        let predicted = try Self.predict(["maximumPercent=200"], on: try Self.live(), trials: 5)
        for measure in Prediction.Measure.allCases {
            let difference = try #require(predicted.differences?[measure])
            #expect(difference.least == 0 && difference.most == 0, "\(measure)")
        }
    }

    /// The new version answers sooner, and the old one goes no sooner: its successor counts as
    /// healthy only after the grace period.
    @Test func moreProcessorAnswersSooner() throws {
        let predicted = try Self.predict(["cpu=1024", "memory=2048"], on: try Self.live())
        #expect(predicted.changes.map(\.from) == ["256", "512"])
        #expect(try #require(predicted.differences?[.bothVersions]).median > 5)
    }

    @Test func settingsOfTargetGroupsAreSet() throws {
        let settings = ["deregistration_delay.timeout_seconds=5", "healthCheckIntervalSeconds=6"]
        let predicted = try Self.predict(settings, on: try Self.live())
        #expect(predicted.changes.allSatisfy { $0.from != nil && $0.from != $0.to })
        #expect(try #require(predicted.differences?[.bothVersionsKeptConnections]).median < 0)
    }

    @Test func whatIsPushedAlreadyIsTheNewVersion() throws {
        let live = try Self.live()
        let repository = live.cloud.registry.repositories.first { _ in true }!.value
        try live.push(ImageBuild(version: "v2"), to: repository.name)
        #expect(try Self.predict(on: live, trials: 1).current.newVersion == .waiting("v2"))
    }

    @Test func atAnImmutableTagTheCopyHasARevisionOfItsOwn() throws {
        let live = try Self.live()
        let repository = live.cloud.registry.repositories.first { _ in true }!.value
        try live.ecr.putImageTagMutability(
            repositoryName: repository.name, imageTagMutability: .immutable)
        let predicted = try Self.predict(on: live, trials: 2)
        #expect(predicted.current.newVersion == .copy("v1"))
        #expect(try #require(predicted.current[.bothVersions]).least > 0)
    }

    @Test func aDeploymentUnderWayGoesOnToItsEnd() throws {
        let live = try Self.live()
        let service = try #require(live.cloud.containers.services.first { _ in true }).id
        let cluster = live.cloud.arn(live.cloud.containers.services[service].cluster)
        try live.ecs.updateService(
            cluster: cluster, service: live.cloud.arn(service), forceNewDeployment: true)
        let whole = try Self.predict(on: live, trials: 5)
        live.run(for: .seconds(30))
        let rest = try Self.predict(on: live, trials: 5)
        let primary = live.cloud.containers.services[service].deployments[0]
        #expect(rest.underWay == live.cloud.name(of: primary) && rest.current.newVersion == nil)
        #expect(
            try #require(rest.current[.completed]).median
                < (try #require(whole.current[.completed])).median)
        #expect(rest.current.outcomes == [.init(outcome: .completed, count: 5)])
        #expect(try Self.predict(on: live, trials: 1, new: true).underWay == nil)
        #expect(Self.refusal(["cpu=512"], on: live).contains("--new"))
    }

    @Test func aWayBackThatIsUnderWayEndsRolledBack() throws {
        let scenario = try #require(try Scenario(builtIn: "rollback"))
        var setup = try ScenarioSetup(scenario)
        let live = setup.live
        for step in scenario.deploy {
            if case .waitUntilSteady = step.action { break }
            try setup.perform(step)
        }
        let service = setup.service
        let isGoingBack = live.run(until: live.cloud.now + .hours(1)) { cloud in
            cloud.containers.deployments[cloud.containers.services[service].deployments[0]].undoes
                != nil
        }
        #expect(isGoingBack)
        let question = Prediction.Question(
            service: live.cloud.containers.services[service].name)
        let predicted = try Prediction(question, of: live.cloud)
        #expect(predicted.current.outcomes == [.init(outcome: .rolledBack, count: 100)])
    }

    @Test func aServiceThatNobodyAsksHasNoAnswers() throws {
        let live = try Self.live(["loadBalancer=none"])
        var question = Self.question()
        question.trials = 3
        let predicted = try Prediction(question, of: live.cloud)
        #expect(!predicted.isAsked && predicted.current[.noVersion] == nil)
        #expect(predicted.current[.completed] != nil)
        question.settings = ["healthCheckIntervalSeconds=5"]
        #expect(throws: PredictionProblem.self) { try Prediction(question, of: live.cloud) }
    }

    @Test(arguments: [
        (["minimumHealthyPercnt=50"], "Did you mean \"minimumHealthyPercent\"?"),
        (["minimumHealthyPercnt=50"], "deregistration_delay.timeout_seconds"),
        (["desiredCount"], "write key=value"), (["desiredCount="], "write key=value"),
        (["desiredCount=two"], "desiredCount is a whole number."),
        (["cpu=256", "cpu=512"], "cpu is given twice."),
        (["deploymentCircuitBreaker.enable=yes"], "true or false"),
        (["desiredCount=-1"], "UpdateService is refused: InvalidParameterException"),
        (["maximumPercent=50"], "UpdateService is refused: InvalidParameterException"),
        (["taskDefinition=nobody:1"], "DescribeTaskDefinition is refused: ClientException"),
        (["cpu=300"], "RegisterTaskDefinition is refused: ClientException"),
        (["healthCheckIntervalSeconds=1"], "ModifyTargetGroup is refused: "),
        (
            ["deregistration_delay.timeout_seconds=soon"],
            "deregistration_delay.timeout_seconds is a whole number."
        ),
    ])
    func saysWhatIsWrong(settings: [String], says: String) throws {
        let said = Self.refusal(settings, on: try Self.live())
        #expect(said.contains(says), "\(said)")
    }

    @Test func namesTheServicesThereAre() throws {
        let live = try Self.live()
        var question = Prediction.Question(service: "ref-card")
        #expect(throws: PredictionProblem.self) { try Prediction(question, of: live.cloud) }
        let service = try #require(live.cloud.containers.services.first { _ in true }).id
        question.service = live.cloud.arn(service)
        question.trials = 1
        #expect(try Prediction(question, of: live.cloud).trials == 1)
        question.trials = 0
        #expect(throws: PredictionProblem.self) { try Prediction(question, of: live.cloud) }
        question.trials = 1
        question.region = "eu-central-1"
        #expect(throws: PredictionProblem.self) { try Prediction(question, of: live.cloud) }
    }
}

@Suite struct PercentilesTests {
    @Test func areValuesByRank() throws {
        let hundred = try #require(Percentiles(of: (1...100).reversed().map(Double.init)))
        #expect(hundred.count == 100 && hundred.least == 1 && hundred.most == 100)
        #expect(hundred.p5 == 5 && hundred.median == 50 && hundred.p95 == 95)
        let one = try #require(Percentiles(of: [7]))
        #expect([one.least, one.p5, one.median, one.p95, one.most] == [7, 7, 7, 7, 7])
        #expect(Percentiles(of: []) == nil)
    }
}
