import Cloud
import CloudAPI

/// The ids of a network that was made.
struct MadeNetwork {
    var vpc = ""
    var publicSubnets: [String] = []
    var privateSubnets: [String] = []
    var balancerGroup = ""
    var appGroup = ""
}

extension World {
    /// Two public subnets with an internet gateway and a NAT gateway, two private ones, and groups
    /// that let in who must come in.
    func network() throws -> MadeNetwork {
        var made = MadeNetwork()
        let zones = try live.ec2.describeAvailabilityZones().availabilityZones!.map { $0.zoneName! }
        made.vpc = try live.ec2.createVpc(cidrBlock: "10.0.0.0/16").vpc!.vpcId!
        func subnet(_ block: String, _ zone: Int) throws -> String {
            try live.ec2.createSubnet(
                availabilityZone: zones[zone], cidrBlock: block, vpcId: made.vpc
            ).subnet!.subnetId!
        }
        made.publicSubnets = [try subnet("10.0.0.0/24", 0), try subnet("10.0.1.0/24", 1)]
        made.privateSubnets = [try subnet("10.0.64.0/18", 0), try subnet("10.0.128.0/18", 1)]

        let gateway = try live.ec2.createInternetGateway().internetGateway!.internetGatewayId!
        try live.ec2.attachInternetGateway(internetGatewayId: gateway, vpcId: made.vpc)
        let outside = try live.ec2.createRouteTable(vpcId: made.vpc).routeTable!.routeTableId!
        try live.ec2.createRoute(
            routeTableId: outside, destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway)
        let address = try live.ec2.allocateAddress(domain: .vpc).allocationId!
        let nat = try live.ec2.createNatGateway(
            allocationId: address, subnetId: made.publicSubnets[0]
        ).natGateway!.natGatewayId!
        let inside = try live.ec2.createRouteTable(vpcId: made.vpc).routeTable!.routeTableId!
        try live.ec2.createRoute(
            routeTableId: inside, destinationCidrBlock: "0.0.0.0/0", natGatewayId: nat)
        for subnet in made.publicSubnets {
            try live.ec2.associateRouteTable(subnetId: subnet, routeTableId: outside)
        }
        for subnet in made.privateSubnets {
            try live.ec2.associateRouteTable(subnetId: subnet, routeTableId: inside)
        }
        try makeGroups(&made)
        return made
    }

    private func makeGroups(_ made: inout MadeNetwork) throws {
        made.balancerGroup = try live.ec2.createSecurityGroup(
            description: "load balancers", groupName: "balancers", vpcId: made.vpc
        ).groupId!
        made.appGroup = try live.ec2.createSecurityGroup(
            description: "apps", groupName: "apps", vpcId: made.vpc
        ).groupId!
        try live.ec2.authorizeSecurityGroupIngress(
            groupId: made.balancerGroup,
            ipPermissions: [
                EC2.IpPermission(
                    ipProtocol: "tcp", fromPort: 8000, toPort: 8099,
                    ipRanges: [EC2.IpRange(cidrIp: "0.0.0.0/0")])
            ])
        try live.ec2.authorizeSecurityGroupIngress(
            groupId: made.appGroup,
            ipPermissions: [
                EC2.IpPermission(
                    ipProtocol: "tcp", fromPort: 8080, toPort: 8080,
                    userIdGroupPairs: [EC2.UserIdGroupPair(groupId: made.balancerGroup)])
            ])
    }
}
