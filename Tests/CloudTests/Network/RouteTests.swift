import CloudAPI
import Simulation
import Testing

@testable import Cloud

@Suite struct RouteTests {
    let net: TestNetwork
    var live: LiveCloud { net.live }
    let table: String
    init() throws {
        net = try TestNetwork()
        table = try net.table()
    }

    func routes() throws -> [EC2.Route] {
        try live.ec2.describeRouteTables(routeTableIds: [table]).routeTables![0].routes!
    }

    @Test func aRouteTurnsBlackholeWhenItsTargetGoes() throws {
        let gateway = try net.gateway()
        try live.ec2.createRoute(
            routeTableId: table, destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway)
        #expect(try routes()[1].state == .active)
        #expect(try routes()[1].origin == .createRoute)
        #expect(try routes()[1].gatewayId == gateway)
        try live.ec2.detachInternetGateway(internetGatewayId: gateway, vpcId: net.vpc)
        #expect(try routes()[1].state == .blackhole)
        try live.ec2.deleteInternetGateway(internetGatewayId: gateway)
        #expect(try routes()[1].gatewayId == gateway)
    }

    @Test func aRouteCanLeadToANatGatewayThatIsStillPending() throws {
        _ = try net.gateway()
        let nat = try net.natGateway(in: try net.subnet())
        try live.ec2.createRoute(
            routeTableId: table, destinationCidrBlock: "0.0.0.0/0", natGatewayId: nat)
        #expect(try routes()[1].natGatewayId == nat)
        try live.ec2.deleteNatGateway(natGatewayId: nat)
        #expect(try routes()[1].state == .blackhole)
        live.run(for: .hours(2))
        #expect(try routes()[1].natGatewayId == nat)
        #expect(try routes()[1].state == .blackhole)
        try expectRefusal("NatGatewayNotFound", nil, of: live) {
            try live.ec2.createRoute(
                routeTableId: table, destinationCidrBlock: "1.0.0.0/8", natGatewayId: nat)
        }
    }

    @Test func routesAreReplacedAndDeletedByTheirDestination() throws {
        let gateway = try net.gateway()
        let nat = try net.natGateway(in: try net.subnet())
        try live.ec2.createRoute(
            routeTableId: table, destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway)
        try live.ec2.replaceRoute(
            routeTableId: table, destinationCidrBlock: "0.0.0.0/0", natGatewayId: nat)
        #expect(try routes()[1].natGatewayId == nat)
        try live.ec2.deleteRoute(routeTableId: table, destinationCidrBlock: "0.0.0.0/0")
        #expect(try routes().count == 1)
        try expectRefusal(
            "InvalidRoute.NotFound",
            "no route with destination-cidr-block 10.9.0.0/16 in route table \(table)", of: live
        ) { try live.ec2.deleteRoute(routeTableId: table, destinationCidrBlock: "10.9.0.0/16") }
        try expectRefusal(
            "InvalidParameterValue",
            "There is no route defined for '0.0.0.0/0' in the route table. Use CreateRoute "
                + "instead.",
            of: live
        ) {
            try live.ec2.replaceRoute(
                routeTableId: table, destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway)
        }
        try expectRefusal(
            "InvalidParameterValue",
            "cannot remove local route 10.0.0.0/16 in route table \(table)", of: live
        ) { try live.ec2.deleteRoute(routeTableId: table, destinationCidrBlock: "10.0.0.0/16") }
    }

