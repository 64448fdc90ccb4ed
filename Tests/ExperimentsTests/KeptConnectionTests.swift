import Cloud
import Simulation
import Testing

@testable import Experiments

/// Connections that go on, and requests that cookies lead.
@Suite struct KeptConnectionTests {
    private func run(_ name: String, _ settings: String...) throws -> DeploymentResult {
        let scenario = try #require(try Scenario(builtIn: name, settings: settings))
        return try Experiment(scenario).run().deployments[0]
    }

    /// The rule is away from 90 s to 110 s after the call.
    @Test func aRuleForAGroupLeavesThemAlone() throws {
        let result = try run("closed-door")
        let kept = result.bothVersionsKeptConnections.windows
        #expect(kept.count == 1)
        #expect(kept[0].from < .seconds(90) && kept[0].to > .seconds(110))
        #expect(result.noVersion.total == .seconds(20))
    }

    @Test func aRuleForEveryoneCutsThem() throws {
        let result = try run("closed-door", "securityGroups.app.1.from=0.0.0.0/0")
        let kept = result.bothVersionsKeptConnections.windows
        #expect(kept.contains { $0.to == .seconds(90) }, "all are cut")
        #expect(kept.allSatisfy { $0.to <= .seconds(90) || $0.from >= .seconds(110) })
    }

    /// It passes on connections: a client that keeps its own meets the old version until that ends.
    @Test func aNetworkLoadBalancerHoldsThem() throws {
        let held = try run("network-balancer").probe
        let free = try run("network-balancer", "probe.keepAlive=false").probe
        func old(_ probe: DeploymentResult.ProbeResult) -> Int { probe.byVersion[0].requests }
        #expect(held.failed == 0)
        #expect(old(held) > old(free) + 100)
    }

    /// The end of a drain cuts what an application load balancer has passed on, and not what a
    /// network load balancer has, unless it is told to; there the task's end does.
    @Test func theEndOfADrainCutsThemOrNot() throws {
        let application = try run("network-balancer", "loadBalancer.kind=application")
        let network = try run("network-balancer")
        func end(_ result: DeploymentResult) -> Duration {
            result.bothVersionsKeptConnections.windows.last!.to
        }
        func drains(_ result: DeploymentResult) -> Duration {
            result.phases.filter { $0.kind == .stop }.compactMap(\.to).max()!
        }
        #expect(end(network) < drains(network))
        #expect(end(application) < drains(application) - .seconds(5))
    }

    @Test func lessonsAreThereInGerman() throws {
        for known in Scenario.builtIn {
            let scenario = try #require(try Scenario(builtIn: known.name))
            #expect(scenario.german?.title.isEmpty == false, "\(known.name)")
            #expect(scenario.german?.teaches.isEmpty == false, "\(known.name)")
            #expect(!scenario.teaches.isEmpty, "\(known.name)")
        }
    }
}
