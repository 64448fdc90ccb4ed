import CloudAPI

extension EC2.DeleteRoute: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let table: RouteTableID = try cloud.find(routeTableId, "routeTableId", for: caller)
        let request = RouteRequest(
            ipv6: destinationIpv6CidrBlock, prefixList: destinationPrefixListId, others: [])
        let destination = try request.destination(destinationCidrBlock)
        let vpc = cloud.network.routeTables[table].vpc
        guard destination != cloud.network.vpcs[vpc].block else {
            throw .ec2Invalid(
                "cannot remove local route \(destination) in route table \(routeTableId)")
        }
        let index = cloud.network.routeTables[table].routes.firstIndex {
            $0.destination == destination
        }
        guard let index else { throw .routeNotFound(destination.description, routeTableId) }
        try cloud.refuseDryRun(dryRun)

        cloud.network.routeTables[table].routes.remove(at: index)
        cloud.record(.network(.pathsChanged(vpc)))

        return Output()
    }
}