    @Test func aRouteNeedsADestinationOfItsOwnAndOneTarget() throws {
        let gateway = try net.gateway()
        try live.ec2.createRoute(
            routeTableId: table, destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway)
        let cases: [(block: String?, gateway: String?, code: String, message: String?)] = [
            (
                "0.0.0.0/0", gateway, "RouteAlreadyExists",
                "The route identified by 0.0.0.0/0 already exists."
            ),
            (
                "10.0.0.0/16", gateway, "RouteAlreadyExists",
                "The route identified by 10.0.0.0/16 already exists."
            ),
            ("10.0.1.0/24", gateway, "InvalidParameterValue", nil),
            (nil, gateway, "MissingParameter", nil),
            ("everything", gateway, "InvalidParameterValue", nil),
            ("1.0.0.0/8", nil, "InvalidParameterCombination", nil),
            (
                "1.0.0.0/8", "igw-0123456789abcdef0", "InvalidInternetGatewayID.NotFound",
                "The internetGateway ID 'igw-0123456789abcdef0' does not exist"
            ),
            ("1.0.0.0/8", "nat-0123456789abcdef0", "InvalidGatewayID.NotFound", nil),
        ]
        for (block, gateway, code, message) in cases {
            try expectRefusal(code, message, of: live) {
                try live.ec2.createRoute(
                    routeTableId: table, destinationCidrBlock: block, gatewayId: gateway)
            }
        }
    }

    @Test func theGatewayMustBeOfTheSameNetwork() throws {
        let gateway = try live.ec2.createInternetGateway().internetGateway!.internetGatewayId!
        try expectRefusal(
            "InvalidParameterValue",
            "route table \(table) and network gateway \(gateway) belong to different networks",
            of: live
        ) {
            try live.ec2.createRoute(
                routeTableId: table, destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway)
        }
    }

    // MARK: associations

    @Test func aSubnetWithoutATableOfItsOwnUsesTheMainOne() throws {
        let subnet = try net.subnet()
        let filter = EC2.Filter(name: "association.subnet-id", values: [subnet])
        #expect(try live.ec2.describeRouteTables(filters: [filter]).routeTables!.isEmpty)

        let first = try live.ec2.associateRouteTable(subnetId: subnet, routeTableId: table)
        let found = try live.ec2.describeRouteTables(filters: [filter]).routeTables!
        #expect(found.map(\.routeTableId) == [table])
        #expect(found[0].associations![0].routeTableAssociationId == first.associationId)
        #expect(found[0].associations![0].main == false)
        try expectRefusal(
            "Resource.AlreadyAssociated",
            "the specified association for route table \(table) conflicts with an existing "
                + "association", of: live
        ) { try live.ec2.associateRouteTable(subnetId: subnet, routeTableId: table) }
        try expectRefusal(
            "DependencyViolation",
            "The routeTable '\(table)' has dependencies and cannot be deleted.", of: live
        ) { try live.ec2.deleteRouteTable(routeTableId: table) }

        let other = try net.table()
        let second = try live.ec2.replaceRouteTableAssociation(
            associationId: first.associationId!, routeTableId: other)
        #expect(second.newAssociationId != first.associationId)
        try live.ec2.deleteRouteTable(routeTableId: table)
        try live.ec2.disassociateRouteTable(associationId: second.newAssociationId!)
        try live.ec2.deleteRouteTable(routeTableId: other)
        try expectRefusal(
            "InvalidRouteTableID.NotFound", "The routeTable ID '\(table)' does not exist", of: live
        ) { try live.ec2.deleteRouteTable(routeTableId: table) }
    }

    @Test func anotherTableCanBecomeTheMainOne() throws {
        let main = try net.mainTable()
        let association = main.associations![0].routeTableAssociationId!
        try expectRefusal("InvalidParameterValue", nil, of: live) {
            try live.ec2.disassociateRouteTable(associationId: association)
        }
        try expectRefusal("DependencyViolation", nil, of: live) {
            try live.ec2.deleteRouteTable(routeTableId: main.routeTableId!)
        }
        try live.ec2.replaceRouteTableAssociation(
            associationId: association, routeTableId: table)
        #expect(try net.mainTable().routeTableId == table)
        try live.ec2.deleteRouteTable(routeTableId: main.routeTableId!)
        try live.ec2.deleteVpc(vpcId: net.vpc)
    }

    @Test func aDeletedSubnetLeavesItsTable() throws {
        let subnet = try net.subnet()
        try live.ec2.associateRouteTable(subnetId: subnet, routeTableId: table)
        try live.ec2.deleteSubnet(subnetId: subnet)
        try live.ec2.deleteRouteTable(routeTableId: table)
    }
}
