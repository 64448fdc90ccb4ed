import CloudAPI
import Simulation
import Testing

@testable import Cloud

/// A VPC 10.0.0.0/16 made by calls, and short words for what tests make in it.
final class TestNetwork {
    let live: LiveCloud
    let vpc: String

    init(_ live: LiveCloud = LiveCloud()) throws {
        self.live = live
        vpc = try live.ec2.createVpc(cidrBlock: "10.0.0.0/16").vpc!.vpcId!
    }

    func subnet(_ block: String = "10.0.1.0/24", zone: String? = nil) throws -> String {
        try live.ec2.createSubnet(availabilityZone: zone, cidrBlock: block, vpcId: vpc)
            .subnet!.subnetId!
    }

    /// Attached to the VPC.
    func gateway() throws -> String {
        let id = try live.ec2.createInternetGateway().internetGateway!.internetGatewayId!
        try live.ec2.attachInternetGateway(internetGatewayId: id, vpcId: vpc)
        return id
    }

    func table() throws -> String {
        try live.ec2.createRouteTable(vpcId: vpc).routeTable!.routeTableId!
    }

    func group(_ name: String = "web") throws -> String {
        try live.ec2.createSecurityGroup(description: "test", groupName: name, vpcId: vpc).groupId!
    }

    func interface(in subnet: String, groups: [String]? = nil) throws -> String {
        try live.ec2.createNetworkInterface(subnetId: subnet, groups: groups)
            .networkInterface!.networkInterfaceId!
    }

    func address() throws -> String { try live.ec2.allocateAddress().allocationId! }

    func natGateway(in subnet: String) throws -> String {
        try live.ec2.createNatGateway(allocationId: try address(), subnetId: subnet)
            .natGateway!.natGatewayId!
    }

    func mainTable() throws -> EC2.RouteTable {
        try live.ec2.describeRouteTables(
            filters: [
                .init(name: "vpc-id", values: [vpc]),
                .init(name: "association.main", values: ["true"]),
            ]
        ).routeTables![0]
    }
}

@Suite struct VpcTests {
    let live = LiveCloud()

    @Test func aNewVpcIsPendingInTheAnswerAndAvailableWhenDescribed() throws {
        let vpc = try live.ec2.createVpc(cidrBlock: "10.0.0.7/16").vpc!
        #expect(vpc.state == .pending)
        #expect(vpc.cidrBlock == "10.0.0.0/16")
        #expect(vpc.isDefault == false)
        #expect(vpc.cidrBlockAssociationSet?.first?.cidrBlockState?.state == .associated)
        #expect(vpc.vpcId!.hasPrefix("vpc-0") && vpc.vpcId!.count == 21)

        let described = try live.ec2.describeVpcs(vpcIds: [vpc.vpcId!]).vpcs![0]
        #expect(described.state == .available)
        #expect(described.dhcpOptionsId == vpc.dhcpOptionsId)
    }

    @Test func aVpcComesWithMainRouteTableDefaultGroupAndDefaultACL() throws {
        let net = try TestNetwork(live)
        let table = try net.mainTable()
        #expect(table.routes!.count == 1)
        #expect(table.routes![0].gatewayId == "local")
        #expect(table.routes![0].origin == .createRouteTable)
        #expect(table.associations![0].main == true)

        let groups = try live.ec2.describeSecurityGroups().securityGroups!
        #expect(groups.map(\.groupName) == ["default"])
        #expect(groups[0].ipPermissions![0].userIdGroupPairs![0].groupId == groups[0].groupId)
        #expect(groups[0].ipPermissionsEgress![0].ipRanges![0].cidrIp == "0.0.0.0/0")
        #expect(groups[0].ipPermissionsEgress![0].fromPort == nil)
    }

