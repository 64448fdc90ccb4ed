import CloudAPI
import Simulation
import Testing

@testable import Cloud

@Suite struct SecurityGroupTests {
    let net: TestNetwork
    var live: LiveCloud { net.live }
    let web: String
    init() throws {
        net = try TestNetwork()
        web = try net.group("web")
    }

    func described(_ id: String? = nil) throws -> EC2.SecurityGroup {
        try live.ec2.describeSecurityGroups(groupIds: [id ?? web]).securityGroups![0]
    }

    func tcp(_ port: Int, _ blocks: String..., text: String? = nil) -> EC2.IpPermission {
        EC2.IpPermission(
            ipProtocol: "tcp", fromPort: port, toPort: port,
            ipRanges: blocks.map { EC2.IpRange(description: text, cidrIp: $0) })
    }

    // MARK: groups

    @Test func aNewGroupLetsEverythingOutAndNothingIn() throws {
        let group = try described()
        #expect(group.ipPermissions!.isEmpty)
        #expect(group.ipPermissionsEgress!.count == 1)
        #expect(group.ipPermissionsEgress![0].ipProtocol == "-1")
        #expect(group.vpcId == net.vpc && group.description == "test")
        let arn = "arn:aws:ec2:us-east-1:000000000000:security-group/\(web)"
        #expect(group.securityGroupArn == arn)
    }

    @Test func namesAreUniqueInTheirVpc() throws {
        let cases: [(name: String, code: String, message: String)] = [
            (
                "web", "InvalidGroup.Duplicate",
                "The security group 'web' already exists for VPC '\(net.vpc)'"
            ),
            (
                "sg-web", "InvalidParameterValue",
                "Value (sg-web) for parameter GroupName is invalid. Group names may not be in the "
                    + "format sg-*."
            ),
            (
                "default", "InvalidParameterValue",
                "Cannot use reserved security group name: default"
            ),
            ("", "MissingParameter", "The request must contain the parameter groupName"),
        ]
        for (name, code, message) in cases {
            try expectRefusal(code, message, of: live) { _ = try net.group(name) }
        }
        let other = try live.ec2.createVpc(cidrBlock: "10.0.0.0/16").vpc!.vpcId!
        try live.ec2.createSecurityGroup(description: "x", groupName: "web", vpcId: other)
        try live.ec2.deleteSecurityGroup(groupId: web)
        _ = try net.group("web")
    }

    @Test func groupsOfTheDefaultVpcHaveNames() throws {
        try expectRefusal("VPCIdNotSpecified", nil, of: live) {
            try live.ec2.describeSecurityGroups(groupNames: ["api"])
        }
        let vpc = live.cloud.ec2ID(live.cloud.makeDefaultVpc())
        try expectRefusal(
            "InvalidGroup.NotFound",
            "The security group 'api' does not exist in default VPC '\(vpc)'", of: live
        ) { try live.ec2.describeSecurityGroups(groupNames: ["api"]) }
        let id = try live.ec2.createSecurityGroup(description: "x", groupName: "api").groupId
        try live.ec2.authorizeSecurityGroupIngress(
            cidrIp: "0.0.0.0/0", fromPort: 80, groupName: "api", ipProtocol: "tcp", toPort: 80)
        let found = try live.ec2.describeSecurityGroups(groupNames: ["api"]).securityGroups!
        #expect(found.map(\.groupId) == [id])
        try live.ec2.deleteSecurityGroup(groupName: "api")
    }

    @Test func aFilterThatMatchesNoGroupIsNoError() throws {
        let filter = EC2.Filter(name: "group-name", values: ["nobody"])
        #expect(try live.ec2.describeSecurityGroups(filters: [filter]).securityGroups!.isEmpty)
        try expectRefusal(
            "InvalidGroup.NotFound", "The security group 'sg-0123456789abcdef0' does not exist",
            of: live
        ) { try live.ec2.describeSecurityGroups(groupIds: ["sg-0123456789abcdef0"]) }
        try expectRefusal(
            "InvalidGroupId.Malformed", "The security group ID 'foobar' is malformed", of: live
        ) { try live.ec2.describeSecurityGroups(groupIds: ["foobar"]) }
    }

