import CloudAPI

extension EC2.AssociateRouteTable: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let table: RouteTableID = try cloud.find(routeTableId, "routeTableId", for: caller)
        guard gatewayId == nil, publicIpv4Pool == nil else {
            throw .notSupportedByDrydock("route tables of gateways")
        }
        let subnet: SubnetID = try cloud.find(subnetId, "subnetId", for: caller)
        let vpc = cloud.network.subnets[subnet].vpc
        guard cloud.network.routeTables[table].vpc == vpc else {
            // Text: assumed.
            throw .ec2Invalid(
                "Route table \(routeTableId) and subnet \(subnetId!) belong to different networks")
        }
        guard cloud.network.subnets[subnet].routeAssociation == nil else {
            throw .alreadyAssociated(
                "the specified association for route table \(routeTableId) conflicts with an "
                    + "existing association")
        }
        try cloud.refuseDryRun(dryRun)

        let id = cloud.network.associate(table, with: subnet)
        cloud.record(.network(.pathsChanged(vpc)))

        return Output(
            associationId: cloud.ec2ID(id), associationState: .init(state: .associated))
    }
}
