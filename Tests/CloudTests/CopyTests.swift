import Testing

@testable import Cloud

@Suite struct CopyTests {
    /// A copy shares what did not change: the first change afterwards copies one chunk of the table
    /// concerned, whatever the size of the cloud.
    @Test func twoCopiesAreIndependent() throws {
        let live = LiveCloud()
        for number in 0..<100 { try live.ecs.createCluster(clusterName: "cluster-\(number)") }
        let before = live.cloud
        try live.ecs.deleteCluster(cluster: "cluster-50")
        #expect(before.containers.clusters.count { $0.value.isActive } == 100)
        #expect(live.cloud.containers.clusters.count { $0.value.isActive } == 99)
        live.cloud = before
        let described = try live.ecs.describeClusters(clusters: ["cluster-50"])
        #expect(described.clusters?.first?.status == "ACTIVE")
    }
}
