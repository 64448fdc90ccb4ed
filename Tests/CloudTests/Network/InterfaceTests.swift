import CloudAPI
import Simulation
import Testing

@testable import Cloud

@Suite struct InterfaceTests {
    let net: TestNetwork
    var live: LiveCloud { net.live }
    let subnet: String
    init() throws {
        net = try TestNetwork()
        subnet = try net.subnet()
    }

    @Test func anInterfaceOfAUserHasTheDefaultGroupAndIsAvailable() throws {
        let interface = try live.ec2.createNetworkInterface(
            tagSpecifications: [
                .init(resourceType: .networkInterface, tags: [.init(key: "Name", value: "x")])
            ], subnetId: subnet, description: "mine"
        ).networkInterface!
        #expect(interface.privateIpAddress == "10.0.1.4")
        #expect(interface.status == .available && interface.attachment == nil)
        #expect(interface.requesterManaged == false && interface.sourceDestCheck == true)
        #expect(interface.groups!.map(\.groupName) == ["default"])
        #expect(interface.tagSet![0].value == "x")
        #expect(interface.macAddress!.hasPrefix("02:") && interface.macAddress!.count == 17)
        #expect(interface.privateDnsName == nil)
        try live.ec2.modifyVpcAttribute(enableDnsHostnames: .init(value: true), vpcId: net.vpc)
        let again = try live.ec2.describeNetworkInterfaces().networkInterfaces![0]
        #expect(again.privateDnsName == "ip-10-0-1-4.ec2.internal")
        #expect(again.description == "mine")
    }

    @Test func theInterfaceOfATaskShowsItsPublicAddress() throws {
        try live.ec2.modifyVpcAttribute(enableDnsHostnames: .init(value: true), vpcId: net.vpc)
        let text = "arn:aws:ecs:us-east-1:000000000000:attachment/1"
        _ = live.cloud.attachInterface(
            to: live.cloud.find(subnet, for: live.caller)!, groups: [], kind: .task,
            withPublicAddress: true, description: text)
        let task = try live.ec2.describeNetworkInterfaces(
            filters: [.init(name: "description", values: ["arn:aws:ecs:*"])]
        ).networkInterfaces![0]
        #expect(task.description == text)
        #expect(task.association?.publicIp == "198.18.0.1")
        #expect(task.association?.publicDnsName == "ec2-198-18-0-1.compute-1.amazonaws.com")
        #expect(task.association?.ipOwnerId == "amazon")
        #expect(task.status == .inUse && task.attachment?.status == .attached)
        #expect(task.attachment!.attachmentId!.hasPrefix("ela-attach-"))
        let id = task.networkInterfaceId!
        try expectRefusal(
            "InvalidParameterValue", "Network interface '\(id)' is currently in use.", of: live
        ) { try live.ec2.deleteNetworkInterface(networkInterfaceId: id) }
        try expectRefusal(
            "OperationNotPermitted", "You are not allowed to manage 'ela-attach' attachments.",
            of: live
        ) {
            try live.ec2.modifyNetworkInterfaceAttribute(
                networkInterfaceId: id, description: .init(value: "x"))
        }
    }

    @Test func anAddressCanBeChosen() throws {
        try live.ec2.createNetworkInterface(subnetId: subnet, privateIpAddress: "10.0.1.99")
        let cases = [
            ("10.0.1.99", "InvalidIPAddress.InUse"), ("10.0.1.2", "InvalidParameterValue"),
            ("10.0.9.9", "InvalidParameterValue"), ("ten", "InvalidParameterValue"),
        ]
        for (address, code) in cases {
            try expectRefusal(code, nil, of: live) {
                try live.ec2.createNetworkInterface(subnetId: subnet, privateIpAddress: address)
            }
        }
    }

    @Test func groupsMustBeOfTheSameNetworkAndFive() throws {
        let other = try TestNetwork(live)
        let foreign = try other.group()
        try expectRefusal("InvalidGroup.NotFound", nil, of: live) {
            _ = try net.interface(in: subnet, groups: [foreign])
        }
        let groups = try (0..<6).map { try net.group("group\($0)") }
        try expectRefusal("SecurityGroupsPerInterfaceLimitExceeded", nil, of: live) {
            _ = try net.interface(in: subnet, groups: groups)
        }
        _ = try net.interface(in: subnet, groups: Array(groups[..<5]))
    }

    @Test func anUnknownInterfaceIsNotFound() throws {
        try expectRefusal(
            "InvalidNetworkInterfaceID.NotFound",
            "The networkInterface ID 'eni-0123456789abcdef0' does not exist", of: live
        ) {
            try live.ec2.describeNetworkInterfaces(networkInterfaceIds: ["eni-0123456789abcdef0"])
        }
    }
}

@Suite struct TagAndPlaceTests {
    let live = LiveCloud()

