import Cloud
import Simulation
import Testing

@testable import Experiments

@Suite struct SetupTests {
    private func scenario(_ settings: String...) throws -> Scenario {
        try #require(try Scenario(builtIn: "refcard-01", settings: settings))
    }

    @Test func theExerciseStandsWithItsFirstVersionSteady() throws {
        let setup = try ScenarioSetup(scenario())
        let cloud = setup.live.cloud
        #expect(setup.isSteady)
        #expect(cloud.containers.services[setup.service].name == "ref-card-01")
        let tasks = cloud.containers.services[setup.service].tasks
        #expect(tasks.map { cloud.containers.tasks[$0].status } == [.running])
        #expect(cloud.balancing.targets.map(\.value.state) == [.healthy])
        #expect(cloud.network.subnets.count { cloud.network.isPublic($0.id) } == 2)
        #expect(cloud.network.subnets.count == 4)
        #expect(cloud.network.natGateways.count == 1)
        let listener = try #require(setup.listener)
        #expect(cloud.balancing.listeners[listener].port == 80)
        #expect(cloud.balancing.listeners[listener].loadBalancer == setup.loadBalancer)
        #expect(setup.dnsName?.hasSuffix(".us-east-1.elb.amazonaws.com") == true)
        #expect(setup.insider == nil)
        #expect(setup.versions.map(\.version) == ["v1"])
        let name = setup.scenario.repository
        let home = Place.standard
        let uri = "\(home.account).dkr.ecr.\(home.region).amazonaws.com/\(name):latest"
        let image = try #require(cloud.registry.image(ImageReference(uri), for: home))
        #expect(cloud.registry.images[image].digest == setup.versions[0].digest)
    }

    @Test func theNewVersionIsBroughtOutByItsSteps() throws {
        let scenario = try scenario()
        var setup = try ScenarioSetup(scenario)
        let call = setup.live.cloud.now
        for step in scenario.deploy {
            #expect(try setup.perform(step, until: call + scenario.horizon))
        }
        let cloud = setup.live.cloud
        #expect(setup.isSteady)
        #expect(setup.versions.map(\.version) == ["v1", "v2"])
        #expect(setup.version(ofDigest: setup.versions[1].digest) == "v2")
        let deployment = try #require(cloud.containers.services[setup.service].deployments.first)
        #expect(cloud.containers.deployments[deployment].digests == [setup.versions[1].digest])
        #expect(cloud.containers.deployments[deployment].rolloutState == .completed)

        // One task more than desired, from its pull until the old one has stopped: two minutes.
        setup.live.run(for: .minutes(2))
        let cost = Prices.of(region: "us-east-1").costOfDeployment(
            of: setup.service, since: call, in: setup.live.cloud)
        #expect((60...240).contains(cost / CostTests.hour * 3600))
    }

    @Test func aPushAloneStartsNothing() throws {
        var setup = try ScenarioSetup(scenario("deploy=[{push: v2}, {wait: 10m}]"))
        let tasks = setup.live.cloud.containers.services[setup.service].tasks
        for step in setup.scenario.deploy { try setup.perform(step) }
        #expect(setup.live.cloud.containers.services[setup.service].tasks == tasks)
    }

