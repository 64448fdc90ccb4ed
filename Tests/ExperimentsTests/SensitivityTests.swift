import Cloud
import Foundation
import Simulation
import Testing

@testable import Experiments

/// The points that no source settles, and what they move.
@Suite struct SensitivityTests {
    private func scenario(_ settings: [String] = []) throws -> Scenario {
        try #require(try Scenario(builtIn: "refcard-01", settings: settings))
    }

    @Test func theFirstReadingIsDrydocksOwn() throws {
        for point in Timing.switches {
            #expect(point.readings.count >= 2)
            #expect(try scenario(point.readings[0]).timing == Timing(), "\(point.name)")
            for reading in point.readings.dropFirst() {
                #expect(try scenario(reading).timing != Timing(), "\(point.name)")
            }
        }
    }

    @Test func theGuideNamesEachOfThem() throws {
        let guide = try String(
            contentsOf: TraceTests.root.appending(path: "docs/fidelity.md"), encoding: .utf8)
        let table = try #require(guide.components(separatedBy: "## What is not settled").last)
        for point in Timing.switches {
            #expect(table.contains("| `\(point.name)`"), "\(point.name) is not in the table")
        }
    }

    /// A fast app is counted when its target is healthy, and not forty seconds later.
    @Test func theFortySecondsAreWorthWhatTheSheetSays() throws {
        let quick = try scenario(["images.v1.bootCPU=1s"])
        let result = try Sensitivity(of: quick, seeds: Array(1...10))
        let row = try #require(result.rows.first { $0.name == "minimumRunningWithLoadBalancer" })
        #expect(row.settings == ["minimumRunningWithLoadBalancer=0s"])
        let change = try #require(row.changes[.bothVersions]).inSeconds
        #expect((-45 ... -25).contains(change))
        #expect(row.largest.inSeconds >= -change)
        let largest = result.rows.map(\.largest)
        #expect(largest == largest.sorted(by: >), "the biggest comes first")
    }

    @Test func theReadingOfTheScenarioIsNotPlayedAgain() throws {
        let other = try scenario(["timing.minimumRunningWithLoadBalancer=0s"])
        let result = try Sensitivity(of: other, seeds: [1])
        let row = try #require(result.rows.first { $0.name == "minimumRunningWithLoadBalancer" })
        #expect(row.settings == ["minimumRunningWithLoadBalancer=40s"])
    }

    /// By the API's wording a task that drains counts no longer: the next may start at once.
    @Test func aPlaceIsGivenBackAtOnceByTheOtherReading() throws {
        let stopFirst = try #require(try Scenario(builtIn: "stop-first"))
        let result = try Sensitivity(of: stopFirst, seeds: [1, 2, 3])
        let row = try #require(result.rows.first { $0.name == "stoppingHoldsPlace" })
        #expect(try #require(row.changes[.noVersion]) < .zero)
        #expect(try #require(row.changes[.completed]) < .zero)
    }

    /// A sick task's replacement waits for its place; by the other reading it does not.
    @Test func sickTasksGiveTheirPlaceBackByTheOtherReading() throws {
        func starts(_ settings: [String]) throws -> Int {
            let scenario = try #require(try Scenario(builtIn: "never-healthy", settings: settings))
            let result = try Experiment(scenario, seed: 1).run()
            return result.deployments[0].events.count { $0.message.contains("has started") }
        }
        let held = ["service.maximumPercent=150", "service.desiredCount=2"]
        #expect(try starts(held + ["timing.sickHoldsPlace=false"]) > starts(held))
    }

    @Test func theNewestGoesFirstByTheOtherReading() throws {
        func stopped(_ settings: [String]) throws -> [String] {
            let yaml = """
                name: less
                service: {desiredCount: 4}
                deploy: [{updateService: {desiredCount: 2}}, {wait: steady}]
                """
            let scenario = try Scenario(yaml: yaml, file: "less.yaml", settings: settings)
            let result = try Experiment(scenario, seed: 1).run()
            return result.deployments[0].events.map(\.message).filter { $0.contains("stopped") }
        }
        #expect(try stopped([]) != stopped(["timing.stopsOldestFirst=false"]))
    }
}
