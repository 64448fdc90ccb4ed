import CloudAPI
import Simulation

extension ELBv2.CreateLoadBalancer: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        try Balancing.checkName(name, of: "Load balancer")
        guard !name.hasPrefix("internal-") else {
            // Assumed.
            throw .balancingInvalid("Load balancer name '\(name)' cannot begin with 'internal-'")
        }
        let kind = try wantedKind()
        let isInternal = scheme == .internal
        let subnets = try cloud.subnetIDs(subnets, subnetMappings, caller)
        let known = cloud.balancing.loadBalancerIDs[PlacedName(name, in: caller.place)]
        let present = known.map { cloud.balancing.loadBalancers[$0].nodes.map(\.subnet) } ?? []
        try cloud.check(subnets, for: kind, isInternal: isInternal, present: present)
        let vpc = cloud.network.subnets[subnets[0]].vpc
        var groups = try cloud.securityGroupIDs(securityGroups ?? [], of: vpc)
        if groups.isEmpty && kind == .application {
            groups = [cloud.network.vpcs[vpc].defaultSecurityGroup]
        }
        var balancer = Balancing.LoadBalancer(
            place: caller.place, name: name, kind: kind, isInternal: isInternal, vpc: vpc,
            securityGroups: groups, ipAddressType: ipAddressType?.rawValue ?? "ipv4",
            createdAt: cloud.now, tags: try ELBv2.Tag.read(tags))

        balancer.ipamPool = ipamPools?.ipv4IpamPoolId

        // Asking again for what is there is no error: elbv2.md section 0.6.
        if let known {
            guard cloud.balancing.loadBalancers[known].hasSettings(of: balancer, in: subnets) else {
                throw .duplicateLoadBalancer(name)
            }
            return Output(loadBalancers: [.init(known, in: cloud)])
        }
        let others = cloud.balancing.loadBalancersByPlace[caller.place] ?? []
        guard others.filter({ cloud.balancing.loadBalancers[$0].kind == kind }).count < 50 else {
            throw .tooManyLoadBalancers
        }

        let id = cloud.makeLoadBalancer(balancer, in: subnets)

        return Output(loadBalancers: [.init(id, in: cloud)])
    }

    private func wantedKind() throws(APIFailure) -> Balancing.LoadBalancer.Kind {
        try Balancing.checkEnum(scheme?.rawValue, at: "scheme", of: "LoadBalancerSchemeEnum")
        try Balancing.checkEnum(type?.rawValue, at: "type", of: "LoadBalancerTypeEnum")
        try Balancing.checkEnum(ipAddressType?.rawValue, at: "ipAddressType", of: "IpAddressType")
        guard type != .gateway else { throw .balancingNotSupported("gateway load balancers") }
        return type == .network ? .network : .application
    }
}

extension Balancing.LoadBalancer {
    /// Whether one is as the other would be created. Tags and attributes do not count. Assumed.
    fileprivate func hasSettings(of other: Self, in subnets: [SubnetID]) -> Bool {
        kind == other.kind && isInternal == other.isInternal
            && ipAddressType == other.ipAddressType
            && nodes.map(\.subnet).sorted() == subnets.sorted()
            && securityGroups.sorted() == other.securityGroups.sorted()
    }
}
