import CloudAPI
import Simulation
import Testing

@testable import Cloud

/// What does not belong together, and arguments that exclude each other: vpc.md sections 1 and 4.
@Suite struct NetworkRefusalTests {
    let net: TestNetwork
    let subnet: String
    /// In another VPC.
    let away: TestNetwork
    let awaySubnet: String
    let invalid = "InvalidParameterValue"
    var ec2: EC2Client<LiveCloud> { net.live.ec2 }

    init() throws {
        net = try TestNetwork()
        subnet = try net.subnet()
        away = try TestNetwork(net.live)
        awaySubnet = try away.subnet()
    }

    private func refuse(
        _ code: String, _ message: String, sourceLocation: SourceLocation = #_sourceLocation,
        _ call: () throws -> Void
    ) throws {
        try expectRefusal(
            code, message, of: net.live, sourceLocation: sourceLocation, call)
    }

    @Test func partsOfTwoNetworksDoNotFit() throws {
        let table = try away.table()
        try refuse(
            invalid, "Route table \(table) and subnet \(subnet) belong to different networks"
        ) { try ec2.associateRouteTable(subnetId: subnet, routeTableId: table) }

        let own = try ec2.associateRouteTable(subnetId: subnet, routeTableId: try net.table())
            .associationId!
        try refuse(
            invalid, "Route table \(table) and association \(own) belong to different networks"
        ) { try ec2.replaceRouteTableAssociation(associationId: own, routeTableId: table) }

        let acl = try ec2.createNetworkAcl(vpcId: away.vpc).networkAcl!.networkAclId!
        let filter = EC2.Filter(name: "association.subnet-id", values: [subnet])
        let association = try ec2.describeNetworkAcls(filters: [filter]).networkAcls![0]
            .associations!.first { $0.subnetId == subnet }!.networkAclAssociationId!
        try refuse(
            invalid, "Network ACL \(acl) and subnet \(subnet) belong to different networks"
        ) {
            try ec2.replaceNetworkAclAssociation(associationId: association, networkAclId: acl)
        }

        _ = try away.gateway()
        let nat = try away.natGateway(in: awaySubnet)
        let mine = try net.table()
        try refuse(
            invalid, "route table \(mine) and NAT gateway \(nat) belong to different networks"
        ) {
            try ec2.createRoute(
                routeTableId: mine, destinationCidrBlock: "0.0.0.0/0", natGatewayId: nat)
        }
    }

    @Test func endpointsKeepToTheirNetworkAndKind() throws {
        let table = try away.table()
        try refuse(
            "InvalidParameter",
            "Route table \(table) and VPC \(net.vpc) belong to different networks"
        ) {
            try ec2.createVpcEndpoint(
                vpcId: net.vpc, serviceName: "com.amazonaws.us-east-1.s3", routeTableIds: [table])
        }
        try refuse(
            "InvalidParameter",
            "Subnet \(awaySubnet) and VPC \(net.vpc) belong to different networks"
        ) {
            try ec2.createVpcEndpoint(
                vpcEndpointType: .interface, vpcId: net.vpc,
                serviceName: "com.amazonaws.us-east-1.logs", subnetIds: [awaySubnet],
                privateDnsEnabled: false)
        }
        let gateway = try ec2.createVpcEndpoint(
            vpcId: net.vpc, serviceName: "com.amazonaws.us-east-1.s3"
        ).vpcEndpoint!.vpcEndpointId!
        try refuse(
            "InvalidParameter", "The parameter does not apply to this type of endpoint."
        ) { try ec2.modifyVpcEndpoint(vpcEndpointId: gateway, addSubnetIds: [subnet]) }
    }

    @Test func argumentsThatExcludeEachOther() throws {
        let address = try net.address()
        try refuse(
            "InvalidParameterCombination",
            "The parameter AllocationId cannot be used with connectivity type private"
        ) {
            try ec2.createNatGateway(
                allocationId: address, subnetId: subnet, connectivityType: .private)
        }
        try refuse(
            "InvalidParameterCombination",
            "Only one of availabilityZone and availabilityZoneId can be specified"
        ) {
            try ec2.createSubnet(
                availabilityZone: "us-east-1a", availabilityZoneId: "use1-az6",
                cidrBlock: "10.0.7.0/24", vpcId: net.vpc)
        }
        let group = try net.group()
        try refuse(
            "InvalidParameterCombination",
            "The parameter 'ipPermissions' may not be used in combination with single rule "
                + "parameters"
        ) {
            try ec2.authorizeSecurityGroupIngress(
                cidrIp: "0.0.0.0/0", fromPort: 80, groupId: group,
                ipPermissions: [.init(ipProtocol: "tcp", fromPort: 81, toPort: 81)],
                ipProtocol: "tcp", toPort: 80)
        }
        try refuse(
            "MissingParameter", "The request must contain the parameter groupName or groupId"
        ) {
            try ec2.authorizeSecurityGroupIngress(
                cidrIp: "0.0.0.0/0", fromPort: 80, ipProtocol: "tcp", toPort: 80)
        }
        try ec2.modifyVpcAttribute(enableDnsSupport: .init(value: false), vpcId: net.vpc)
        try refuse(invalid, "DNS hostnames cannot be enabled if DNS support is disabled.") {
            try ec2.modifyVpcAttribute(enableDnsHostnames: .init(value: true), vpcId: net.vpc)
        }
    }

    @Test func whatIsNotThere() throws {
        try refuse(invalid, "Invalid availability zone-id: [use1-az99]") {
            try ec2.describeAvailabilityZones(zoneIds: ["use1-az99"])
        }
        try refuse(invalid, "Invalid region: [mars-1]") {
            try ec2.describeRegions(regionNames: ["mars-1"])
        }
        let interface = try net.interface(in: subnet)
        let address = try net.address()
        try refuse(invalid, "Address 10.0.1.200 is not assigned to interface \(interface)") {
            try ec2.associateAddress(
                allocationId: address, networkInterfaceId: interface,
                privateIpAddress: "10.0.1.200")
        }
        try refuse(
            invalid,
            "Value ( 1001 ) for parameter maxResults is invalid. Expecting a value less than or "
                + "equal to 1000."
        ) { try ec2.describeSubnets(maxResults: 1001) }
    }

    @Test func tagsThatAreTooLong() throws {
        try refuse(invalid, "Tag key exceeds the maximum length of 128 characters") {
            try ec2.createTags(
                resources: [subnet], tags: [.init(key: String(repeating: "k", count: 129))])
        }
        try refuse(invalid, "Tag value exceeds the maximum length of 256 characters") {
            try ec2.createTags(
                resources: [subnet],
                tags: [.init(key: "k", value: String(repeating: "v", count: 257))])
        }
        try refuse(invalid, "Tag specification resource type must have a value") {
            try ec2.createVpc(
                cidrBlock: "10.5.0.0/16",
                tagSpecifications: [.init(tags: [.init(key: "k", value: "v")])])
        }
    }

    @Test func whoIsNobodysUser() throws {
        net.live.caller = Caller(arn: "arn:aws:sts::000000000000:assumed-role/deploy/ci")
        try refuse(
            "ValidationError", "Must specify userName when calling with non-User credentials"
        ) { try net.live.iam.getUser() }
        let arn = "arn:aws:iam::000000000000:role/none"
        try refuse("NoSuchEntity", "The role with ARN \(arn) cannot be found.") {
            try net.live.iam.simulatePrincipalPolicy(
                policySourceArn: arn, actionNames: ["s3:GetObject"])
        }
    }
}
