import CloudAPI

/// What CreateLoadBalancer and SetSubnets ask of subnets: elbv2.md sections 3 and 9.
extension Cloud {
    /// The subnets a caller names, in either of two ways.
    func subnetIDs(
        _ subnets: [String]?, _ mappings: [ELBv2.SubnetMapping]?, _ caller: Caller
    ) throws(APIFailure) -> [SubnetID] {
        if subnets?.isEmpty == false, mappings?.isEmpty == false {
            // Assumed.
            throw .balancingInvalid(
                "Subnets and subnet mappings cannot be specified at the same time")
        }
        var names = subnets ?? []
        if names.isEmpty {
            for mapping in mappings ?? [] {
                guard mapping.allocationId == nil, mapping.privateIPv4Address == nil else {
                    throw .balancingNotSupported("fixed addresses of load balancers")
                }
                names.append(mapping.subnetId ?? "")
            }
        }
        var ids: [SubnetID] = []
        for name in names {
            guard let id: SubnetID = naming.ec2ID(name, "subnet", .subnet),
                network.subnets.find(id)?.place == caller.place
            else { throw .subnetNotFound(name) }
            if !ids.contains(id) { ids.append(id) }
        }
        return ids
    }

    /// Whether a load balancer may have its nodes there.
    ///
    /// - Parameter present: Subnets in which it has one already.
    func check(
        _ subnets: [SubnetID], for kind: Balancing.LoadBalancer.Kind, isInternal: Bool,
        present: [SubnetID] = []
    ) throws(APIFailure) {
        var zones: [String] = []
        for subnet in subnets {
            let zone = network.subnets[subnet].zone
            guard !zones.contains(zone) else { throw .twoSubnetsInOneZone }
            zones.append(zone)
        }
        guard zones.count >= (kind == .application ? 2 : 1) else { throw .tooFewZones }
        let vpc = network.subnets[subnets[0]].vpc
        for subnet in subnets where network.subnets[subnet].vpc != vpc {
            throw .subnetsOfSeveralVpcs
        }
        for subnet in subnets where !present.contains(subnet) {
            guard network.subnets[subnet].pool.free >= 8 else {
                throw .subnetIsFull(naming.ec2ID("subnet", subnet, .subnet))
            }
        }
        guard isInternal || network.vpcs[vpc].internetGateway != nil else {
            throw .vpcHasNoInternetGateway(naming.ec2ID("vpc", vpc, .vpc))
        }
    }

    /// The security groups a caller names, each once, all of one VPC.
    func securityGroupIDs(_ names: [String], of vpc: VpcID) throws(APIFailure) -> [SecurityGroupID]
    {
        var ids: [SecurityGroupID] = []
        for name in names {
            guard let id: SecurityGroupID = naming.ec2ID(name, "sg", .securityGroup),
                network.securityGroups.find(id)?.vpc == vpc
            else { throw .invalidSecurityGroups }
            if !ids.contains(id) { ids.append(id) }
        }
        return ids
    }
}
