import CloudAPI

/// No service in Drydock uses Service Connect, so a namespace that a cluster has as its default has
/// no services, and any other is not there.
extension ECS.ListServicesByNamespace: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let isKnown = cloud.containers.clusters(in: caller.place).contains {
            cloud.containers.clusters[$0].isActive
                && cloud.containers.clusters[$0].serviceConnectNamespace == namespace
        }
        guard isKnown else { throw .namespaceNotFound }
        _ = try lastOfPage(nextToken)
        return Output(serviceArns: [])
    }
}
