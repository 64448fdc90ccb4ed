import CloudAPI
import Simulation
import Testing

@testable import Cloud

@Suite struct EndpointTests {
    let lab: Lab
    var live: LiveCloud { lab.live }
    var vpc: String { lab.net.vpc }
    init() throws {
        lab = try Lab()
        try lab.live.ec2.modifyVpcAttribute(enableDnsHostnames: .init(value: true), vpcId: vpc)
    }

    func name(_ service: String) -> String { "com.amazonaws.us-east-1.\(service)" }

    @discardableResult
    func interfaceEndpoint(
        _ service: String, in subnets: [Lab.Place] = [.isolated], groups: [String]? = nil,
        privateDNS: Bool? = nil
    ) throws -> EC2.VpcEndpoint {
        try live.ec2.createVpcEndpoint(
            vpcEndpointType: .interface, vpcId: vpc, serviceName: name(service),
            subnetIds: subnets.map { lab.subnets[$0]! }, securityGroupIds: groups,
            privateDnsEnabled: privateDNS
        ).vpcEndpoint!
    }

    func described(_ id: String?) throws -> EC2.VpcEndpoint {
        try live.ec2.describeVpcEndpoints(vpcEndpointIds: [id!]).vpcEndpoints![0]
    }

    /// Lets in HTTPS from the VPC.
    func httpsGroup() throws -> String {
        let group = try lab.net.group("endpoints")
        try live.ec2.authorizeSecurityGroupIngress(
            cidrIp: "10.0.0.0/16", fromPort: 443, groupId: group, ipProtocol: "tcp", toPort: 443)
        return group
    }

    func blocker(_ service: String, from place: Lab.Place = .isolated) -> Network.Blocker? {
        live.cloud.network.blocker(from: lab.programs[place]!, toService: service)
    }

    // MARK: gateways

    @Test func aGatewayIsARouteToThePrefixList() throws {
        let main = try lab.net.mainTable().routeTableId!
        let endpoint = try live.ec2.createVpcEndpoint(
            vpcId: vpc, serviceName: name("s3"), routeTableIds: [main]
        ).vpcEndpoint!
        #expect(endpoint.state == "available" && endpoint.vpcEndpointType == .gateway)
        #expect(endpoint.routeTableIds == [main])
        let route = try lab.net.mainTable().routes!.last!
        #expect(route.destinationPrefixListId == "pl-63a5400a")
        #expect(route.gatewayId == endpoint.vpcEndpointId)
        #expect(blocker("s3") == nil)
        #expect(blocker("ecr.api") == .noRoute(from: lab.id(lab.subnets[.isolated]!)))
        try expectRefusal(
            "RouteAlreadyExists",
            "route table \(main) already has a route with destination-prefix-list-id pl-63a5400a",
            of: live
        ) {
            try live.ec2.createVpcEndpoint(
                vpcId: vpc, serviceName: name("s3"), routeTableIds: [main])
        }
        try live.ec2.modifyVpcEndpoint(
            vpcEndpointId: endpoint.vpcEndpointId!, removeRouteTableIds: [main])
        #expect(blocker("s3") != nil)
        try live.ec2.deleteVpcEndpoints(vpcEndpointIds: [endpoint.vpcEndpointId!])
        #expect(try lab.net.mainTable().routes!.count == 1)
    }

    @Test func groupsHoldForGatewaysToo() throws {
        try live.ec2.createVpcEndpoint(
            vpcId: vpc, serviceName: name("s3"),
            routeTableIds: [try lab.net.mainTable().routeTableId!])
        try live.ec2.revokeSecurityGroupEgress(
            groupId: lab.app,
            ipPermissions: [.init(ipProtocol: "-1", ipRanges: [.init(cidrIp: "0.0.0.0/0")])])
        #expect(blocker("s3") == .deniedOutbound(by: [lab.id(lab.app)]))
        try live.ec2.authorizeSecurityGroupEgress(
            groupId: lab.app,
            ipPermissions: [
                .init(
                    ipProtocol: "tcp", fromPort: 443, toPort: 443,
                    prefixListIds: [.init(prefixListId: "pl-63a5400a")])
            ])
        #expect(blocker("s3") == nil)
        try expectRefusal("InvalidPrefixListID.NotFound", nil, of: live) {
            try live.ec2.authorizeSecurityGroupEgress(
                groupId: lab.app,
                ipPermissions: [
                    .init(ipProtocol: "-1", prefixListIds: [.init(prefixListId: "pl-00000000")])
                ])
        }
    }

    // MARK: interfaces

