import CloudAPI
import Simulation
import Testing

@testable import Cloud

/// A VPC with a public subnet, a private one behind a NAT gateway, and one that leads nowhere; in
/// each a program on port 8080. What a case does to it is done by calls.
final class Lab {
    enum Place: CaseIterable { case `public`, `private`, isolated }

    let net: TestNetwork
    var live: LiveCloud { net.live }
    let internetGateway: String
    let natGateway: String
    let publicTable: String
    let privateTable: String
    private(set) var subnets: [Place: String] = [:]
    private(set) var programs: [Place: InterfaceID] = [:]
    /// Lets in port 8080 from everywhere.
    let web: String
    /// Lets in port 8080 from `web`.
    let app: String

    init() throws {
        net = try TestNetwork()
        let live = net.live
        internetGateway = try net.gateway()
        web = try net.group("web")
        app = try net.group("app")
        publicTable = try net.table()
        privateTable = try net.table()
        subnets[.public] = try net.subnet("10.0.1.0/24", zone: "us-east-1a")
        subnets[.private] = try net.subnet("10.0.2.0/24", zone: "us-east-1a")
        subnets[.isolated] = try net.subnet("10.0.3.0/24", zone: "us-east-1b")
        natGateway = try net.natGateway(in: subnets[.public]!)
        try live.ec2.createRoute(
            routeTableId: publicTable, destinationCidrBlock: "0.0.0.0/0",
            gatewayId: internetGateway)
        try live.ec2.createRoute(
            routeTableId: privateTable, destinationCidrBlock: "0.0.0.0/0", natGatewayId: natGateway)
        try live.ec2.associateRouteTable(subnetId: subnets[.public], routeTableId: publicTable)
        try live.ec2.associateRouteTable(subnetId: subnets[.private], routeTableId: privateTable)
        try live.ec2.authorizeSecurityGroupIngress(
            cidrIp: "0.0.0.0/0", fromPort: 8080, groupId: web, ipProtocol: "tcp", toPort: 8080)
        try live.ec2.authorizeSecurityGroupIngress(
            groupId: app,
            ipPermissions: [
                .init(
                    ipProtocol: "tcp", fromPort: 8080, toPort: 8080,
                    userIdGroupPairs: [.init(groupId: web)])
            ])
        live.run(for: .minutes(2))
        for place in Place.allCases {
            programs[place] = start(
                in: place, groups: place == .public ? [web] : [app],
                withPublicAddress: place == .public)
        }
    }

    func id<ID: EC2Identifier>(_ text: String) -> ID { live.cloud.find(text, for: live.caller)! }

    func start(
        in place: Place, groups: [String], withPublicAddress: Bool = false, port: Int = 8080
    ) -> InterfaceID {
        let subnet: SubnetID = id(subnets[place]!)
        let program = live.cloud.attachInterface(
            to: subnet, groups: groups.map { id($0) }, kind: .task,
            withPublicAddress: withPublicAddress, description: "")!
        let answer = Network.Answer(status: 200, after: .zero)
        live.cloud.listen(.init(port: port, page: answer, check: answer, owner: 1), on: program)
        return program
    }

    func connect(
        from origin: Place?, to target: Place, port: Int = 8080
    ) -> Network.Connection {
        live.cloud.network.connect(
            from: origin.map { .interface(programs[$0]!) } ?? .internet, to: programs[target]!,
            port: port)
    }

    func out(_ place: Place) -> Network.Blocker? {
        live.cloud.network.blockerToInternet(from: programs[place]!, port: 443)
    }

    /// Gives a subnet an ACL of its own with these entries.
    func acl(
        of place: Place,
        _ entries: [(number: Int, egress: Bool, allow: Bool, ports: ClosedRange<Int>)]
    ) throws -> NetworkACLID {
        let acl = try live.ec2.createNetworkAcl(vpcId: net.vpc).networkAcl!.networkAclId!
        for entry in entries {
            try live.ec2.createNetworkAclEntry(
                networkAclId: acl, ruleNumber: entry.number, protocol: "6",
                ruleAction: entry.allow ? .allow : .deny, egress: entry.egress,
                cidrBlock: "0.0.0.0/0",
                portRange: .init(from: entry.ports.lowerBound, to: entry.ports.upperBound))
        }
        let filter = EC2.Filter(name: "association.subnet-id", values: [subnets[place]!])
        let association = try live.ec2.describeNetworkAcls(filters: [filter]).networkAcls![0]
            .associations!.first { $0.subnetId == subnets[place]! }!
        try live.ec2.replaceNetworkAclAssociation(
            associationId: association.networkAclAssociationId!, networkAclId: acl)
        return id(acl)
    }
}

