import Cloud
import CloudAPI
import Experiments
import Simulation
import Testing

@Suite struct DeletedTargetGroupTests {
    /// Its events speak of the group, and so do its tasks.
    @Test func aServiceCanBeDescribedWhenItsTargetGroupIsGone() throws {
        let start = StartingPoint.scenario(try Scenario(builtIn: "refcard-01")!)
        let live = LiveCloud(
            try start.cloud(
                seed: 1, idSeed: 1, epoch: Timestamp(seconds: 1_767_225_600), place: .standard))
        let service = live.cloud.containers.services.first { _ in true }!.value
        let cluster = live.cloud.containers.clusters[service.cluster].name
        try live.ecs.deleteService(cluster: cluster, service: service.name, force: true)
        live.run(for: .minutes(10))
        for id in live.cloud.balancing.listeners.ids {
            try live.elbv2.deleteListener(listenerArn: live.cloud.arn(id))
        }
        for id in live.cloud.balancing.targetGroups.ids {
            try live.elbv2.deleteTargetGroup(targetGroupArn: live.cloud.arn(id))
        }

        let described = try live.ecs.describeServices(cluster: cluster, services: [service.name])
        let events = (described.services?.first?.events ?? []).compactMap(\.message)
        #expect(events.contains { $0.contains("in (target-group targetgroup/") })
    }
}
