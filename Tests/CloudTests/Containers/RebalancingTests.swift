import CloudAPI
import Simulation
import Testing

@testable import Cloud

/// Source: ecs.md sections 16.3 and 20.
@Suite struct RebalancingTests {
    private let dock: Dock
    private let zones = ["us-east-1a", "us-east-1b", "us-east-1c"]

    init() throws {
        dock = try Dock(zones: 3, blockPrefix: 28)
        try dock.define()
    }

    private func perZone() throws -> [Int] {
        let tasks = try dock.tasks()
        return zones.map { zone in tasks.count { $0.availabilityZone == zone } }
    }

    /// Runs the service while only one zone has free addresses, and then lets it have all of them.
    private func widen(
        _ count: Int, maximum: Int = 200, rebalancing: ECS.AvailabilityZoneRebalancing? = nil
    ) throws {
        var taken: [InterfaceID] = []
        for subnet in dock.site.subnets.dropFirst() {
            while dock.live.cloud.network.subnets[subnet].pool.free > 0 {
                taken.append(
                    dock.live.cloud.attachInterface(
                        to: subnet, groups: [dock.site.open], kind: .user,
                        withPublicAddress: false, owner: nil, description: "")!)
            }
        }
        try dock.serve(count, maximum: maximum)
        try dock.settle()
        #expect(try perZone() == [count, 0, 0])
        for interface in taken { dock.live.cloud.removeInterface(interface) }
        try dock.ecs.updateService(
            cluster: "c", service: "web", availabilityZoneRebalancing: rebalancing,
            healthCheckGracePeriodSeconds: 1)
    }

    @Test func movesTasksToTheZonesThatHaveFew() throws {
        try widen(4)
        let before = try dock.tasks().map { $0.taskArn! }
        dock.live.run(for: .minutes(10))
        #expect(try perZone().sorted() == [1, 1, 2])
        let messages = try dock.messages()
        let begin = try #require(
            messages.firstIndex(
                of: "(service web) is not AZ balanced with 4 tasks in us-east-1a, 0 tasks in "
                    + "us-east-1b, 0 tasks in us-east-1c. AZ Rebalancing in progress."))
        #expect(messages[begin + 1].contains("has started 1 tasks in us-east-1b to AZ Rebalance: "))
        #expect(messages[begin + 2].contains("has started 1 tasks in us-east-1c to AZ Rebalance: "))
        #expect(
            messages.last
                == "(service web) is AZ balanced with 2 tasks in us-east-1a, 1 tasks in "
                + "us-east-1b, 1 tasks in us-east-1c.")
        #expect(try dock.tasks().count { before.contains($0.taskArn!) } == 2)
        #expect(try dock.service().deployments!.map(\.rolloutState) == [.completed])
    }

    @Test func keepsAsManyAsDesiredAllAlong() throws {
        try widen(6)
        let end = dock.live.cloud.now + .minutes(10)
        while dock.live.cloud.now < end {
            dock.live.run(for: .seconds(1))
            let running = try dock.tasks().count { $0.lastStatus == "RUNNING" }
            #expect(running >= 6)
        }
        #expect(try perZone() == [2, 2, 2])
    }

    @Test func needsRoom() throws {
        try widen(3, maximum: 100)
        dock.live.run(for: .minutes(10))
        #expect(try perZone() == [3, 0, 0])
        #expect(!(try dock.messages().contains { $0.contains("AZ") }))
    }

    @Test func isADecisionOfTheService() throws {
        try widen(3, rebalancing: .disabled)
        dock.live.run(for: .minutes(10))
        #expect(try perZone() == [3, 0, 0])
        try dock.ecs.updateService(
            cluster: "c", service: "web", availabilityZoneRebalancing: .enabled)
        dock.live.run(for: .minutes(10))
        #expect(try perZone() == [1, 1, 1])
    }
}