extension Network.Connection {
    var isAccepted: Bool {
        if case .accepted = self { return true }
        return false
    }
}

@Suite struct ConnectionTests {
    let lab: Lab
    var live: LiveCloud { lab.live }
    init() throws { lab = try Lab() }

    @Test func whoReachesWhomAtFirst() {
        #expect(lab.connect(from: nil, to: .public).isAccepted)
        #expect(
            lab.connect(from: nil, to: .private)
                == .dropped(by: .noPublicAddress(lab.programs[.private]!)))
        #expect(lab.connect(from: .public, to: .private).isAccepted)
        #expect(lab.connect(from: .public, to: .isolated).isAccepted)
        // The app's group lets in the web's group, not itself.
        #expect(
            lab.connect(from: .private, to: .isolated)
                == .dropped(by: .deniedInbound(by: [lab.id(lab.app)])))
        #expect(lab.connect(from: .private, to: .public).isAccepted)
        #expect(lab.out(.public) == nil)
        #expect(lab.out(.private) == nil)
        #expect(lab.out(.isolated) == .noRoute(from: lab.id(lab.subnets[.isolated]!)))
    }

    @Test func aPortNobodyListensOnIsRefused() throws {
        try live.ec2.authorizeSecurityGroupIngress(
            cidrIp: "0.0.0.0/0", fromPort: 0, groupId: lab.web, ipProtocol: "tcp", toPort: 65535)
        #expect(
            lab.connect(from: nil, to: .public, port: 80) == .refused(by: lab.programs[.public]!))
        live.cloud.closeAllPorts(on: lab.programs[.public]!)
        #expect(lab.connect(from: nil, to: .public) == .refused(by: lab.programs[.public]!))
    }

    @Test func aPortNoGroupLetsInIsSilent() {
        let silent = Network.Connection.dropped(by: .deniedInbound(by: [lab.id(lab.web)]))
        #expect(lab.connect(from: nil, to: .public, port: 80) == silent)
        #expect(lab.connect(from: .private, to: .public, port: 80) == silent)
    }

    @Test func whatIsGoneIsSilent() {
        let program = lab.programs[.public]!
        let address = live.cloud.network.interfaces[program].address
        let vpc = live.cloud.network.interfaces[program].vpc
        live.cloud.removeInterface(program)
        #expect(lab.connect(from: nil, to: .public) == .dropped(by: .noSuchAddress))
        #expect(lab.connect(from: .public, to: .private) == .dropped(by: .noSuchAddress))
        #expect(lab.out(.public) == .noSuchAddress)
        let byAddress = live.cloud.network.connect(
            from: .interface(lab.programs[.private]!), to: address, in: vpc, port: 8080)
        #expect(byAddress == .dropped(by: .noSuchAddress))
    }

    // MARK: groups

    @Test func withoutEgressNothingGetsOut() throws {
        try live.ec2.revokeSecurityGroupEgress(
            groupId: lab.web,
            ipPermissions: [.init(ipProtocol: "-1", ipRanges: [.init(cidrIp: "0.0.0.0/0")])])
        let denied = Network.Blocker.deniedOutbound(by: [lab.id(lab.web)])
        #expect(lab.connect(from: .public, to: .private) == .dropped(by: denied))
        #expect(lab.out(.public) == denied)
        // Answers to what came in still find their way.
        #expect(lab.connect(from: nil, to: .public).isAccepted)

        try live.ec2.authorizeSecurityGroupEgress(
            groupId: lab.web,
            ipPermissions: [.init(ipProtocol: "-1", userIdGroupPairs: [.init(groupId: lab.app)])])
        #expect(lab.connect(from: .public, to: .private).isAccepted)
        // A reference to a group matches nobody on the internet.
        #expect(lab.out(.public) == denied)
    }

    @Test func aReferenceMatchesWhoeverCarriesTheGroupNow() throws {
        let client = lab.start(in: .isolated, groups: [lab.app])
        func connection() -> Network.Connection {
            live.cloud.network.connect(
                from: .interface(client), to: lab.programs[.private]!, port: 8080)
        }
        #expect(!connection().isAccepted)
        live.cloud.setGroups([lab.id(lab.app), lab.id(lab.web)], of: client)
        #expect(connection().isAccepted)
        live.cloud.setGroups([lab.id(lab.app)], of: client)
        #expect(!connection().isAccepted)
    }

    @Test func aReferenceDoesNotMatchWhatComesFromTheInternet() throws {
        let public_ = lab.start(in: .public, groups: [lab.app], withPublicAddress: true)
        let connection = live.cloud.network.connect(from: .internet, to: public_, port: 8080)
        #expect(connection == .dropped(by: .deniedInbound(by: [lab.id(lab.app)])))
    }

    static let peers: [(permission: EC2.IpPermission, accepted: Bool)] = [
        (
            .init(
                ipProtocol: "tcp", fromPort: 8080, toPort: 8080,
                ipRanges: [.init(cidrIp: "10.0.2.0/24")]), true
        ),
        (
            .init(
                ipProtocol: "tcp", fromPort: 8000, toPort: 9000,
                ipRanges: [.init(cidrIp: "10.0.0.0/16")]), true
        ),
        (.init(ipProtocol: "-1", ipRanges: [.init(cidrIp: "0.0.0.0/0")]), true),
        (
            .init(
                ipProtocol: "tcp", fromPort: 8080, toPort: 8080,
                ipRanges: [.init(cidrIp: "10.0.1.0/24")]), false
        ),
        (
            .init(
                ipProtocol: "tcp", fromPort: 80, toPort: 80,
                ipRanges: [.init(cidrIp: "0.0.0.0/0")]),
            false
        ),
        (
            .init(
                ipProtocol: "udp", fromPort: 8080, toPort: 8080,
                ipRanges: [.init(cidrIp: "0.0.0.0/0")]), false
        ),
        (.init(ipProtocol: "icmp", ipRanges: [.init(cidrIp: "0.0.0.0/0")]), false),
        (.init(ipProtocol: "-1", ipv6Ranges: [.init(cidrIpv6: "::/0")]), false),
    ]

    @Test(arguments: peers)
    func aRuleMatchesByProtocolPortAndPeer(permission: EC2.IpPermission, accepted: Bool) throws {
        let group = try lab.net.group("tried")
        try live.ec2.authorizeSecurityGroupIngress(groupId: group, ipPermissions: [permission])
        let target = lab.start(in: .isolated, groups: [group])
        let connection = live.cloud.network.connect(
            from: .interface(lab.programs[.private]!), to: target, port: 8080)
        #expect(connection.isAccepted == accepted)
    }

    // MARK: gateways and routes

    @Test func aPublicSubnetAloneMakesNobodyPublic() {
        let program = lab.start(in: .public, groups: [lab.web])
        let network = live.cloud.network
        #expect(
            network.connect(from: .internet, to: program, port: 8080)
                == .dropped(by: .noPublicAddress(program)))
        #expect(network.blockerToInternet(from: program, port: 443) == .noPublicAddress(program))
    }

    @Test func aPublicAddressInAPrivateSubnetDoesNotAnswer() {
        let program = lab.start(in: .private, groups: [lab.web], withPublicAddress: true)
        #expect(
            live.cloud.network.connect(from: .internet, to: program, port: 8080)
                == .dropped(by: .noRoute(from: lab.id(lab.subnets[.private]!))))
        // It does get out, through the NAT gateway.
        #expect(live.cloud.network.blockerToInternet(from: program, port: 443) == nil)
    }

    @Test func withoutTheInternetGatewayNothingGoesInOrOut() throws {
        try live.ec2.deleteNatGateway(natGatewayId: lab.natGateway)
        live.run(for: .minutes(2))
        live.cloud.removeInterface(lab.programs[.public]!)
        try live.ec2.detachInternetGateway(
            internetGatewayId: lab.internetGateway, vpcId: lab.net.vpc)
        let program = lab.start(in: .public, groups: [lab.web], withPublicAddress: true)
        #expect(
            live.cloud.network.connect(from: .internet, to: program, port: 8080)
                == .dropped(by: .noInternetGateway(lab.id(lab.net.vpc))))
        #expect(
            live.cloud.network.blockerToInternet(from: program, port: 443)
                == .blackhole(lab.id(lab.publicTable)))
    }

    @Test func aNatGatewayMustBeThere() throws {
        try live.ec2.deleteNatGateway(natGatewayId: lab.natGateway)
        #expect(lab.out(.private) == .blackhole(lab.id(lab.privateTable)))
        live.run(for: .hours(2))
        #expect(lab.out(.private) == .blackhole(lab.id(lab.privateTable)))

        let pending = try lab.net.natGateway(in: lab.subnets[.public]!)
        try live.ec2.replaceRoute(
            routeTableId: lab.privateTable, destinationCidrBlock: "0.0.0.0/0",
            natGatewayId: pending)
        #expect(lab.out(.private) == .natGateway(lab.id(pending)))
        live.run(for: .seconds(90))
        #expect(lab.out(.private) == nil)
        try live.ec2.deleteRoute(
            routeTableId: lab.privateTable, destinationCidrBlock: "0.0.0.0/0")
        #expect(lab.out(.private) == .noRoute(from: lab.id(lab.subnets[.private]!)))
    }

    @Test func aNatGatewayInAPrivateSubnetLeadsNowhere() throws {
        let inside = try lab.net.natGateway(in: lab.subnets[.private]!)
        live.run(for: .seconds(90))
        try live.ec2.replaceRoute(
            routeTableId: lab.privateTable, destinationCidrBlock: "0.0.0.0/0", natGatewayId: inside)
        #expect(lab.out(.private) == .natGateway(lab.id(inside)))
        let table = try lab.net.table()
        try live.ec2.createRoute(
            routeTableId: table, destinationCidrBlock: "0.0.0.0/0", natGatewayId: inside)
        try live.ec2.associateRouteTable(
            subnetId: lab.subnets[.isolated], routeTableId: table)
        #expect(lab.out(.isolated) == .natGateway(lab.id(inside)))
    }

    @Test func theLongestPrefixWins() throws {
        try live.ec2.createRoute(
            routeTableId: lab.publicTable, destinationCidrBlock: "203.0.113.0/24",
            natGatewayId: lab.natGateway)
        #expect(
            lab.connect(from: nil, to: .public)
                == .dropped(by: .noRoute(from: lab.id(lab.subnets[.public]!))))
    }

    @Test func twoNetworksDoNotMeet() throws {
        let other = try TestNetwork(live)
        _ = try other.subnet()
        let subnet = live.cloud.network.vpcs[1].subnets[0]
        let program = live.cloud.attachInterface(
            to: subnet, groups: [], kind: .task, description: "")!
        #expect(
            live.cloud.network.connect(
                from: .interface(program), to: lab.programs[.private]!, port: 8080)
                == .dropped(by: .differentNetworks))
    }

    @Test func everyChangeOfPathsIsTold() throws {
        var told = 0
        live.watch = { cloud in
            told += cloud.facts.count {
                if case .network(.pathsChanged) = $0 { return true }
                return false
            }
        }
        let table = try lab.net.table()
        let changes: [() throws -> Void] = [
            { [live, lab] in
                try live.ec2.revokeSecurityGroupIngress(
                    cidrIp: "0.0.0.0/0", fromPort: 8080, groupId: lab.web, ipProtocol: "tcp",
                    toPort: 8080)
            },
            { [live, lab] in
                try live.ec2.authorizeSecurityGroupIngress(
                    cidrIp: "0.0.0.0/0", fromPort: 8080, groupId: lab.web, ipProtocol: "tcp",
                    toPort: 8080)
            },
            { [live, lab] in
                try live.ec2.createRoute(
                    routeTableId: table, destinationCidrBlock: "0.0.0.0/0",
                    gatewayId: lab.internetGateway)
            },
            { [live, lab] in
                try live.ec2.associateRouteTable(
                    subnetId: lab.subnets[.isolated], routeTableId: table)
            },
            { [live] in
                try live.ec2.deleteRoute(routeTableId: table, destinationCidrBlock: "0.0.0.0/0")
            },
            { [live, lab] in try live.ec2.deleteNatGateway(natGatewayId: lab.natGateway) },
        ]
        for (index, change) in changes.enumerated() {
            try change()
            #expect(told == index + 1)
        }
    }
}

