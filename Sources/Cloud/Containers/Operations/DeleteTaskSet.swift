import CloudAPI

/// Services with the controller ECS have no task sets. Source: ecs.md sections 23 and 26.
extension ECS.DeleteTaskSet: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        _ = try cloud.activeService(service, in: cluster, for: caller)
        throw .taskSetMissing
    }
}
