import CloudAPI
import Simulation
import Testing

@testable import Cloud

/// A VPC with an internet gateway and a public subnet in each of some zones, and whatever a test
/// puts there.
final class Site {
    let live: LiveCloud
    let vpc: VpcID
    let subnets: [SubnetID]
    /// Lets everything in and out.
    let open: SecurityGroupID
    let gateway: InternetGatewayID
    private var owners: UInt32 = 0

    init(
        zones: Int = 3, seed: UInt64 = 1, timing: Timing = Timing(), blockPrefix: Int = 24,
        hasGateway: Bool = true, place: Place = .standard
    ) {
        var cloud = Cloud(seed: seed, timing: timing)
        let vpc = cloud.network.addVpc(CIDRBlock("10.0.0.0/16")!, in: place)
        let group = cloud.network.vpcs[vpc].defaultSecurityGroup
        cloud.network.addRule(
            .init(group: group, isEgress: false, protocols: .all, peer: .block(.everywhere)))
        let gateway = cloud.network.addInternetGateway(in: place)
        if hasGateway { cloud.network.attach(gateway, to: vpc) }
        cloud.network.routeTables[cloud.network.vpcs[vpc].mainRouteTable].routes = [
            .init(destination: .everywhere, target: .internetGateway(gateway))
        ]
        subnets = (0..<zones).map { number in
            let letter = Array("abcdef")[number % 6]
            return cloud.network.addSubnet(
                CIDRBlock("10.0.\(number).0/\(blockPrefix)")!, zone: "us-east-1\(letter)", to: vpc)
        }
        (self.vpc, self.gateway, open) = (vpc, gateway, group)
        live = LiveCloud(cloud)
    }

    var vpcName: String { live.cloud.naming.ec2ID("vpc", vpc, .vpc) }
    var groupName: String { name(of: open) }
    func name(of group: SecurityGroupID) -> String {
        live.cloud.naming.ec2ID("sg", group, .securityGroup)
    }
    func name(of subnet: SubnetID) -> String {
        live.cloud.naming.ec2ID("subnet", subnet, .subnet)
    }
    func subnetNames(_ numbers: [Int]) -> [String] { numbers.map { name(of: subnets[$0]) } }

    // MARK: what balances

    @discardableResult
    func makeLoadBalancer(
        _ name: String = "web", subnets: [Int] = [0, 1], type: ELBv2.LoadBalancerTypeEnum? = nil
    ) throws -> String {
        try live.elbv2.createLoadBalancer(
            name: name, subnets: subnetNames(subnets), securityGroups: [groupName], type: type
        ).loadBalancers![0].loadBalancerArn!
    }

    @discardableResult
    func makeTargetGroup(
        _ name: String = "tasks", protocol: ELBv2.ProtocolEnum = .http, interval: Int? = nil,
        timeout: Int? = nil, healthy: Int? = nil, unhealthy: Int? = nil
    ) throws -> String {
        try live.elbv2.createTargetGroup(
            name: name, protocol: `protocol`, port: 80, vpcId: vpcName,
            healthCheckIntervalSeconds: interval, healthCheckTimeoutSeconds: timeout,
            healthyThresholdCount: healthy, unhealthyThresholdCount: unhealthy, targetType: .ip
        ).targetGroups![0].targetGroupArn!
    }

    @discardableResult
    func makeListener(_ balancer: String, to group: String, port: Int = 80) throws -> String {
        try live.elbv2.createListener(
            loadBalancerArn: balancer, protocol: .http, port: port,
            defaultActions: [.init(type: .forward, targetGroupArn: group)]
        ).listeners![0].listenerArn!
    }

    /// A load balancer that is active, with a listener that leads to a group.
    func makeAll(
        subnets: [Int] = [0, 1]
    ) throws -> (balancer: String, group: String, listener: String) {
        let balancer = try makeLoadBalancer(subnets: subnets)
        let group = try makeTargetGroup()
        let listener = try makeListener(balancer, to: group)
        live.run(for: .seconds(200))
        return (balancer, group, listener)
    }

    // MARK: what is balanced

    /// A program on an interface of its own.
    func start(
        in subnet: Int = 0, port: Int = 80, status: Int = 200, after: Duration = .milliseconds(5)
    ) -> InterfaceID {
        let id = live.cloud.attachInterface(
            to: subnets[subnet], groups: [open], kind: .task, description: "")!
        answer(id, port: port, status: status, after: after)
        return id
    }

    /// Changes what a program answers.
    func answer(
        _ id: InterfaceID, port: Int = 80, status: Int, after: Duration = .milliseconds(5)
    ) {
        let answer = Network.Answer(status: status, after: after)
        live.cloud.listen(
            .init(port: port, page: answer, check: answer, owner: 1000 + id.rawValue), on: id)
    }

    func stop(_ id: InterfaceID) { live.cloud.closeAllPorts(on: id) }

    func address(of id: InterfaceID) -> String {
        live.cloud.network.interfaces[id].address.description
    }

    func register(_ id: InterfaceID, in group: String, port: Int? = nil) throws {
        try live.elbv2.registerTargets(
            targetGroupArn: group, targets: [.init(id: address(of: id), port: port)])
    }

    func deregister(_ id: InterfaceID, in group: String) throws {
        try live.elbv2.deregisterTargets(
            targetGroupArn: group, targets: [.init(id: address(of: id))])
    }

    func health(in group: String) throws -> [String] {
        try live.elbv2.describeTargetHealth(targetGroupArn: group).targetHealthDescriptions!.map {
            $0.targetHealth!.state!.rawValue
                + ($0.targetHealth!.reason.map { " " + $0.rawValue } ?? "")
        }
    }

    func targetID(_ id: InterfaceID) -> TargetID {
        live.cloud.balancing.targets(at: live.cloud.network.interfaces[id].address, in: vpc)[0]
    }

    func listenerID(_ arn: String) -> ListenerID {
        live.cloud.listener(arn: arn, in: .standard)!
    }

    /// What clients on the internet get, by probability.
    func answers(_ listener: String) -> [Balancing.Reply: Double] {
        var answers: [Balancing.Reply: Double] = [:]
        for share in live.cloud.answers(to: .internet, at: listenerID(listener)) {
            answers[share.reply] = share.probability
        }
        return answers
    }
}

extension Balancing.Reply {
    static func by(_ id: InterfaceID, _ status: Int = 200) -> Balancing.Reply {
        .answered(owner: 1000 + id.rawValue, status: status)
    }
}
