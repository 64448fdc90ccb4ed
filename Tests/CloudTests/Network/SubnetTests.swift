import CloudAPI
import Simulation
import Testing

@testable import Cloud

@Suite struct SubnetTests {
    let net: TestNetwork
    var live: LiveCloud { net.live }
    init() throws { net = try TestNetwork() }

    @Test func fiveAddressesOfASubnetAreReserved() throws {
        let subnet = try live.ec2.createSubnet(
            tagSpecifications: [
                .init(resourceType: .subnet, tags: [.init(key: "Name", value: "private")])
            ], availabilityZone: "us-east-1b", cidrBlock: "10.0.1.77/28", vpcId: net.vpc
        ).subnet!
        #expect(subnet.cidrBlock == "10.0.1.64/28")
        #expect(subnet.availableIpAddressCount == 11)
        #expect(subnet.mapPublicIpOnLaunch == false && subnet.defaultForAz == false)
        #expect(subnet.availabilityZoneId == "use1-az1")
        #expect(subnet.tags?.first?.value == "private")
        let arn = "arn:aws:ec2:us-east-1:000000000000:subnet/\(subnet.subnetId!)"
        #expect(subnet.subnetArn == arn)
    }

    static let refusals: [(block: String, zone: String?, code: String, message: String)] = [
        ("10.1.0.0/24", nil, "InvalidSubnet.Range", "The CIDR '10.1.0.0/24' is invalid."),
        ("10.0.0.0/29", nil, "InvalidSubnet.Range", "The CIDR '10.0.0.0/29' is invalid."),
        (
            "10.0.1.128/25", nil, "InvalidSubnet.Conflict",
            "The CIDR '10.0.1.128/25' conflicts with another subnet"
        ),
        (
            "10.0.2.0/24", "us-east-1z", "InvalidParameterValue",
            "Value (us-east-1z) for parameter availabilityZone is invalid. Subnets can currently "
                + "only be created in the following availability zones: us-east-1a, us-east-1b, "
                + "us-east-1c, us-east-1d, us-east-1e, us-east-1f."
        ),
    ]

    @Test(arguments: refusals)
    func aSubnetNeedsRoomAndAZone(
        block: String, zone: String?, code: String, message: String
    ) throws {
        _ = try net.subnet("10.0.1.0/24")
        try expectRefusal(code, message, of: live) { _ = try net.subnet(block, zone: zone) }
    }

    @Test func aSubnetWithAnInterfaceStays() throws {
        let subnet = try net.subnet()
        let interface = try net.interface(in: subnet)
        try expectRefusal(
            "DependencyViolation",
            "The subnet '\(subnet)' has dependencies and cannot be deleted.", of: live
        ) { try live.ec2.deleteSubnet(subnetId: subnet) }
        try live.ec2.deleteNetworkInterface(networkInterfaceId: interface)
        try live.ec2.deleteSubnet(subnetId: subnet)
        try expectRefusal(
            "InvalidSubnetID.NotFound", "The subnet ID '\(subnet)' does not exist", of: live
        ) { try live.ec2.describeSubnets(subnetIds: [subnet]) }
    }

    @Test func attributesAreChangedOneAtATime() throws {
        let subnet = try net.subnet()
        try live.ec2.modifySubnetAttribute(
            mapPublicIpOnLaunch: .init(value: true), subnetId: subnet)
        let filter = EC2.Filter(name: "map-public-ip-on-launch", values: ["true"])
        #expect(try live.ec2.describeSubnets(filters: [filter]).subnets!.count == 1)
        try expectRefusal("InvalidParameterCombination", nil, of: live) {
            try live.ec2.modifySubnetAttribute(
                assignIpv6AddressOnCreation: .init(value: false),
                mapPublicIpOnLaunch: .init(value: true), subnetId: subnet)
        }
    }

    // MARK: filters and pages

    @Test func filtersMatchAnyOfTheirValuesAndAllOfThem() throws {
        let a = try net.subnet("10.0.1.0/24", zone: "us-east-1a")
        let b = try net.subnet("10.0.2.0/24", zone: "us-east-1b")
        try live.ec2.createTags(
            resources: [a, b], tags: [.init(key: "Tier", value: "private")])
        try live.ec2.createTags(resources: [b], tags: [.init(key: "Name", value: "web-b")])
        let cases: [(filters: [(String, [String])], found: [String])] = [
            ([("vpc-id", [net.vpc])], [a, b]),
            ([("vpc-id", ["vpc-0123456789abcdef0"])], []),
            ([("availability-zone", ["us-east-1a", "us-east-1b"])], [a, b]),
            ([("availability-zone", ["*b"]), ("tag:Tier", ["private"])], [b]),
            ([("tag:Name", ["web-?"])], [b]),
            ([("tag-key", ["Name"])], [b]),
            ([("tag-value", ["PRIVATE"])], []),
            ([("cidr-block", ["10.0.1.*"])], [a]),
            ([("subnet-id", [a]), ("availability-zone", ["us-east-1b"])], []),
        ]
        for (filters, found) in cases {
            let answer = try live.ec2.describeSubnets(
                filters: filters.map { EC2.Filter(name: $0.0, values: $0.1) })
            #expect(answer.subnets!.map { $0.subnetId! } == found, "\(filters)")
        }
        try expectRefusal("InvalidParameterValue", "The filter 'foo' is invalid", of: live) {
            try live.ec2.describeSubnets(filters: [.init(name: "foo", values: ["x"])])
        }
    }

    @Test(arguments: [
        ("web", "web", true), ("web", "w*", true), ("web", "*b", true), ("web", "*", true),
        ("", "*", true), ("web", "w?b", true), ("wb", "w?b", false), ("web", "W*", false),
        ("web-1-web", "*web", true), ("aXbXc", "a*X?", true), ("a*", "a\\*", true),
        ("ab", "a\\*", false), ("a?", "a\\?", true), ("ab", "a\\?", false), ("ab", "", false),
    ])
    func patterns(text: String, pattern: String, fits: Bool) {
        #expect(matches(text, pattern) == fits)
    }

    @Test func pagesGoOnWhereTheLastOneEnded() throws {
        var all: [String] = []
        for number in 0..<12 { all.append(try net.subnet("10.0.\(number).0/24")) }
        let first = try live.ec2.describeSubnets(maxResults: 5)
        #expect(first.subnets!.map { $0.subnetId! } == Array(all[..<5]))
        // What goes away in between makes nobody skip a subnet.
        try live.ec2.deleteSubnet(subnetId: all[2])
        let second = try live.ec2.describeSubnets(nextToken: first.nextToken!, maxResults: 5)
        #expect(second.subnets!.map { $0.subnetId! } == Array(all[5..<10]))
        let third = try live.ec2.describeSubnets(nextToken: second.nextToken!, maxResults: 5)
        #expect(third.subnets!.map { $0.subnetId! } == Array(all[10...]))
        #expect(third.nextToken == nil)
        #expect(try live.ec2.describeSubnets(maxResults: 11).nextToken == nil)

        try expectRefusal("InvalidParameterValue", nil, of: live) {
            try live.ec2.describeSubnets(maxResults: 4)
        }
        try expectRefusal("InvalidNextToken", nil, of: live) {
            try live.ec2.describeSubnets(nextToken: "x", maxResults: 5)
        }
        try expectRefusal(
            "InvalidParameterCombination",
            "The parameter MaxResults cannot be used with the parameter subnetIds", of: live
        ) { try live.ec2.describeSubnets(subnetIds: [all[0]], maxResults: 5) }
    }
}
