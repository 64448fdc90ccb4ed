import CloudAPI

extension ECS.DeleteService: Handled {
    /// With `force` a service is scaled to 0 first. Source: ecs.md sections 12.16 and 12.17.
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let cluster = try cloud.cluster(cluster, for: caller)
        let id = try cloud.service(service, in: cluster, for: caller)
        guard cloud.containers.services[id].status == .active else { throw .serviceNotActive }
        guard force == true || cloud.containers.services[id].desiredCount == 0 else {
            throw .serviceScaledAboveZero
        }

        cloud.containers.services[id].desiredCount = 0
        cloud.containers.services[id].status = .draining
        cloud.containers.services[id].isSteady = false
        cloud.containers.services[id].tags = []
        cloud.askScheduler(of: id)

        return Output(service: ECS.Service(id, in: cloud))
    }
}
