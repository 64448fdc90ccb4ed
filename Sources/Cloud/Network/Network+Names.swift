import CloudAPI
import Simulation

/// An id that EC2 writes as a prefix and 17 hex digits. Source: vpc.md section 2.
protocol EC2Identifier: Identifier {
    /// `"vpc"`
    static var prefix: String { get }
    static var kind: Naming.Kind { get }
    /// Where it is; `nil` if it is not, or no more.
    func place(in network: Network) -> Place?

    static func notFound(_ text: String) -> APIFailure
    static func malformed(_ text: String) -> APIFailure
}

/// The id of something that can carry tags.
protocol EC2Resource: EC2Identifier {
    static var resourceType: EC2.ResourceType { get }
    var tags: WritableKeyPath<Network, [ResourceTag]> { get }
    /// By ascending ids.
    static func all(in place: Place, of network: Network) -> [Self]
}

extension Cloud {
    func ec2ID<ID: EC2Identifier>(_ id: ID) -> String { naming.ec2ID(ID.prefix, id, ID.kind) }

    /// The resource with this id that the caller has; `nil` if there is none.
    func find<ID: EC2Identifier>(_ text: String, for caller: Caller) -> ID? {
        guard let id: ID = naming.ec2ID(text, ID.prefix, ID.kind),
            id.place(in: network) == caller.place
        else { return nil }
        return id
    }

    /// The resource with the id that a parameter names.
    ///
    /// - Throws: Missing, malformed or not found, in this order.
    func find<ID: EC2Identifier>(
        _ text: String?, _ parameter: String, for caller: Caller
    ) throws(APIFailure) -> ID {
        guard let text, !text.isEmpty else { throw .ec2Missing(parameter) }
        guard isWellFormed(text, ID.prefix) else { throw ID.malformed(text) }
        guard let id: ID = find(text, for: caller) else { throw ID.notFound(text) }
        return id
    }

    /// A prefix, a dash, then lower-case letters and digits. Assumed: AWS's texts of
    /// `Invalid...ID.Malformed` say no more of the form.
    private func isWellFormed(_ text: String, _ prefix: String) -> Bool {
        text.hasPrefix(prefix + "-") && text.utf8.count > prefix.utf8.count + 1
            && text.utf8.dropFirst(prefix.utf8.count + 1).allSatisfy {
                0x30...0x39 ~= $0 || 0x61...0x7A ~= $0
            }
    }

    /// `arn:aws:ec2:us-east-1:000000000000:vpc/vpc-...`
    ///
    /// - Parameter text: The id as EC2 writes it; whoever shows an ARN shows that too.
    func ec2ARN<ID: EC2Resource>(_ id: ID, _ text: String) -> String {
        let place = id.place(in: network)!
        return String(writing: { arn in
            arn.add(arnOf: "ec2", in: place)
            arn.add(ID.resourceType.rawValue)
            arn.add("/")
            arn.add(text as String)
        })
    }
}

extension EC2Identifier {
    static func malformed(_ text: String) -> APIFailure {
        .ec2Malformed("Invalid\(malformedWord).Malformed", text, prefix)
    }

    private static var malformedWord: String {
        switch prefix {
        case "vpc": "VpcID"
        case "subnet": "SubnetID"
        case "rtb": "RouteTableID"
        case "igw": "InternetGatewayID"
        case "eni": "NetworkInterfaceID"
        case "acl": "NetworkAclID"
        case "eipalloc": "AllocationID"
        case "vpce": "VpcEndpointId"
        case "sgr": "SecurityGroupRuleId"
        default: "AssociationID"
        }
    }
}

extension VpcID: EC2Resource {
    static var prefix: String { "vpc" }
    static var kind: Naming.Kind { .vpc }
    static var resourceType: EC2.ResourceType { .vpc }
    var tags: WritableKeyPath<Network, [ResourceTag]> { \.vpcs[self].tags }
    func place(in network: Network) -> Place? {
        network.vpcs.contains(self) ? network.vpcs[self].place : nil
    }
    static func all(in place: Place, of network: Network) -> [VpcID] { network.vpcs(in: place) }
    static func notFound(_ text: String) -> APIFailure {
        .ec2NotFound("InvalidVpcID.NotFound", "The vpc ID '\(text)' does not exist")
    }
}

