import CloudAPI

extension EC2.ReplaceRoute: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let table: RouteTableID = try cloud.find(routeTableId, "routeTableId", for: caller)
        guard localTarget != true else { throw .notSupportedByDrydock("other local routes") }
        let request = RouteRequest(
            ipv6: destinationIpv6CidrBlock, prefixList: destinationPrefixListId,
            gateway: gatewayId, natGateway: natGatewayId, interface: networkInterfaceId,
            others: [
                egressOnlyInternetGatewayId, instanceId, vpcPeeringConnectionId, transitGatewayId,
                localGatewayId, carrierGatewayId, coreNetworkArn, odbNetworkArn, vpcEndpointId,
            ])
        let destination = try request.destination(destinationCidrBlock)
        let target = try cloud.target(request, of: table, for: caller)
        let index = cloud.network.routeTables[table].routes.firstIndex {
            $0.destination == destination
        }
        guard let index else {
            throw .ec2Invalid(
                "There is no route defined for '\(destination)' in the route table. Use "
                    + "CreateRoute instead.")
        }
        try cloud.refuseDryRun(dryRun)

        cloud.network.routeTables[table].routes[index].target = target
        cloud.record(.network(.pathsChanged(cloud.network.routeTables[table].vpc)))

        return Output()
    }
}