@Suite struct NetworkACLConnectionTests {
    let lab: Lab
    init() throws { lab = try Lab() }

    typealias Entry = (number: Int, egress: Bool, allow: Bool, ports: ClosedRange<Int>)

    static let inbound: [(name: String, entries: [Entry], accepted: Bool)] = [
        ("nothing is allowed", [], false),
        ("answers are not allowed", [(100, false, true, 8080...8080)], false),
        (
            "both ways are allowed",
            [(100, false, true, 8080...8080), (100, true, true, 1024...65535)], true
        ),
        (
            "half of the answers' ports are allowed",
            [(100, false, true, 8080...8080), (100, true, true, 32768...50000)], false
        ),
        (
            "the answers' ports are allowed in parts",
            [
                (100, false, true, 8080...8080), (100, true, true, 1024...40000),
                (110, true, true, 40001...65535),
            ], true
        ),
        (
            "a denial comes first",
            [
                (90, false, false, 8080...8080), (100, false, true, 0...65535),
                (100, true, true, 0...65535),
            ], false
        ),
        (
            "a denial comes too late",
            [
                (100, false, true, 0...65535), (110, false, false, 8080...8080),
                (100, true, true, 0...65535),
            ], true
        ),
        (
            "some port of the answers is denied",
            [
                (100, false, true, 0...65535), (90, true, false, 50000...50000),
                (100, true, true, 0...65535),
            ], false
        ),
    ]