    @Test func aNewRevisionRunsAnotherTag() throws {
        let steps =
            "[{push: {version: v2, tag: two}}, "
            + "{registerTaskDefinition: {tag: two, cpu: 512, memory: 1 GB}}, "
            + "{updateService: {taskDefinition: latest, minimumHealthyPercent: 0, "
            + "maximumPercent: 100}}, {wait: steady}]"
        var setup = try ScenarioSetup(scenario("deploy=\(steps)"))
        for step in setup.scenario.deploy { #expect(try setup.perform(step)) }
        let cloud = setup.live.cloud
        let service = cloud.containers.services[setup.service]
        let definition = cloud.containers.taskDefinitions[service.settings.definition]
        #expect(definition.revision == 2)
        #expect(definition.cpuUnits == 512)
        #expect(definition.containers[0].image.tag == "two")
        #expect(service.settings.minimumHealthyPercent == 0)
        #expect(service.settings.maximumPercent == 100)
    }

    static let others: [[String]] = [
        ["loadBalancer=none"],
        ["probe.from=inside"],
        ["network.nat=one per zone", "service.desiredCount=4"],
        ["network.nat=false", "service.subnets=public", "service.assignPublicIp=true"],
        ["region=eu-central-1", "account=\"123456789012\""],
        ["service.desiredCount=0"],
        ["network.zones=3", "network.publicSubnets=", "network.privateSubnets="],
        ["images.v1.architecture=ARM64", "task.architecture=ARM64"],
        ["service.circuitBreaker={enable: true, rollback: true}"],
        ["loadBalancer.slowStart=60s", "task.logGroup=none"],
        ["loadBalancer.internal=true"],
        ["probe={from: inside, subnets: public, securityGroups: [load-balancer]}"],
        ["loadBalancer.kind=network", "loadBalancer.crossZone=true"],
        ["loadBalancer.kind=network", "loadBalancer.healthCheck={path: /, interval: 10s}"],
    ]

    @Test(arguments: others) func otherCloudsBecomeSteadyToo(settings: [String]) throws {
        let scenario = try #require(try Scenario(builtIn: "refcard-01", settings: settings))
        let setup = try ScenarioSetup(scenario, seed: 3)
        #expect(setup.isSteady)
        #expect((setup.insider != nil) == (scenario.probe.from == .inside))
        #expect((setup.listener != nil) == (scenario.loadBalancer != nil))
    }

    /// What is set, what it leads to, and how the answer begins.
    static let refusals: [(String, String, String)] = [
        (
            "task.memory=300", "task asks for: RegisterTaskDefinition",
            #"ClientException, "No Fargate configuration exists for given values"#
        ),
        (
            "task.executionRole=none", "task asks for: RegisterTaskDefinition",
            #"ClientException, "Fargate requires task definition to have execution role ARN"#
        ),
        (
            "network.publicSubnets=[10.9.0.0/24]", "network.publicSubnets.1 asks for: CreateSubnet",
            "InvalidSubnet.Range"
        ),
        (
            "loadBalancer.healthCheck.interval=5s",
            "loadBalancer.healthCheck asks for: CreateTargetGroup", "ValidationError"
        ),
        (
            "roles.ecsTaskExecutionRole=[Nothing]",
            "roles.ecsTaskExecutionRole.1 asks for: AttachRolePolicy", "NoSuchEntity"
        ),
        (
            "repository=UPPER", "repository asks for: CreateRepository",
            "InvalidParameterException"
        ),
    ]

    @Test(arguments: refusals) func aRefusalIsASentenceAtItsPlace(
        setting: String, call: String, answer: String
    ) throws {
        let scenario = try scenario(setting)
        let problem = #expect(throws: ScenarioProblem.self) { try ScenarioSetup(scenario) }
        let sentence = problem?.sentence ?? ""
        #expect(sentence.hasPrefix("AWS refuses what \(call) answers \(answer)"), "\(sentence)")
        #expect(problem?.place != .file)
    }

    @Test func aFirstVersionThatCannotStartIsAProblemToo() throws {
        let scenario = try scenario("network.nat=false")
        let problem = #expect(throws: ScenarioProblem.self) { try ScenarioSetup(scenario) }
        let sentence = problem?.sentence ?? ""
        let expected =
            "The first version, v1, is not steady after 1800 s, so there is nothing to "
            + "bring a new version to. ECS says: (service ref-card-01) was unable to place a task. "
            + "Reason: "
        #expect(sentence.hasPrefix(expected), "\(sentence)")
    }

    @Test func theSameSeedBuildsTheSameCloud() throws {
        let one = try ScenarioSetup(scenario(), seed: 5)
        let other = try ScenarioSetup(scenario(), seed: 5)
        #expect(one.live.cloud.now == other.live.cloud.now)
        let third = try ScenarioSetup(scenario(), seed: 6)
        #expect(one.live.cloud.now != third.live.cloud.now)
        #expect(one.dnsName == third.dnsName)
    }
}
