import CloudAPI
import Simulation
import Testing

@testable import Cloud

/// What becomes of open connections when rules change: vpc.md sections 0.5 and 6.
@Suite struct FlowTests {
    let lab: Lab
    var live: LiveCloud { lab.live }
    var network: Network { lab.live.cloud.network }
    init() throws { lab = try Lab() }

    private func open(from origin: Lab.Place?, to target: Lab.Place) throws -> Network.Flow {
        try #require(
            network.open(
                from: origin.map { .interface(lab.programs[$0]!) } ?? .internet,
                to: lab.programs[target]!, port: 8080))
    }

    private func revoke(_ group: String, egress: Bool = false) throws {
        let rules = try live.ec2.describeSecurityGroups(groupIds: [group]).securityGroups![0]
        if egress {
            try live.ec2.revokeSecurityGroupEgress(
                groupId: group, ipPermissions: rules.ipPermissionsEgress)
        } else {
            try live.ec2.revokeSecurityGroupIngress(
                groupId: group, ipPermissions: rules.ipPermissions)
        }
    }

    @Test func whatARuleForAGroupLetInIsTrackedAndGoesOn() throws {
        let flow = try open(from: .public, to: .private)
        #expect(network.carries(flow))
        try revoke(lab.app)
        #expect(!lab.connect(from: .public, to: .private).isAccepted)
        #expect(network.carries(flow))
    }

    @Test func whatRulesForEveryoneLetInIsNotTrackedAndEndsAtOnce() throws {
        let flow = try open(from: nil, to: .public)
        #expect(network.carries(flow))
        try revoke(lab.web)
        #expect(!network.carries(flow))
        try live.ec2.authorizeSecurityGroupIngress(
            cidrIp: "203.0.113.0/24", fromPort: 8080, groupId: lab.web, ipProtocol: "tcp",
            toPort: 8080)
        #expect(network.carries(flow), "it needs some rule, not the one that let it in")
    }

    @Test func withoutARuleThatLetsAllRepliesOutItIsTracked() throws {
        try revoke(lab.web, egress: true)
        let flow = try open(from: nil, to: .public)
        try revoke(lab.web)
        #expect(network.carries(flow))
    }

    @Test func aSmallerBlockIsTracked() throws {
        try revoke(lab.web)
        try live.ec2.authorizeSecurityGroupIngress(
            cidrIp: "203.0.113.0/24", fromPort: 8080, groupId: lab.web, ipProtocol: "tcp",
            toPort: 8080)
        let flow = try open(from: nil, to: .public)
        try revoke(lab.web)
        #expect(network.carries(flow))
    }

    @Test func theGroupsOfTheOtherEndRememberToo() throws {
        // The public program lets 8080 in from everyone and everything out, so that its own way out
        // to everyone is tracked: its replies may not come in by every port.
        let flow = try open(from: .public, to: .private)
        try revoke(lab.web, egress: true)
        #expect(!lab.connect(from: .public, to: .private).isAccepted)
        #expect(network.carries(flow))
    }

    @Test func anACLCutsEverythingAtOnce() throws {
        let flow = try open(from: .public, to: .private)
        _ = try lab.acl(of: .private, [])
        #expect(!network.carries(flow))
    }

    @Test func aRouteThatIsGoneCutsEverythingAtOnce() throws {
        let flow = try open(from: nil, to: .public)
        try live.ec2.deleteRoute(
            routeTableId: lab.publicTable, destinationCidrBlock: "0.0.0.0/0")
        #expect(!network.carries(flow))
    }

    @Test func whatIsNotAcceptedIsNotOpened() throws {
        #expect(network.open(from: .internet, to: lab.programs[.private]!, port: 8080) == nil)
        #expect(network.open(from: .internet, to: lab.programs[.public]!, port: 9090) == nil)
    }

    @Test func anInterfaceThatIsGoneCarriesNothing() throws {
        let flow = try open(from: .public, to: .private)
        live.cloud.removeInterface(lab.programs[.private]!)
        #expect(!network.carries(flow))
    }
}
