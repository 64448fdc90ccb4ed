import CloudAPI

/// Task sets are for services with the controller EXTERNAL, which Drydock does not have.
/// Source: ecs.md section 23.
extension ECS.CreateTaskSet: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        _ = try cloud.activeService(service, in: cluster, for: caller)
        throw .taskSetsWantExternal
    }
}

extension Cloud {
    /// The service that a call about task sets names.
    func activeService(
        _ service: String, in cluster: String, for caller: Caller
    ) throws(APIFailure) -> ServiceID {
        let cluster = try self.cluster(cluster, for: caller)
        let id = try self.service(service, in: cluster, for: caller)
        guard containers.services[id].status == .active else { throw .serviceNotActive }
        return id
    }
}
