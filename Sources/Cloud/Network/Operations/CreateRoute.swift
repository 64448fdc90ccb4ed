import CloudAPI

extension EC2.CreateRoute: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let table: RouteTableID = try cloud.find(routeTableId, "routeTableId", for: caller)
        let request = RouteRequest(
            ipv6: destinationIpv6CidrBlock, prefixList: destinationPrefixListId,
            gateway: gatewayId, natGateway: natGatewayId, interface: networkInterfaceId,
            others: [
                egressOnlyInternetGatewayId, instanceId, vpcPeeringConnectionId, transitGatewayId,
                localGatewayId, carrierGatewayId, coreNetworkArn, odbNetworkArn, vpcEndpointId,
            ])
        let destination = try request.destination(destinationCidrBlock)
        let target = try cloud.target(request, of: table, for: caller)
        let (routes, vpc) = (
            cloud.network.routeTables[table].routes, cloud.network.routeTables[table].vpc
        )
        let local = cloud.network.vpcs[vpc].block
        guard destination != local, !routes.contains(where: { $0.destination == destination })
        else {
            throw .routeExists(destination.description)
        }
        guard !local.contains(destination) else {
            throw .ec2Invalid(
                "The destination CIDR block \(destination) is equal to or more specific than one "
                    + "of this VPC's CIDR blocks. This route can target only an interface or an "
                    + "instance.")
        }
        guard routes.count < Network.Quota.routes else {
            throw .ec2LimitExceeded("RouteLimitExceeded", "routes")
        }
        try cloud.refuseDryRun(dryRun)

        cloud.network.routeTables[table].routes.append(
            Network.Route(destination: destination, target: target))
        cloud.record(.network(.pathsChanged(vpc)))

        return Output(return: true)
    }
}