extension SubnetID: EC2Resource {
    static var prefix: String { "subnet" }
    static var kind: Naming.Kind { .subnet }
    static var resourceType: EC2.ResourceType { .subnet }
    var tags: WritableKeyPath<Network, [ResourceTag]> { \.subnets[self].tags }
    func place(in network: Network) -> Place? {
        network.subnets.contains(self) ? network.subnets[self].place : nil
    }
    static func all(in place: Place, of network: Network) -> [SubnetID] {
        network.parts(of: place, \.subnets)
    }
    static func notFound(_ text: String) -> APIFailure {
        .ec2NotFound("InvalidSubnetID.NotFound", "The subnet ID '\(text)' does not exist")
    }
}

extension RouteTableID: EC2Resource {
    static var prefix: String { "rtb" }
    static var kind: Naming.Kind { .routeTable }
    static var resourceType: EC2.ResourceType { .routeTable }
    var tags: WritableKeyPath<Network, [ResourceTag]> { \.routeTables[self].tags }
    func place(in network: Network) -> Place? {
        network.routeTables.contains(self) ? network.routeTables[self].place : nil
    }
    static func all(in place: Place, of network: Network) -> [RouteTableID] {
        network.parts(of: place, \.routeTables)
    }
    static func notFound(_ text: String) -> APIFailure {
        .ec2NotFound("InvalidRouteTableID.NotFound", "The routeTable ID '\(text)' does not exist")
    }
}

extension RouteAssociationID: EC2Identifier {
    static var prefix: String { "rtbassoc" }
    static var kind: Naming.Kind { .routeAssociation }
    func place(in network: Network) -> Place? {
        network.routeAssociations.find(self).map { network.routeTables[$0.table].place }
    }
    static func notFound(_ text: String) -> APIFailure { .associationNotFound(text) }
}

extension InternetGatewayID: EC2Resource {
    static var prefix: String { "igw" }
    static var kind: Naming.Kind { .internetGateway }
    static var resourceType: EC2.ResourceType { .internetGateway }
    var tags: WritableKeyPath<Network, [ResourceTag]> { \.internetGateways[self].tags }
    func place(in network: Network) -> Place? {
        network.internetGateways.contains(self) ? network.internetGateways[self].place : nil
    }
    static func all(in place: Place, of network: Network) -> [InternetGatewayID] {
        network.internetGatewaysByPlace[place] ?? []
    }
    static func notFound(_ text: String) -> APIFailure {
        .ec2NotFound(
            "InvalidInternetGatewayID.NotFound", "The internetGateway ID '\(text)' does not exist")
    }
}

extension NatGatewayID: EC2Resource {
    static var prefix: String { "nat" }
    static var kind: Naming.Kind { .natGateway }
    static var resourceType: EC2.ResourceType { .natgateway }
    var tags: WritableKeyPath<Network, [ResourceTag]> { \.natGateways[self].tags }
    func place(in network: Network) -> Place? {
        network.natGateways.contains(self) ? network.natGateways[self].place : nil
    }
    static func all(in place: Place, of network: Network) -> [NatGatewayID] {
        network.parts(of: place, \.natGateways)
    }
    static func notFound(_ text: String) -> APIFailure {
        .ec2NotFound("NatGatewayNotFound", "NatGateway \(text) was not found")
    }
    static func malformed(_ text: String) -> APIFailure {
        .ec2Malformed("NatGatewayMalformed", text, prefix)
    }
}

extension AddressID: EC2Resource {
    static var prefix: String { "eipalloc" }
    static var kind: Naming.Kind { .address }
    static var resourceType: EC2.ResourceType { .elasticIp }
    var tags: WritableKeyPath<Network, [ResourceTag]> { \.addresses[self].tags }
    func place(in network: Network) -> Place? {
        network.addresses.contains(self) ? network.addresses[self].place : nil
    }
    static func all(in place: Place, of network: Network) -> [AddressID] {
        network.addressesByPlace[place] ?? []
    }
    static func notFound(_ text: String) -> APIFailure {
        .ec2NotFound("InvalidAllocationID.NotFound", "The allocation ID '\(text)' does not exist")
    }
}

