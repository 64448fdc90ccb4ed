import CloudAPI
import Simulation
import Testing

@testable import Cloud

@Suite struct NetworkACLTests {
    let net: TestNetwork
    var live: LiveCloud { net.live }
    let acl: String
    init() throws {
        net = try TestNetwork()
        acl = try net.live.ec2.createNetworkAcl(vpcId: net.vpc).networkAcl!.networkAclId!
    }

    func add(_ number: Int, egress: Bool = false, port: Int = 80) throws {
        try live.ec2.createNetworkAclEntry(
            networkAclId: acl, ruleNumber: number, protocol: "6", ruleAction: .allow,
            egress: egress, cidrBlock: "0.0.0.0/0", portRange: .init(from: port, to: port))
    }

    func described(_ id: String? = nil) throws -> EC2.NetworkAcl {
        try live.ec2.describeNetworkAcls(networkAclIds: [id ?? acl]).networkAcls![0]
    }

    @Test func theDefaultACLAllowsEverythingAndANewOneNothing() throws {
        let filter = EC2.Filter(name: "default", values: ["true"])
        let standard = try live.ec2.describeNetworkAcls(filters: [filter]).networkAcls![0]
        #expect(standard.entries!.map(\.ruleNumber) == [100, 32767, 100, 32767])
        #expect(standard.entries!.map(\.ruleAction) == [.allow, .deny, .allow, .deny])
        #expect(standard.entries!.map(\.egress) == [true, true, false, false])
        #expect(try described().entries!.map(\.ruleNumber) == [32767, 32767])
        try expectRefusal(
            "InvalidParameterValue",
            "cannot delete default network ACL \(standard.networkAclId!)", of: live
        ) { try live.ec2.deleteNetworkAcl(networkAclId: standard.networkAclId!) }
    }

    @Test func entriesStandInTheOrderOfTheirNumbers() throws {
        try add(200)
        try add(100)
        try add(150, egress: true)
        try live.ec2.createNetworkAclEntry(
            networkAclId: acl, ruleNumber: 110, protocol: "icmp", ruleAction: .deny, egress: false,
            cidrBlock: "10.0.0.0/8", icmpTypeCode: .init(code: -1, type: 8))
        let entries = try described().entries!
        #expect(entries.map(\.ruleNumber) == [150, 32767, 100, 110, 200, 32767])
        #expect(entries[3].protocol == "1" && entries[3].icmpTypeCode?.type == 8)
        #expect(entries[2].protocol == "6" && entries[2].portRange?.from == 80)
    }

    @Test func entriesAreReplacedAndDeletedByNumberAndDirection() throws {
        try add(100)
        try expectRefusal(
            "NetworkAclEntryAlreadyExists",
            "The network acl entry identified by 100 already exists.", of: live
        ) { try add(100) }
        try live.ec2.replaceNetworkAclEntry(
            networkAclId: acl, ruleNumber: 100, protocol: "-1", ruleAction: .deny, egress: false,
            cidrBlock: "10.0.0.0/8")
        #expect(try described().entries![1].ruleAction == .deny)
        let missing = "The network acl entry identified by 100 does not exist."
        try expectRefusal("InvalidNetworkAclEntry.NotFound", missing, of: live) {
            try live.ec2.deleteNetworkAclEntry(networkAclId: acl, ruleNumber: 100, egress: true)
        }
        try live.ec2.deleteNetworkAclEntry(networkAclId: acl, ruleNumber: 100, egress: false)
        try expectRefusal("InvalidNetworkAclEntry.NotFound", missing, of: live) {
            try live.ec2.replaceNetworkAclEntry(
                networkAclId: acl, ruleNumber: 100, protocol: "-1", ruleAction: .deny,
                egress: false, cidrBlock: "10.0.0.0/8")
        }
    }

    @Test func whatIsNoEntryIsRefused() throws {
        func tried(
            _ number: Int = 100, _ protocols: String = "6", _ block: String? = "0.0.0.0/0",
            _ ports: EC2.PortRange? = nil, _ action: EC2.RuleAction = .allow
        ) throws {
            try live.ec2.createNetworkAclEntry(
                networkAclId: acl, ruleNumber: number, protocol: protocols, ruleAction: action,
                egress: false, cidrBlock: block, portRange: ports)
        }
        try expectRefusal("InvalidParameterValue", nil, of: live) { try tried(0) }
        try expectRefusal("InvalidParameterValue", nil, of: live) { try tried(32767) }
        try expectRefusal("InvalidParameterValue", nil, of: live) { try tried(100, "6") }
        try expectRefusal("InvalidParameterValue", nil, of: live) { try tried(100, "foo") }
        try expectRefusal("MissingParameter", nil, of: live) { try tried(100, "-1", nil) }
        try expectRefusal("InvalidParameterValue", nil, of: live) { try tried(100, "-1", "x") }
        try expectRefusal("MissingParameter", nil, of: live) { try tried(100, "1") }
        try expectRefusal("InvalidParameterValue", nil, of: live) {
            try tried(100, "-1", "0.0.0.0/0", nil, "permit")
        }
        for number in 1...20 { try add(number) }
        try expectRefusal("NetworkAclEntryLimitExceeded", nil, of: live) { try add(21) }
    }

    @Test func aSubnetChangesItsACLByReplacingTheAssociation() throws {
        let subnet = try net.subnet()
        let filter = EC2.Filter(name: "association.subnet-id", values: [subnet])
        let before = try live.ec2.describeNetworkAcls(filters: [filter]).networkAcls![0]
        #expect(before.isDefault == true)
        let old = before.associations![0].networkAclAssociationId!
        let new = try live.ec2.replaceNetworkAclAssociation(associationId: old, networkAclId: acl)
        let after = try live.ec2.describeNetworkAcls(filters: [filter]).networkAcls![0]
        #expect(after.networkAclId == acl)
        #expect(after.associations![0].networkAclAssociationId == new.newAssociationId)
        #expect(new.newAssociationId!.hasPrefix("aclassoc-") && new.newAssociationId != old)
        try expectRefusal("InvalidAssociationID.NotFound", nil, of: live) {
            try live.ec2.replaceNetworkAclAssociation(associationId: old, networkAclId: acl)
        }
        try expectRefusal(
            "DependencyViolation",
            "The network ACL '\(acl)' has dependencies and cannot be deleted.", of: live
        ) { try live.ec2.deleteNetworkAcl(networkAclId: acl) }
        try live.ec2.deleteSubnet(subnetId: subnet)
        try live.ec2.deleteNetworkAcl(networkAclId: acl)
        try live.ec2.deleteVpc(vpcId: net.vpc)
    }
}
