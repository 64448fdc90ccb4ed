import CloudAPI

extension EC2.CreateRouteTable: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        if let id = try cloud.made(
            by: self, clientToken, among: cloud.network.routeTables, for: caller)
        {
            return Output(routeTable: EC2.RouteTable(id, in: cloud), clientToken: clientToken)
        }
        let vpc: VpcID = try cloud.find(vpcId, "vpcId", for: caller)
        let tags = try tagSpecifications.tags(for: .routeTable)
        guard cloud.network.vpcs[vpc].routeTables.count < Network.Quota.routeTables else {
            throw .ec2LimitExceeded("RouteTableLimitExceeded", "route tables")
        }
        try cloud.refuseDryRun(dryRun)

        let id = cloud.network.addRouteTable(to: vpc, tags: tags)
        cloud.remember(id, madeBy: self, clientToken, for: caller)

        return Output(routeTable: EC2.RouteTable(id, in: cloud), clientToken: clientToken)
    }
}
