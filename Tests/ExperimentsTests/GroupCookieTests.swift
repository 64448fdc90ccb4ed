import Cloud
import CloudAPI
import Simulation
import Testing

@testable import Experiments

/// A listener that shares its requests between the service's target group and an empty one, and
/// keeps clients with the one that answered them. Source: elbv2.md section 4.
@Suite struct GroupCookieTests {
    private struct Shop {
        let setup: ScenarioSetup
        let listener: String
        let groups: [String]
        var live: LiveCloud { setup.live }

        init() throws {
            let scenario = try #require(try Scenario(builtIn: "refcard-01"))
            setup = try ScenarioSetup(scenario)
            let listeners = try setup.live.elbv2.describeListeners(
                loadBalancerArn: try setup.live.elbv2.describeLoadBalancers()
                    .loadBalancers![0].loadBalancerArn)
            listener = listeners.listeners![0].listenerArn!
            let own = try setup.live.elbv2.describeTargetGroups().targetGroups![0]
            let empty = try setup.live.elbv2.createTargetGroup(
                name: "empty", protocol: .http, port: 80, vpcId: own.vpcId, targetType: .ip
            ).targetGroups![0].targetGroupArn!
            groups = [own.targetGroupArn!, empty]
        }

        func share(_ weights: [Int], stickiness seconds: Int?) throws {
            try live.elbv2.modifyListener(
                listenerArn: listener,
                defaultActions: [
                    .init(
                        type: .forward,
                        forwardConfig: .init(
                            targetGroups: zip(groups, weights).map {
                                .init(targetGroupArn: $0, weight: $1)
                            },
                            targetGroupStickinessConfig: .init(
                                enabled: seconds != nil, durationSeconds: seconds)))
                ])
        }

        /// What a client meets in 100 s at a request a second; after 50 s the weights change.
        func probe(
            stickiness: Int?, cookies: Bool, then weights: [Int] = [1, 1]
        ) throws -> DeploymentResult.ProbeResult {
            try share([1, 1], stickiness: stickiness)
            var watch = setup.watch()
            watch.probe.keepsCookies = cookies
            var recorder = Recorder(watch, in: live.cloud)
            live.run(for: .seconds(50))
            try share(weights, stickiness: stickiness)
            recorder.observe(live.cloud)
            live.run(for: .seconds(50))
            return recorder.result(in: live.cloud).probe
        }
    }

    @Test func withoutStickinessHalfOfTheRequestsFindNobody() throws {
        let probe = try Shop().probe(stickiness: nil, cookies: true)
        #expect(probe.requests == 100)
        #expect((40...60).contains(probe.failed))
    }

    @Test func whoeverWasAnsweredStaysWithTheGroup() throws {
        #expect(try Shop().probe(stickiness: 600, cookies: true).failed == 0)
        #expect(try Shop().probe(stickiness: 600, cookies: false).failed > 40)
    }

    @Test func theCookieWinsOverChangedWeights() throws {
        let probe = try Shop().probe(stickiness: 600, cookies: true, then: [0, 1])
        #expect(probe.failed == 0)
        let others = try Shop().probe(stickiness: 600, cookies: false, then: [0, 1])
        #expect(others.failed >= 70, "whoever comes anew finds nobody")
    }
}