    @Test func aGroupInUseStays() throws {
        let subnet = try net.subnet()
        let interface = try net.interface(in: subnet, groups: [web])
        let message = "resource \(web) has a dependent object"
        try expectRefusal("DependencyViolation", message, of: live) {
            try live.ec2.deleteSecurityGroup(groupId: web)
        }
        let api = try net.group("api")
        try live.ec2.modifyNetworkInterfaceAttribute(networkInterfaceId: interface, groups: [api])
        try live.ec2.authorizeSecurityGroupIngress(
            groupId: api,
            ipPermissions: [
                .init(ipProtocol: "-1", userIdGroupPairs: [.init(groupId: web)])
            ])
        try expectRefusal("DependencyViolation", message, of: live) {
            try live.ec2.deleteSecurityGroup(groupId: web)
        }
        try live.ec2.deleteNetworkInterface(networkInterfaceId: interface)
        try live.ec2.deleteSecurityGroup(groupId: api)
        // A reference to itself keeps no group.
        try live.ec2.authorizeSecurityGroupIngress(
            groupId: web,
            ipPermissions: [.init(ipProtocol: "-1", userIdGroupPairs: [.init(groupId: web)])])
        let answer = try live.ec2.deleteSecurityGroup(groupId: web)
        #expect(answer.return == true && answer.groupId == web)
        #expect(live.cloud.network.rules.count == 2)
    }

    @Test func theDefaultGroupStays() throws {
        let id = live.cloud.ec2ID(live.cloud.network.vpcs[0].defaultSecurityGroup)
        try expectRefusal(
            "CannotDelete",
            "the specified group: \"\(id)\" name: \"default\" cannot be deleted by a user", of: live
        ) { try live.ec2.deleteSecurityGroup(groupId: id) }
    }

    // MARK: rules

    @Test func bothFormsOfARuleSayTheSame() throws {
        let flat = try live.ec2.authorizeSecurityGroupIngress(
            cidrIp: "10.0.0.1/24", fromPort: 80, groupId: web, ipProtocol: "TCP", toPort: 80)
        let rule = flat.securityGroupRules![0]
        #expect(flat.return == true && rule.isEgress == false && rule.ipProtocol == "tcp")
        #expect(rule.cidrIpv4 == "10.0.0.0/24")
        #expect(rule.securityGroupRuleId!.hasPrefix("sgr-0"))
        try expectRefusal(
            "InvalidPermission.Duplicate",
            "the specified rule \"peer: 10.0.0.0/24, TCP, from port: 80, to port: 80, ALLOW\" "
                + "already exists", of: live
        ) {
            try live.ec2.authorizeSecurityGroupIngress(
                groupId: web, ipPermissions: [tcp(80, "10.0.0.0/24", text: "other words")])
        }
    }

    @Test func aRuleForEachPeerIsMadeAndShownByPorts() throws {
        let answer = try live.ec2.authorizeSecurityGroupIngress(
            groupId: web,
            ipPermissions: [
                .init(
                    ipProtocol: "6", fromPort: 80, toPort: 80,
                    userIdGroupPairs: [.init(groupId: web)],
                    ipRanges: [
                        .init(description: "all", cidrIp: "0.0.0.0/0"), .init(cidrIp: "1.0.0.0/8"),
                    ],
                    ipv6Ranges: [.init(cidrIpv6: "::/0")]),
                .init(ipProtocol: "icmp", ipRanges: [.init(cidrIp: "0.0.0.0/0")]),
                .init(
                    ipProtocol: "-1", fromPort: 1, toPort: 2, ipRanges: [.init(cidrIp: "2.0.0.0/8")]
                ),
            ],
            tagSpecifications: [
                .init(resourceType: .securityGroupRule, tags: [.init(key: "Name", value: "x")])
            ])
        #expect(answer.securityGroupRules!.count == 6)
        #expect(answer.securityGroupRules!.allSatisfy { $0.tags![0].value == "x" })
        #expect(answer.securityGroupRules!.last!.fromPort == -1)
        let permissions = try described().ipPermissions!
        #expect(permissions.map(\.ipProtocol) == ["tcp", "icmp", "-1"])
        #expect(permissions.map(\.fromPort) == [80, -1, nil])
        #expect(permissions[0].ipRanges!.map(\.cidrIp) == ["0.0.0.0/0", "1.0.0.0/8"])
        #expect(permissions[0].ipRanges!.map(\.description) == ["all", nil])
        #expect(permissions[0].ipv6Ranges!.map(\.cidrIpv6) == ["::/0"])
        #expect(permissions[0].userIdGroupPairs![0].userId == "000000000000")
        let filters = [EC2.Filter(name: "ip-permission.group-id", values: [web])]
        #expect(try live.ec2.describeSecurityGroups(filters: filters).securityGroups!.count == 1)
    }

