import Cloud
import Foundation
import Simulation
import Testing

@testable import Experiments

@Suite struct ScenarioTests {
    @Test func theExerciseIsAsItWasSet() throws {
        let scenario = try #require(try Scenario(builtIn: "refcard-01"))
        #expect(scenario.repository == "regli/rechsteiner-app-ref-card-01")
        #expect(scenario.place == .standard)
        #expect(scenario.network.zones == 2)
        let subnets = scenario.network.privateSubnets.map(\.description)
        #expect(subnets == ["10.0.10.0/24", "10.0.11.0/24"])
        #expect(scenario.network.nat == .one)
        let rule = Scenario.SecurityGroup.Rule(ports: 8080...8080, from: .group("load-balancer"))
        #expect(scenario.securityGroups[1].rules == [rule])
        #expect(scenario.images.map(\.version) == ["v1", "v2"])
        #expect(scenario.images.map(\.sizeMebibytes) == [180, 180])
        #expect(scenario.images[1].profile.bootTime(cpuUnits: 256) == .seconds(32))
        #expect(scenario.images[1].profile.exitsAfterTerm == .milliseconds(500))
        #expect(scenario.images[1].profile.body == "App Ref. Card 01, version 2\n")
        #expect(scenario.task.cpuUnits == 256)
        #expect(scenario.task.memoryMebibytes == 512)
        #expect(scenario.loadBalancer?.healthCheck.interval == .seconds(10))
        #expect(scenario.loadBalancer?.deregistrationDelay == .seconds(30))
        #expect(scenario.service.settings.desiredCount == 1)
        #expect(scenario.timing == Timing())
        #expect(
            scenario.deploy.map(\.action) == [
                .push(version: "v2", tag: "latest"),
                .updateService(
                    {
                        var update = Scenario.Step.Update()
                        update.forcesNewDeployment = true
                        return update
                    }()),
                .waitUntilSteady,
            ])
        #expect(scenario.probe == Scenario.Probe())
    }

    @Test func aNameIsEnough() throws {
        let scenario = try Scenario(yaml: "name: mine", file: "mine.yaml")
        #expect(scenario.title == "mine")
        #expect(scenario.images.map(\.version) == ["v1", "v2"])
        #expect(scenario.securityGroups.map(\.name) == ["load-balancer", "app"])
        #expect(scenario.service.securityGroups == ["app"])
        #expect(scenario.deploy.count == 3)
        #expect(scenario.horizon == .minutes(30))
    }

    @Test func aVersionTakesOverWhatItDoesNotSayItself() throws {
        let scenario = try Scenario(
            yaml: """
                name: mine
                images:
                  v1: {size: 20 MiB, bootCPU: 2s, crash: {after: 5s, exitCode: 3}}
                  v2:
                  v3: {status: 500, crash: none}
                """, file: "mine.yaml")
        #expect(scenario.images.map(\.sizeMebibytes) == [20, 20, 20])
        #expect(scenario.images[1].profile.crash == .init(after: .seconds(5), exitCode: 3))
        #expect(scenario.images[2].profile.crash == nil)
        #expect(scenario.images[2].profile.page.status == 500)
        #expect(scenario.images[2].profile.check.status == 500)
        #expect(scenario.images[2].profile.version == "v3")
        #expect(scenario.images[2].profile.body == "mine v3\n")
    }

    @Test func theScenariosInTheProgramAreThoseOfTheFolder() throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../fixtures/scenarios").standardized
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".yaml") }.sorted()
        #expect(
            files == Scenario.builtIn.map { "\($0.name).yaml" }, "run scripts/embed-scenarios")
        for (name, yaml) in Scenario.builtIn {
            let text = try String(
                contentsOf: folder.appending(path: "\(name).yaml"), encoding: .utf8)
            #expect(text == yaml, "run scripts/embed-scenarios")
            #expect(try Scenario(yaml: yaml, file: "\(name).yaml").name == name)
        }
        #expect(try Scenario(builtIn: "refcard-99") == nil)
    }

    static let durations: [(String, Duration?)] = [
        ("30s", .seconds(30)), ("30", .seconds(30)), ("1.5 s", .milliseconds(1500)),
        ("500ms", .milliseconds(500)), ("2m", .minutes(2)), ("0.5 min", .seconds(30)),
        ("1h", .hours(1)), ("0", .zero), (".5", .milliseconds(500)), ("7s", .seconds(7)),
        ("168h", .hours(168)), ("0.000000001s", Duration(nanoseconds: 1)),
        ("-1s", nil), ("1e3", nil), ("1_000", nil), ("1 day", nil), ("s", nil), ("", nil),
        ("1.2.3s", nil), ("169h", nil), ("999999999h", nil), ("9999999999", nil), ("½s", nil),
        ("+1s", nil), ("1:30", nil), ("NaN", nil), ("inf", nil),
    ]

    @Test(arguments: durations) func aDurationIsReadAsPeopleWriteIt(
        text: String, expected: Duration?
    ) throws {
        let value = ScenarioValue(
            node: ScenarioNode(content: .text(text), place: .line(1)), path: "horizon", file: "f")
        #expect((try? value.duration()) == expected)
    }

    @Test func delaysCanBeSpreads() throws {
        let scenario = try Scenario(
            yaml: """
                name: mine
                timing:
                  capacity: {between: [10s, 18s]}
                  exitNotice: 5s
                  start: {always: 2}
                  tick: {triangular: {low: 9s, high: 11s, mode: 10s}}
                  firstCheck: {normal: {mean: 2s, deviation: 500ms, to: 5s}}
                  release: {logNormal: {median: 15s, sigma: 0.4, to: 60s}}
                  pullFixed: {empirical: [1s, 2s, 4s]}
                  minimumRunning: 0s
                  deregistersAtOnce: 0.25
                """, file: "mine.yaml")
        let timing = scenario.timing
        #expect(timing.capacity == .between(.seconds(10), .seconds(18)))
        #expect(timing.exitNotice == .always(.seconds(5)))
        #expect(timing.start == .always(.seconds(2)))
        #expect(
            timing.tick == .triangular(low: .seconds(9), high: .seconds(11), mode: .seconds(10)))
        #expect(
            timing.firstCheck
                == .normal(
                    mean: .seconds(2), deviation: .milliseconds(500), from: .zero, to: .seconds(5)))
        #expect(
            timing.release
                == .logNormal(
                    median: .seconds(15), sigma: 0.4, from: .zero, to: .seconds(60)))
        #expect(timing.pullFixed == .empirical([.seconds(1), .seconds(2), .seconds(4)]))
        #expect(timing.minimumRunning == .zero)
        #expect(timing.deregistersAtOnce == 0.25)
    }

    @Test func stepsAreDoneInOrder() throws {
        let scenario = try Scenario(
            yaml: """
                name: mine
                images: {v1: , v2: }
                deploy:
                  - push: {version: v2, tag: "2"}
                  - registerTaskDefinition: {tag: "2", cpu: 512, memory: 1 GB}
                  - updateService: {taskDefinition: latest, desiredCount: 3}
                  - wait: 90s
                  - push: v1
                  - updateService: {taskDefinition: 1, circuitBreaker: {rollback: true}}
                  - wait: steady
                """, file: "mine.yaml")
        #expect(scenario.deploy.map(\.path) == (1...7).map { "deploy.\($0)" })
        guard case .registerTaskDefinition(let task) = scenario.deploy[1].action,
            case .updateService(let first) = scenario.deploy[2].action,
            case .updateService(let second) = scenario.deploy[5].action
        else { throw CancellationError() }
        #expect((task.tag, task.cpuUnits, task.memoryMebibytes) == ("2", 512, 1024))
        #expect(first.taskDefinition == .latest)
        #expect(first.desiredCount == 3)
        #expect(first.forcesNewDeployment == false)
        #expect(scenario.deploy[3].action == .wait(.seconds(90)))
        #expect(scenario.deploy[4].action == .push(version: "v1", tag: "2"))
        #expect(second.taskDefinition == .revision(1))
        #expect(second.circuitBreaker == .init(isEnabled: true, rollsBack: true))
        #expect(scenario.deploy[6].action == .waitUntilSteady)
    }
}