    @Test(arguments: inbound)
    func fromOneSubnetToAnother(name: String, entries: [Entry], accepted: Bool) throws {
        let acl = try lab.acl(of: .private, entries)
        let connection = lab.connect(from: .public, to: .private)
        if accepted {
            #expect(connection.isAccepted, "\(name)")
        } else {
            #expect(connection == .dropped(by: .deniedByACL(acl)), "\(name)")
        }
    }

    @Test func aTaskNeedsFewerPortsThanTheInternet() throws {
        let acl = try lab.acl(
            of: .public, [(100, false, true, 8080...8080), (100, true, true, 32768...60999)])
        #expect(lab.connect(from: .private, to: .public).isAccepted)
        #expect(lab.connect(from: nil, to: .public) == .dropped(by: .deniedByACL(acl)))
    }

    @Test func withinASubnetNoACLIsAsked() throws {
        _ = try lab.acl(of: .private, [])
        let neighbour = lab.start(in: .private, groups: [lab.web])
        let connection = lab.live.cloud.network.connect(
            from: .interface(neighbour), to: lab.programs[.private]!, port: 8080)
        #expect(connection.isAccepted)
    }

    @Test func theWayOutThroughANatGatewayCrossesTwoBorders() throws {
        let first = try lab.acl(of: .private, [(100, true, true, 443...443)])
        #expect(lab.out(.private) == .deniedByACL(first))
        _ = try lab.acl(
            of: .private, [(100, true, true, 443...443), (100, false, true, 32768...60999)])
        #expect(lab.out(.private) == nil)
        // The gateway's own subnet: in from the task, out to the host, and all that back.
        let second = try lab.acl(
            of: .public, [(100, false, true, 443...443), (100, true, true, 32768...60999)])
        #expect(lab.out(.private) == .deniedByACL(second))
        _ = try lab.acl(
            of: .public,
            [
                (100, false, true, 443...443), (110, false, true, 1024...65535),
                (100, true, true, 443...443), (110, true, true, 1024...65535),
            ])
        #expect(lab.out(.private) == nil)
    }
}