    @Test func aDuplicateRefusesTheWholeCall() throws {
        try live.ec2.authorizeSecurityGroupIngress(
            groupId: web, ipPermissions: [tcp(80, "0.0.0.0/0")])
        try expectRefusal("InvalidPermission.Duplicate", nil, of: live) {
            try live.ec2.authorizeSecurityGroupIngress(
                groupId: web, ipPermissions: [tcp(443, "0.0.0.0/0"), tcp(80, "0.0.0.0/0")])
        }
        try expectRefusal("InvalidParameterValue", nil, of: live) {
            try live.ec2.authorizeSecurityGroupIngress(
                groupId: web, ipPermissions: [tcp(443, "0.0.0.0/0", "0.0.0.0/0")])
        }
    }

    static let duplicates: [(permission: EC2.IpPermission, text: String)] = [
        (
            .init(ipProtocol: "-1", ipRanges: [.init(cidrIp: "0.0.0.0/0")]),
            "peer: 0.0.0.0/0, ALL, ALLOW"
        ),
        (
            .init(ipProtocol: "50", ipRanges: [.init(cidrIp: "0.0.0.0/0")]),
            "peer: 0.0.0.0/0, protocol: 50, ALLOW"
        ),
        (
            .init(
                ipProtocol: "udp", fromPort: 0, toPort: 65535, ipv6Ranges: [.init(cidrIpv6: "::/0")]
            ),
            "peer: ::/0, UDP, from port: 0, to port: 65535, ALLOW"
        ),
    ]

    @Test(arguments: duplicates)
    func duplicatesAreSpelledOut(permission: EC2.IpPermission, text: String) throws {
        try live.ec2.authorizeSecurityGroupIngress(groupId: web, ipPermissions: [permission])
        try expectRefusal(
            "InvalidPermission.Duplicate", "the specified rule \"\(text)\" already exists", of: live
        ) { try live.ec2.authorizeSecurityGroupIngress(groupId: web, ipPermissions: [permission]) }
    }

    @Test func aDuplicateOfAReferenceNamesTheGroup() throws {
        let permission = EC2.IpPermission(
            ipProtocol: "tcp", fromPort: 0, toPort: 65535, userIdGroupPairs: [.init(groupId: web)])
        try live.ec2.authorizeSecurityGroupIngress(groupId: web, ipPermissions: [permission])
        try expectRefusal(
            "InvalidPermission.Duplicate",
            "the specified rule \"peer: \(web), TCP, from port: 0, to port: 65535, ALLOW\" already "
                + "exists", of: live
        ) { try live.ec2.authorizeSecurityGroupIngress(groupId: web, ipPermissions: [permission]) }
    }

    @Test func aFreshGroupHasItsEgressRuleAlready() throws {
        try expectRefusal(
            "InvalidPermission.Duplicate",
            "the specified rule \"peer: 0.0.0.0/0, ALL, ALLOW\" already exists", of: live
        ) {
            try live.ec2.authorizeSecurityGroupEgress(
                groupId: web, ipProtocol: "-1", cidrIp: "0.0.0.0/0")
        }
    }

    static let bad: [(permission: EC2.IpPermission, code: String, message: String)] = [
        (
            .init(ipProtocol: "tcp", fromPort: 80, ipRanges: [.init(cidrIp: "0.0.0.0/0")]),
            "InvalidParameterValue",
            "Invalid value for portRange. Must specify both from and to ports with TCP/UDP."
        ),
        (
            .init(
                ipProtocol: "tcp", fromPort: 90, toPort: 80,
                ipRanges: [.init(cidrIp: "0.0.0.0/0")]),
            "InvalidParameterValue", "Invalid TCP port range: 90-80"
        ),
        (
            .init(
                ipProtocol: "tcp", fromPort: 80, toPort: 70000,
                ipRanges: [.init(cidrIp: "0.0.0.0/0")]),
            "InvalidParameterValue", "TCP/UDP port (70000) out of range"
        ),
        (
            .init(ipProtocol: "-1", ipRanges: [.init(cidrIp: "10.0.0.300/32")]),
            "InvalidParameterValue", "CIDR block 10.0.0.300/32 is malformed"
        ),
        (
            .init(fromPort: 80, toPort: 80, ipRanges: [.init(cidrIp: "0.0.0.0/0")]),
            "InvalidParameterValue",
            "Invalid value 'null' for protocol. VPC security group rules must specify protocols "
                + "explicitly."
        ),
        (
            .init(ipProtocol: "-1", userIdGroupPairs: [.init(groupId: "sg-0123456789abcdef0")]),
            "InvalidGroup.NotFound", "The security group 'sg-0123456789abcdef0' does not exist"
        ),
        (
            .init(ipProtocol: "-1"), "MissingParameter",
            "Missing source specification: include source security group or CIDR information"
        ),
    ]