extension AddressAssociationID: EC2Identifier {
    static var prefix: String { "eipassoc" }
    static var kind: Naming.Kind { .addressAssociation }
    func place(in network: Network) -> Place? {
        network.addressAssociations.find(self).map { network.addresses[$0].place }
    }
    static func notFound(_ text: String) -> APIFailure { .associationNotFound(text) }
}

extension SecurityGroupID: EC2Resource {
    static var prefix: String { "sg" }
    static var kind: Naming.Kind { .securityGroup }
    static var resourceType: EC2.ResourceType { .securityGroup }
    var tags: WritableKeyPath<Network, [ResourceTag]> { \.securityGroups[self].tags }
    func place(in network: Network) -> Place? {
        network.securityGroups.contains(self) ? network.securityGroups[self].place : nil
    }
    static func all(in place: Place, of network: Network) -> [SecurityGroupID] {
        network.parts(of: place, \.securityGroups)
    }
    static func notFound(_ text: String) -> APIFailure {
        .ec2NotFound("InvalidGroup.NotFound", "The security group '\(text)' does not exist")
    }
    static func malformed(_ text: String) -> APIFailure {
        APIFailure(
            code: "InvalidGroupId.Malformed",
            message: "The security group ID '\(text)' is malformed")
    }
}

extension SecurityGroupRuleID: EC2Resource {
    static var prefix: String { "sgr" }
    static var kind: Naming.Kind { .securityGroupRule }
    static var resourceType: EC2.ResourceType { .securityGroupRule }
    var tags: WritableKeyPath<Network, [ResourceTag]> { \.rules[self].tags }
    func place(in network: Network) -> Place? {
        network.rules.find(self).map { network.securityGroups[$0.group].place }
    }
    static func all(in place: Place, of network: Network) -> [SecurityGroupRuleID] {
        SecurityGroupID.all(in: place, of: network)
            .flatMap { network.securityGroups[$0].rules }.sorted()
    }
    static func notFound(_ text: String) -> APIFailure {
        .ec2NotFound(
            "InvalidSecurityGroupRuleId.NotFound",
            "The security group rule ID '\(text)' does not exist")
    }
}

extension InterfaceID: EC2Resource {
    static var prefix: String { "eni" }
    static var kind: Naming.Kind { .interface }
    static var resourceType: EC2.ResourceType { .networkInterface }
    var tags: WritableKeyPath<Network, [ResourceTag]> { \.interfaces[self].tags }
    func place(in network: Network) -> Place? {
        network.interfaces.contains(self) ? network.interfaces[self].place : nil
    }
    static func all(in place: Place, of network: Network) -> [InterfaceID] {
        network.parts(of: place, \.interfaces)
    }
    static func notFound(_ text: String) -> APIFailure {
        .ec2NotFound(
            "InvalidNetworkInterfaceID.NotFound", "The networkInterface ID '\(text)' does not exist"
        )
    }
}

extension NetworkACLID: EC2Resource {
    static var prefix: String { "acl" }
    static var kind: Naming.Kind { .networkACL }
    static var resourceType: EC2.ResourceType { .networkAcl }
    var tags: WritableKeyPath<Network, [ResourceTag]> { \.networkACLs[self].tags }
    func place(in network: Network) -> Place? {
        network.networkACLs.contains(self) ? network.networkACLs[self].place : nil
    }
    static func all(in place: Place, of network: Network) -> [NetworkACLID] {
        network.parts(of: place, \.networkACLs)
    }
    static func notFound(_ text: String) -> APIFailure {
        .ec2NotFound("InvalidNetworkAclID.NotFound", "The networkAcl ID '\(text)' does not exist")
    }
}

extension ACLAssociationID: EC2Identifier {
    static var prefix: String { "aclassoc" }
    static var kind: Naming.Kind { .aclAssociation }
    func place(in network: Network) -> Place? {
        network.aclAssociations.find(self).map { network.subnets[$0].place }
    }
    static func notFound(_ text: String) -> APIFailure { .associationNotFound(text) }
}
