import CloudAPI

extension EC2.DeleteRouteTable: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id: RouteTableID = try cloud.find(routeTableId, "routeTableId", for: caller)
        guard cloud.network.routeTables[id].associations.isEmpty else {
            throw .hasDependencies("routeTable", routeTableId)
        }
        try cloud.refuseDryRun(dryRun)

        cloud.network.removeRouteTable(id)

        return Output()
    }
}
