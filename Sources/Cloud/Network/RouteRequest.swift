import CloudAPI

/// Where a route leads that a call wants to create or replace.
struct RouteRequest {
    var ipv6: String?
    var prefixList: String?
    var gateway: String?
    var natGateway: String?
    var interface: String?
    /// Targets that Drydock does not have.
    var others: [String?]

    /// - Throws: For anything but a block of IPv4 addresses.
    func destination(_ text: String?) throws(APIFailure) -> CIDRBlock {
        guard let text, !text.isEmpty else {
            guard ipv6 == nil, prefixList == nil else {
                throw .notSupportedByDrydock("routes to other destinations than IPv4 blocks")
            }
            throw .ec2Missing("destinationCidrBlock")
        }
        guard let block = CIDRBlock(text) else { throw .isNoBlock(text, "destinationCidrBlock") }
        return block
    }
}

extension Cloud {
    /// The target of a route, which must be of the same network as its table.
    func target(
        _ request: RouteRequest, of table: RouteTableID, for caller: Caller
    ) throws(APIFailure) -> Network.Route.Target {
        let targets = [request.gateway, request.natGateway, request.interface] + request.others
        guard targets.count(where: { $0 != nil }) == 1 else {
            // Text: assumed.
            throw .ec2Combination(
                "The request must contain exactly one of gatewayId, natGatewayId, "
                    + "networkInterfaceId, vpcPeeringConnectionId, egressOnlyInternetGatewayId, "
                    + "transitGatewayId, localGatewayId, carrierGatewayId, vpcEndpointId or "
                    + "instanceId")
        }
        let vpc = network.routeTables[table].vpc
        if let text = request.gateway {
            guard text.hasPrefix("igw-") else {
                // Text: assumed.
                throw .ec2NotFound(
                    "InvalidGatewayID.NotFound", "The gateway ID '\(text)' does not exist")
            }
            let id: InternetGatewayID = try find(text, "gatewayId", for: caller)
            guard network.internetGateways[id].vpc == vpc else {
                throw .ec2Invalid(
                    "route table \(ec2ID(table)) and network gateway \(text) belong to different "
                        + "networks")
            }
            return .internetGateway(id)
        }
        if let text = request.natGateway {
            let id: NatGatewayID = try find(text, "natGatewayId", for: caller)
            let gateway = network.natGateways[id]
            guard gateway.state == .pending || gateway.state == .available else {
                throw NatGatewayID.notFound(text)
            }
            guard gateway.vpc == vpc else {
                // Text: assumed.
                throw .ec2Invalid(
                    "route table \(ec2ID(table)) and NAT gateway \(text) belong to different "
                        + "networks")
            }
            return .natGateway(id)
        }
        // An interface passes on only what a program behind it does, and none here does.
        throw .notSupportedByDrydock("routes to this kind of target")
    }
}
