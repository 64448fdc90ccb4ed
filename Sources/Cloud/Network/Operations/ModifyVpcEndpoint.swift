import CloudAPI

extension EC2.ModifyVpcEndpoint: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id: EndpointID = try cloud.find(vpcEndpointId, "vpcEndpointId", for: caller)
        let endpoint = cloud.network.endpoints[id]
        let added = try cloud.routeTables(
            addRouteTableIds, forEndpointTo: endpoint.service, in: endpoint.vpc, for: caller)
        var removed: [RouteTableID] = []
        for text in removeRouteTableIds ?? [] {
            removed.append(try cloud.find(text, "routeTableId", for: caller))
        }
        let leaving = try interfacesLeaving(endpoint, in: cloud, for: caller)
        let staying = endpoint.interfaces.filter { !leaving.contains($0) }
        let subnets = try cloud.subnets(
            addSubnetIds, besides: staying.map { cloud.network.interfaces[$0].subnet },
            in: endpoint.vpc, for: caller)
        let groups = try groupsAfterwards(endpoint, in: cloud, for: caller)
        let isGateway = endpoint.kind == .gateway
        guard isGateway ? subnets.isEmpty && privateDnsEnabled == nil : added.isEmpty else {
            // Text: assumed.
            throw .ec2InvalidEndpoint("The parameter does not apply to this type of endpoint.")
        }
        if privateDnsEnabled == true {
            try cloud.checkPrivateDNS(of: endpoint.serviceFacts, in: endpoint.vpc, besides: id)
        }
        try cloud.refuseDryRun(dryRun)

        cloud.network.endpoints[id].routeTables.removeAll { removed.contains($0) }
        cloud.network.endpoints[id].routeTables += added
        cloud.network.endpoints[id].interfaces = staying
        for interface in leaving { cloud.removeInterface(interface) }
        cloud.network.endpoints[id].securityGroups = groups
        for interface in staying { cloud.setGroups(groups, of: interface) }
        for subnet in subnets { cloud.addInterface(to: id, in: subnet) }
        if let privateDnsEnabled { cloud.network.endpoints[id].hasPrivateDNS = privateDnsEnabled }
        if resetPolicy == true { cloud.network.endpoints[id].policy = nil }
        if let policyDocument { cloud.network.endpoints[id].policy = policyDocument }
        cloud.record(.network(.pathsChanged(endpoint.vpc)))

        return Output(return: true)
    }

    private func interfacesLeaving(
        _ endpoint: Network.Endpoint, in cloud: Cloud, for caller: Caller
    ) throws(APIFailure) -> [InterfaceID] {
        var leaving: [InterfaceID] = []
        for text in removeSubnetIds ?? [] {
            let subnet: SubnetID = try cloud.find(text, "subnetId", for: caller)
            leaving += endpoint.interfaces.filter { cloud.network.interfaces[$0].subnet == subnet }
        }
        return leaving
    }

    private func groupsAfterwards(
        _ endpoint: Network.Endpoint, in cloud: Cloud, for caller: Caller
    ) throws(APIFailure) -> [SecurityGroupID] {
        var groups = endpoint.securityGroups
        for text in removeSecurityGroupIds ?? [] {
            let group: SecurityGroupID = try cloud.find(text, "groupId", for: caller)
            groups.removeAll { $0 == group }
        }
        guard let addSecurityGroupIds, !addSecurityGroupIds.isEmpty else { return groups }
        for group in try cloud.groups(addSecurityGroupIds, of: endpoint.vpc, for: caller)
        where !groups.contains(group) {
            groups.append(group)
        }
        return groups
    }
}
