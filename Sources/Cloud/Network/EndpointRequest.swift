import CloudAPI

extension Cloud {
    /// The service with this full name, if it has endpoints of this kind.
    func endpointService(
        _ name: String?, _ kind: Network.Endpoint.Kind, for caller: Caller
    ) throws(APIFailure) -> Network.EndpointService {
        guard let name, !name.isEmpty else { throw .ec2Missing("serviceName") }
        let service = Network.EndpointService.all.first {
            $0.fullName(caller.place.region) == name
        }
        guard let service else {
            throw APIFailure(
                code: "InvalidServiceName",
                message: "The Vpc Endpoint Service '\(name)' does not exist")
        }
        guard service.kinds.contains(kind) else {
            // Text: assumed.
            let types = service.kinds.map { $0 == .gateway ? "Gateway" : "Interface" }
            throw .ec2InvalidEndpoint(
                "Endpoint type (\(kind == .gateway ? "Gateway" : "Interface")) does not match "
                    + "available service types ([\(types.joined(separator: ", "))]).")
        }
        return service
    }

    /// Route tables that a gateway endpoint shall add its route to.
    func routeTables(
        _ texts: [String]?, forEndpointTo service: String, in vpc: VpcID, for caller: Caller
    ) throws(APIFailure) -> [RouteTableID] {
        let present = network.vpcs[vpc].endpoints.filter {
            network.endpoints[$0].service == service
        }
        var tables: [RouteTableID] = []
        for text in texts ?? [] {
            let table: RouteTableID = try find(text, "routeTableId", for: caller)
            guard network.routeTables[table].vpc == vpc else {
                // Text: assumed.
                throw .ec2InvalidEndpoint(
                    "Route table \(text) and VPC \(ec2ID(vpc)) belong to different networks")
            }
            let isThere = present.contains { network.endpoints[$0].routeTables.contains(table) }
            guard !isThere, !tables.contains(table) else {
                let list = PrefixList.of(service, in: caller.place.region)?.id ?? ""
                throw APIFailure(
                    code: "RouteAlreadyExists",
                    message: "route table \(text) already has a route with "
                        + "destination-prefix-list-id \(list)")
            }
            tables.append(table)
        }
        return tables
    }

    /// Subnets that an interface endpoint shall have interfaces in, one in each zone.
    func subnets(
        _ texts: [String]?, besides present: [SubnetID], in vpc: VpcID, for caller: Caller
    ) throws(APIFailure) -> [SubnetID] {
        var zones = present.map { network.subnets[$0].zone }
        var found: [SubnetID] = []
        for text in texts ?? [] {
            let subnet: SubnetID = try find(text, "subnetId", for: caller)
            guard network.subnets[subnet].vpc == vpc else {
                // This text and the next: assumed.
                throw .ec2InvalidEndpoint(
                    "Subnet \(text) and VPC \(ec2ID(vpc)) belong to different networks")
            }
            guard !zones.contains(network.subnets[subnet].zone) else {
                throw APIFailure(
                    code: "DuplicateSubnetsInSameZone",
                    message: "Found another VPC endpoint subnet in the availability zone of "
                        + "\(text). VPC endpoint subnets should be in different availability zones "
                        + "supported by the VPC endpoint service.")
            }
            guard network.subnets[subnet].pool.free > 0 else { throw .noFreeAddress }
            zones.append(network.subnets[subnet].zone)
            found.append(subnet)
        }
        return found
    }

    /// Whether the service's own name can lead to an endpoint. Observed; vpc.md section 4.
    func checkPrivateDNS(
        of service: Network.EndpointService, in vpc: VpcID, besides own: EndpointID? = nil
    ) throws(APIFailure) {
        guard network.vpcs[vpc].hasDNSSupport, network.vpcs[vpc].hasDNSHostnames else {
            throw .ec2InvalidEndpoint(
                "Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC "
                    + "attributes set to true for \(ec2ID(vpc))")
        }
        let isTaken = network.vpcs[vpc].endpoints.contains {
            $0 != own && network.endpoints[$0].service == service.name
                && network.endpoints[$0].hasPrivateDNS
        }
        if isTaken {
            let name = service.privateName(network.vpcs[vpc].place.region)
            throw .ec2InvalidEndpoint(
                "private-dns-enabled cannot be set because there is already a conflicting DNS "
                    + "domain for \(name) in the VPC \(ec2ID(vpc))")
        }
    }
}

extension APIFailure {
    static func ec2InvalidEndpoint(_ message: String) -> APIFailure {
        APIFailure(code: "InvalidParameter", message: message)
    }
}

extension Cloud {
    /// The lists with these ids; all that AWS keeps if none is named.
    func prefixLists(_ ids: [String]?, for caller: Caller) throws(APIFailure) -> [PrefixList] {
        let all = PrefixList.all(in: caller.place.region)
        guard let ids, !ids.isEmpty else { return all }
        for id in ids where !all.contains(where: { $0.id == id }) {
            throw .prefixListNotFound(id)
        }
        return all.filter { ids.contains($0.id) }
    }
}