    @Test func tagsAreReplacedByKeyAndFoundEverywhere() throws {
        let net = try TestNetwork(live)
        let group = try net.group()
        try live.ec2.createTags(
            resources: [net.vpc, group],
            tags: [.init(key: "Name", value: "a"), .init(key: "Team", value: "t")])
        try live.ec2.createTags(resources: [group], tags: [.init(key: "Name", value: "b")])
        let all = try live.ec2.describeTags().tags!
        #expect(all.map(\.resourceType) == [.securityGroup, .securityGroup, .vpc, .vpc])
        #expect(all.map(\.value) == ["b", "t", "a", "t"])
        let filter = EC2.Filter(name: "resource-id", values: [net.vpc])
        #expect(try live.ec2.describeTags(filters: [filter]).tags!.count == 2)

        // Another value: the tag stays. No value: it goes. No tags: all go.
        try live.ec2.deleteTags(resources: [group], tags: [.init(key: "Name", value: "a")])
        #expect(try live.ec2.describeTags().tags!.count == 4)
        try live.ec2.deleteTags(resources: [group], tags: [.init(key: "Name")])
        #expect(try live.ec2.describeTags().tags!.count == 3)
        try live.ec2.deleteTags(resources: [group, net.vpc])
        #expect(try live.ec2.describeTags().tags!.isEmpty)
    }

    @Test func tagsHaveTheirRules() throws {
        let net = try TestNetwork(live)
        let cases: [(tags: [EC2.Tag], code: String, message: String?)] = [
            (
                [.init(key: "aws:x", value: "")], "InvalidParameterValue",
                "Tag keys starting with 'aws:' are reserved for internal use"
            ),
            (
                (0..<51).map { .init(key: "k\($0)", value: "") }, "TagLimitExceeded",
                "The maximum number of Tags for a resource has been reached."
            ),
            (
                [.init(key: "a", value: "1"), .init(key: "a", value: "2")], "InvalidParameterValue",
                nil
            ),
            ([], "MissingParameter", nil),
        ]
        for (tags, code, message) in cases {
            try expectRefusal(code, message, of: live) {
                try live.ec2.createTags(resources: [net.vpc], tags: tags)
            }
        }
        try expectRefusal("InvalidID", "The ID 'x' is not valid", of: live) {
            try live.ec2.createTags(resources: [net.vpc, "x"], tags: [.init(key: "a", value: "")])
        }
        try expectRefusal("InvalidSubnetID.NotFound", nil, of: live) {
            try live.ec2.createTags(
                resources: [net.vpc, "subnet-0123456789abcdef0"], tags: [.init(key: "a", value: "")]
            )
        }
        try expectRefusal(
            "InvalidParameterValue", "Tag specification must have at least one tag", of: live
        ) {
            try live.ec2.createVpc(
                cidrBlock: "10.0.0.0/16", tagSpecifications: [.init(resourceType: .vpc, tags: [])])
        }
        try expectRefusal(
            "InvalidParameterValue",
            "'subnet' is not a valid taggable resource type for this operation.", of: live
        ) {
            try live.ec2.createVpc(
                cidrBlock: "10.0.0.0/16",
                tagSpecifications: [
                    .init(resourceType: .subnet, tags: [.init(key: "a", value: "b")])
                ])
        }
    }

    @Test func zonesOfARegion() throws {
        let zones = try live.ec2.describeAvailabilityZones(
            filters: [.init(name: "state", values: ["available"])]
        ).availabilityZones!
        #expect(zones.map(\.zoneName) == ["a", "b", "c", "d", "e", "f"].map { "us-east-1" + $0 })
        #expect(zones[0].zoneId == "use1-az6" && zones[0].groupName == "us-east-1-zg-1")
        #expect(zones[0].groupLongName == "US East (N. Virginia) 1")
        live.caller = Caller(place: Place(account: "000000000000", region: "eu-central-2"))
        let zurich = try live.ec2.describeAvailabilityZones().availabilityZones!
        #expect(zurich.map(\.zoneId) == ["euc2-az1", "euc2-az2", "euc2-az3"])
        #expect(zurich[0].optInStatus == .optedIn)
        try expectRefusal("InvalidParameterValue", nil, of: live) {
            try live.ec2.describeAvailabilityZones(zoneNames: ["us-east-1a"])
        }
    }

    @Test func regionsAccountAndDhcpOptions() throws {
        let regions = try live.ec2.describeRegions().regions!
        #expect(regions.count == 17 && regions.contains { $0.regionName == "us-east-1" })
        #expect(try live.ec2.describeRegions(allRegions: true).regions!.count > 17)
        #expect(
            try live.ec2.describeRegions(regionNames: ["eu-central-1"]).regions![0].endpoint
                == "ec2.eu-central-1.amazonaws.com")

        let name = EC2.AccountAttributeName.defaultVpc
        func defaultVpc() throws -> String? {
            try live.ec2.describeAccountAttributes(attributeNames: [name])
                .accountAttributes![0].attributeValues![0].attributeValue
        }
        #expect(try defaultVpc() == "none")
        let vpc = live.cloud.ec2ID(live.cloud.makeDefaultVpc())
        #expect(try defaultVpc() == vpc)

        let options = try live.ec2.describeDhcpOptions().dhcpOptions!
        #expect(options.count == 1)
        #expect(options[0].dhcpOptionsId == (try live.ec2.describeVpcs().vpcs![0].dhcpOptionsId))
        #expect(options[0].dhcpConfigurations![0].values![0].value == "ec2.internal")
    }
}