    @Test(arguments: bad)
    func whatIsNoRuleIsRefused(permission: EC2.IpPermission, code: String, message: String) throws {
        try expectRefusal(code, message, of: live) {
            try live.ec2.authorizeSecurityGroupIngress(groupId: web, ipPermissions: [permission])
        }
    }

    @Test func aReferenceStaysWithinItsNetwork() throws {
        let vpc = try live.ec2.createVpc(cidrBlock: "10.0.0.0/16").vpc!.vpcId!
        let other = try live.ec2.createSecurityGroup(
            description: "x", groupName: "x", vpcId: vpc
        ).groupId!
        try expectRefusal(
            "InvalidGroup.NotFound",
            "You have specified two resources that belong to different networks.", of: live
        ) {
            try live.ec2.authorizeSecurityGroupIngress(
                groupId: web,
                ipPermissions: [.init(ipProtocol: "-1", userIdGroupPairs: [.init(groupId: other)])])
        }
    }

    @Test func aGroupHasSixtyRulesInADirectionAtMost() throws {
        let ranges = (0..<60).map { EC2.IpRange(cidrIp: "10.0.\($0).0/24") }
        try live.ec2.authorizeSecurityGroupIngress(
            groupId: web, ipPermissions: [.init(ipProtocol: "-1", ipRanges: ranges)])
        try expectRefusal(
            "RulesPerSecurityGroupLimitExceeded",
            "The maximum number of rules per security group has been reached.", of: live
        ) {
            try live.ec2.authorizeSecurityGroupIngress(
                groupId: web, ipPermissions: [tcp(80, "0.0.0.0/0")])
        }
        try live.ec2.authorizeSecurityGroupIngress(
            groupId: web,
            ipPermissions: [.init(ipProtocol: "-1", ipv6Ranges: [.init(cidrIpv6: "::/0")])])
    }

    // MARK: revoking and changing