    static let badBlocks: [(block: String?, code: String, message: String)] = [
        ("10.0.0.0/8", "InvalidVpc.Range", "The CIDR '10.0.0.0/8' is invalid."),
        ("10.0.0.0/29", "InvalidVpc.Range", "The CIDR '10.0.0.0/29' is invalid."),
        (
            "10.0.0.0", "InvalidParameterValue",
            "Value (10.0.0.0) for parameter cidrBlock is invalid. This is not a valid CIDR block."
        ),
        (
            nil, "MissingParameter", "The request must contain the parameter cidrBlock"
        ),
    ]

    @Test(arguments: badBlocks)
    func aVpcNeedsAGoodBlock(block: String?, code: String, message: String) throws {
        try expectRefusal(code, message, of: live) { try live.ec2.createVpc(cidrBlock: block) }
    }

    @Test func aPlaceHasFiveVpcsAtMost() throws {
        for _ in 0..<5 { try live.ec2.createVpc(cidrBlock: "10.0.0.0/16") }
        try expectRefusal(
            "VpcLimitExceeded", "The maximum number of VPCs has been reached.", of: live
        ) { try live.ec2.createVpc(cidrBlock: "10.0.0.0/16") }
        live.caller = Caller(place: Place(account: "000000000000", region: "eu-central-1"))
        try live.ec2.createVpc(cidrBlock: "10.0.0.0/16")
    }

    @Test func nobodySeesTheVpcsOfAnotherPlace() throws {
        let net = try TestNetwork(live)
        live.caller = Caller(place: Place(account: "111111111111", region: "us-east-1"))
        #expect(try live.ec2.describeVpcs().vpcs!.isEmpty)
        try expectRefusal(
            "InvalidVpcID.NotFound", "The vpc ID '\(net.vpc)' does not exist", of: live
        ) { try live.ec2.describeVpcs(vpcIds: [net.vpc]) }
    }

    @Test func idsAreMissingMalformedOrNotFound() throws {
        try expectRefusal(
            "MissingParameter", "The request must contain the parameter vpcId", of: live
        ) { try live.ec2.deleteVpc(vpcId: "") }
        try expectRefusal(
            "InvalidVpcID.Malformed", "Invalid id: \"web\" (expecting \"vpc-...\")", of: live
        ) { try live.ec2.deleteVpc(vpcId: "web") }
        try expectRefusal(
            "InvalidSubnetID.Malformed", nil, of: live
        ) { try live.ec2.describeSubnets(subnetIds: ["subnet-a\tsubnet-b"]) }
        try expectRefusal(
            "InvalidVpcID.NotFound", "The vpc ID 'vpc-0123456789abcdef0' does not exist", of: live
        ) { try live.ec2.deleteVpc(vpcId: "vpc-0123456789abcdef0") }
    }

    @Test func aDryRunChangesNothingAndSaysWhatWouldHave() throws {
        try expectRefusal(
            "DryRunOperation", "Request would have succeeded, but DryRun flag is set.", of: live
        ) { try live.ec2.createVpc(cidrBlock: "10.0.0.0/16", dryRun: true) }
        try expectRefusal("DryRunOperation", nil, of: live) {
            try live.ec2.describeVpcs(dryRun: true)
        }
        try expectRefusal("InvalidVpc.Range", nil, of: live) {
            try live.ec2.createVpc(cidrBlock: "10.0.0.0/8", dryRun: true)
        }
    }

    @Test func attributesAreChangedOneAtATime() throws {
        let net = try TestNetwork(live)
        try live.ec2.modifyVpcAttribute(enableDnsHostnames: .init(value: true), vpcId: net.vpc)
        let names = try live.ec2.describeVpcAttribute(
            attribute: .enableDnsHostnames, vpcId: net.vpc)
        #expect(names.enableDnsHostnames?.value == true)
        #expect(names.enableDnsSupport == nil)
        try expectRefusal("InvalidParameterCombination", nil, of: live) {
            try live.ec2.modifyVpcAttribute(
                enableDnsHostnames: .init(value: true), enableDnsSupport: .init(value: true),
                vpcId: net.vpc)
        }
        try expectRefusal("InvalidParameterCombination", "No attributes specified.", of: live) {
            try live.ec2.modifyVpcAttribute(vpcId: net.vpc)
        }
    }