    @Test func anInterfaceEndpointIsAvailableAfterAWhile() throws {
        let endpoint = try interfaceEndpoint("ecr.api", in: [.private, .isolated])
        #expect(endpoint.state == "pending" && endpoint.privateDnsEnabled == true)
        live.run(for: .seconds(59))
        #expect(try described(endpoint.vpcEndpointId).state == "pending")
        live.run(for: .seconds(61))
        let after = try described(endpoint.vpcEndpointId)
        #expect(after.state == "available")
        #expect(after.networkInterfaceIds!.count == 2)
        #expect(after.groups!.map(\.groupName) == ["default"])
        #expect(after.dnsEntries!.count == 4)
        #expect(after.dnsEntries!.last!.dnsName == "api.ecr.us-east-1.amazonaws.com")
        let interface = try live.ec2.describeNetworkInterfaces(
            networkInterfaceIds: [after.networkInterfaceIds![0]]
        ).networkInterfaces![0]
        #expect(interface.interfaceType == .vpcEndpoint)
        #expect(interface.description == "VPC Endpoint Interface \(endpoint.vpcEndpointId!)")
    }

    @Test func aPrivateNameLeadsToTheEndpointEvenWhereTheInternetIsOpen() throws {
        #expect(blocker("ecr.api", from: .private) == nil)
        let endpoint = try interfaceEndpoint("ecr.api")
        #expect(blocker("ecr.api", from: .private) == nil)
        live.run(for: .minutes(2))
        // The default group lets in nobody but itself.
        let standard = live.cloud.network.vpcs[0].defaultSecurityGroup
        let denied = Network.Blocker.deniedInbound(by: [standard])
        #expect(blocker("ecr.api", from: .private) == denied)
        #expect(blocker("ecr.api") == denied)
        #expect(blocker("logs", from: .private) == nil)
        try live.ec2.modifyVpcEndpoint(
            vpcEndpointId: endpoint.vpcEndpointId!, addSecurityGroupIds: [try httpsGroup()])
        #expect(blocker("ecr.api") == nil)
        try live.ec2.modifyVpcEndpoint(
            vpcEndpointId: endpoint.vpcEndpointId!, privateDnsEnabled: false)
        #expect(blocker("ecr.api", from: .private) == nil)
        #expect(blocker("ecr.api") == .noRoute(from: lab.id(lab.subnets[.isolated]!)))
    }

    @Test func withoutTheNameServiceNoServiceIsFound() throws {
        try live.ec2.modifyVpcAttribute(enableDnsSupport: .init(value: false), vpcId: vpc)
        #expect(blocker("ecr.api", from: .private) == .noNameService(lab.id(vpc)))
    }

    @Test func aPrivateNameIsTakenOnce() throws {
        try interfaceEndpoint("ecr.api")
        try expectRefusal(
            "InvalidParameter",
            "private-dns-enabled cannot be set because there is already a conflicting DNS domain "
                + "for api.ecr.us-east-1.amazonaws.com in the VPC \(vpc)", of: live
        ) { try interfaceEndpoint("ecr.api") }
        try interfaceEndpoint("ecr.api", privateDNS: false)
        try live.ec2.modifyVpcAttribute(enableDnsHostnames: .init(value: false), vpcId: vpc)
        try expectRefusal(
            "InvalidParameter",
            "Enabling private DNS requires both enableDnsSupport and enableDnsHostnames VPC "
                + "attributes set to true for \(vpc)", of: live
        ) { try interfaceEndpoint("logs") }
    }

    @Test func anEndpointNeedsAServiceOfItsKindAndAZoneForEachSubnet() throws {
        try expectRefusal(
            "InvalidServiceName", "The Vpc Endpoint Service 'com.amazonaws.x' does not exist",
            of: live
        ) { try live.ec2.createVpcEndpoint(vpcId: vpc, serviceName: "com.amazonaws.x") }
        try expectRefusal("InvalidParameter", nil, of: live) {
            try live.ec2.createVpcEndpoint(vpcId: vpc, serviceName: name("logs"))
        }
        try expectRefusal("DuplicateSubnetsInSameZone", nil, of: live) {
            try interfaceEndpoint("logs", in: [.public, .private])
        }
    }

    @Test func whatIsDeletedIsGoneAndTheRestIsListed() throws {
        let group = try httpsGroup()
        let id = try interfaceEndpoint("logs", groups: [group]).vpcEndpointId!
        try expectRefusal("DependencyViolation", nil, of: live) {
            try live.ec2.deleteSecurityGroup(groupId: group)
        }
        let answer = try live.ec2.deleteVpcEndpoints(
            vpcEndpointIds: ["vpce-0123456789abcdef0", id])
        #expect(answer.unsuccessful!.count == 1)
        #expect(answer.unsuccessful![0].error?.code == "InvalidVpcEndpointId.NotFound")
        try live.ec2.deleteSecurityGroup(groupId: group)
        live.run(for: .minutes(5))
        #expect(try live.ec2.describeVpcEndpoints().vpcEndpoints!.isEmpty)
    }

    @Test func servicesAndPrefixLists() throws {
        let services = try live.ec2.describeVpcEndpointServices(
            filters: [.init(name: "service-type", values: ["Gateway"])])
        #expect(services.serviceNames == [name("dynamodb"), name("s3")])
        let lists = try live.ec2.describeManagedPrefixLists(
            filters: [.init(name: "prefix-list-name", values: ["*.s3"])]
        ).prefixLists!
        #expect(lists.map(\.prefixListId) == ["pl-63a5400a"])
        #expect(try live.ec2.describePrefixLists().prefixLists!.count == 2)
    }
}