    @Test func aRuleIsRevokedByWhatItSaysOrByItsId() throws {
        let rules = try live.ec2.authorizeSecurityGroupIngress(
            groupId: web, ipPermissions: [tcp(80, "0.0.0.0/0"), tcp(443, "0.0.0.0/0")]
        ).securityGroupRules!
        try expectRefusal(
            "InvalidPermission.NotFound",
            "The specified rule does not exist in this security group.", of: live
        ) {
            try live.ec2.revokeSecurityGroupIngress(
                groupId: web, ipPermissions: [tcp(80, "0.0.0.0/0"), tcp(8080, "0.0.0.0/0")])
        }
        let first = try live.ec2.revokeSecurityGroupIngress(
            cidrIp: "0.0.0.0/0", fromPort: 80, groupId: web, ipProtocol: "tcp", toPort: 80)
        #expect(first.return == true)
        #expect(
            first.revokedSecurityGroupRules!.map(\.securityGroupRuleId)
                == [rules[0].securityGroupRuleId])
        let id = rules[1].securityGroupRuleId!
        try expectRefusal(
            "InvalidSecurityGroupRuleId.NotFound",
            "The security group rule ID '\(id)' does not exist", of: live
        ) { try live.ec2.revokeSecurityGroupEgress(securityGroupRuleIds: [id], groupId: web) }
        try live.ec2.revokeSecurityGroupIngress(groupId: web, securityGroupRuleIds: [id])
        try live.ec2.revokeSecurityGroupEgress(
            groupId: web,
            ipPermissions: [.init(ipProtocol: "-1", ipRanges: [.init(cidrIp: "0.0.0.0/0")])])
        #expect(try described().ipPermissions!.isEmpty && described().ipPermissionsEgress!.isEmpty)
    }

    @Test func aRuleIsReplacedUnderTheSameId() throws {
        let rules = try live.ec2.authorizeSecurityGroupIngress(
            groupId: web, ipPermissions: [tcp(80, "0.0.0.0/0"), tcp(443, "0.0.0.0/0")]
        ).securityGroupRules!
        let id = rules[0].securityGroupRuleId!
        func modify(_ rule: EC2.SecurityGroupRuleRequest) throws {
            try live.ec2.modifySecurityGroupRules(
                groupId: web,
                securityGroupRules: [.init(securityGroupRuleId: id, securityGroupRule: rule)])
        }
        try modify(.init(ipProtocol: "tcp", fromPort: 8080, toPort: 8080, referencedGroupId: web))
        let found = try live.ec2.describeSecurityGroupRules(securityGroupRuleIds: [id])
        #expect(found.securityGroupRules![0].fromPort == 8080)
        #expect(found.securityGroupRules![0].referencedGroupInfo?.groupId == web)

        let cases: [(rule: EC2.SecurityGroupRuleRequest, code: String, message: String?)] = [
            (
                .init(ipProtocol: "-1", cidrIpv4: "0.0.0.0/0", referencedGroupId: web),
                "InvalidParameterValue",
                "Only one of cidrIp, cidrIpv6, prefixListId, or referencedGroupId can be specified"
            ),
            (
                .init(ipProtocol: "-1"), "InvalidParameterValue",
                "The request must contain exactly one of: cidrIp, cidrIpv6, prefixListId, or "
                    + "referencedGroupId"
            ),
            (
                .init(cidrIpv4: "0.0.0.0/0"), "InvalidParameterValue",
                "Invalid value 'null' for protocol. VPC security group rules must specify "
                    + "protocols explicitly."
            ),
            (
                .init(ipProtocol: "tcp", fromPort: 443, toPort: 443, cidrIpv4: "0.0.0.0/0"),
                "InvalidPermission.Duplicate", nil
            ),
        ]
        for (rule, code, message) in cases {
            try expectRefusal(code, message, of: live) { try modify(rule) }
        }
    }

    @Test func descriptionsChangeAlone() throws {
        let rules = try live.ec2.authorizeSecurityGroupIngress(
            groupId: web, ipPermissions: [tcp(80, "0.0.0.0/0")]
        ).securityGroupRules!
        try live.ec2.updateSecurityGroupRuleDescriptionsIngress(
            groupId: web, ipPermissions: [tcp(80, "0.0.0.0/0", text: "from everywhere")])
        #expect(try described().ipPermissions![0].ipRanges![0].description == "from everywhere")
        try live.ec2.updateSecurityGroupRuleDescriptionsIngress(
            groupId: web,
            securityGroupRuleDescriptions: [
                .init(securityGroupRuleId: rules[0].securityGroupRuleId, description: "web")
            ])
        #expect(try described().ipPermissions![0].ipRanges![0].description == "web")
        try expectRefusal("InvalidPermission.NotFound", nil, of: live) {
            try live.ec2.updateSecurityGroupRuleDescriptionsEgress(
                groupId: web, ipPermissions: [tcp(80, "0.0.0.0/0", text: "x")])
        }
    }

    @Test func rulesAreListedOneByOne() throws {
        try live.ec2.authorizeSecurityGroupIngress(
            groupId: web, ipPermissions: [tcp(80, "0.0.0.0/0", "1.0.0.0/8")])
        let filter = EC2.Filter(name: "group-id", values: [web])
        let rules = try live.ec2.describeSecurityGroupRules(filters: [filter]).securityGroupRules!
        #expect(rules.map(\.isEgress) == [true, false, false])
        #expect(rules[0].fromPort == -1 && rules[0].ipProtocol == "-1")
        let unknown = EC2.Filter(name: "group-id", values: ["sg-0123456789abcdef0"])
        #expect(
            try live.ec2.describeSecurityGroupRules(filters: [unknown]).securityGroupRules!.isEmpty)
        try expectRefusal(
            "InvalidGroupId.Malformed", "The security group ID 'foobar' is malformed", of: live
        ) {
            try live.ec2.describeSecurityGroupRules(
                filters: [.init(name: "group-id", values: ["foobar"])])
        }
    }

    @Test func theGroupsOfAVpcAreThoseMadeInIt() throws {
        let groups = try live.ec2.getSecurityGroupsForVpc(vpcId: net.vpc).securityGroupForVpcs!
        #expect(groups.map(\.groupName) == ["default", "web"])
        #expect(groups[1].primaryVpcId == net.vpc)
    }
}