    @Test func aVpcWithPartsStays() throws {
        let parts: [(TestNetwork) throws -> Void] = [
            { _ = try $0.subnet() }, { _ = try $0.gateway() }, { _ = try $0.table() },
            { _ = try $0.group() },
        ]
        for make in parts {
            let net = try TestNetwork(LiveCloud())
            try make(net)
            try expectRefusal(
                "DependencyViolation",
                "The vpc '\(net.vpc)' has dependencies and cannot be deleted.", of: net.live
            ) { try net.live.ec2.deleteVpc(vpcId: net.vpc) }
        }
    }

    @Test func aDeletedVpcTakesAlongWhatCameWithIt() throws {
        let net = try TestNetwork(live)
        try live.ec2.deleteVpc(vpcId: net.vpc)
        #expect(try live.ec2.describeVpcs().vpcs!.isEmpty)
        #expect(live.cloud.network.securityGroups.isEmpty && live.cloud.network.rules.isEmpty)
        #expect(live.cloud.network.routeTables.isEmpty && live.cloud.network.networkACLs.isEmpty)
        #expect(live.cloud.network.routeAssociations.isEmpty)
    }

    // MARK: the default VPC

    @Test func aDefaultVpcHasAPublicSubnetInEachZone() throws {
        let vpc = try live.ec2.createDefaultVpc().vpc!
        #expect(vpc.isDefault == true && vpc.cidrBlock == "172.31.0.0/16")
        let subnets = try live.ec2.describeSubnets(
            filters: [.init(name: "default-for-az", values: ["true"])]
        ).subnets!
        #expect(
            subnets.map(\.availabilityZone)
                == ["a", "b", "c", "d", "e", "f"].map { "us-east-1" + $0 })
        #expect(subnets.map(\.cidrBlock)[..<2] == ["172.31.0.0/20", "172.31.16.0/20"])
        #expect(subnets.allSatisfy { $0.mapPublicIpOnLaunch == true })
        #expect(subnets[0].availabilityZoneId == "use1-az6")
        let names = try live.ec2.describeVpcAttribute(
            attribute: .enableDnsHostnames, vpcId: vpc.vpcId!)
        #expect(names.enableDnsHostnames?.value == true)
        #expect(live.cloud.network.isPublic(live.cloud.network.vpcs[0].subnets[0]))

        try expectRefusal(
            "DefaultVpcAlreadyExists",
            "A Default VPC already exists for this account in this region.", of: live
        ) { try live.ec2.createDefaultVpc() }
        try expectRefusal(
            "DefaultSubnetAlreadyExistsInAvailabilityZone",
            "'\(subnets[1].subnetId!)' is already the default subnet in us-east-1b.", of: live
        ) { try live.ec2.createDefaultSubnet(availabilityZone: "us-east-1b") }
        try live.ec2.deleteSubnet(subnetId: subnets[1].subnetId!)
        let again = try live.ec2.createDefaultSubnet(availabilityZone: "us-east-1b").subnet!
        #expect(again.cidrBlock == "172.31.16.0/20" && again.defaultForAz == true)
    }

    @Test func aCloudStartsWithoutADefaultVpc() throws {
        try expectRefusal(
            "DefaultVpcDoesNotExist", "No default VPC exists for this account in this region.",
            of: live
        ) { try live.ec2.createDefaultSubnet(availabilityZone: "us-east-1a") }
        try expectRefusal("VPCIdNotSpecified", "No default VPC for this user", of: live) {
            try live.ec2.createSecurityGroup(description: "x", groupName: "web")
        }
        live.cloud.makeDefaultVpc()
        live.cloud.makeDefaultVpc()
        let filter = EC2.Filter(name: "isDefault", values: ["true"])
        #expect(try live.ec2.describeVpcs(filters: [filter]).vpcs!.count == 1)
        try live.ec2.createSecurityGroup(description: "x", groupName: "web")
    }
}
