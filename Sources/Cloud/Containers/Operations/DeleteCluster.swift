import CloudAPI

extension ECS.DeleteCluster: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.cluster(cluster, for: caller)
        let counts = cloud.containers.counts(of: id)
        // Services first: assumed, ecs.md section 3.6.
        guard counts.activeServices + counts.drainingServices == 0 else {
            throw .clusterContainsServices
        }
        guard counts.running + counts.pending == 0 else { throw .clusterContainsTasks }

        cloud.containers.clusters[id].isActive = false
        cloud.containers.clusters[id].tags = []
        cloud.schedule(.forgetCluster(id), after: cloud.timing.inactiveKept)

        return Output(cluster: ECS.Cluster(id, in: cloud))
    }
}
