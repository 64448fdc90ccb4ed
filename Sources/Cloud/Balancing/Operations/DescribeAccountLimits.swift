import CloudAPI

extension ELBv2.DescribeAccountLimits: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let page = try Page(
            of: Array(Self.limits.indices), by: { $0 }, after: marker, size: pageSize)
        return Output(
            limits: page.items.map {
                .init(name: Self.limits[$0].name, max: "\(Self.limits[$0].most)")
            },
            nextMarker: page.next)
    }

    /// The defaults of AWS: elbv2.md section 8.
    private static let limits: [(name: String, most: Int)] = [
        ("application-load-balancers", 50),
        ("network-load-balancers", 50),
        ("gateway-load-balancers", 100),
        ("gateway-load-balancers-per-vpc", 100),
        ("network-load-balancer-enis-per-vpc", 1200),
        ("target-groups", 3000),
        ("geneve-target-groups", 100),
        ("targets-per-target-group", 1000),
        ("targets-per-application-load-balancer", 1000),
        ("targets-per-network-load-balancer", 3000),
        ("targets-per-availability-zone-per-network-load-balancer", 500),
        ("targets-per-availability-zone-per-gateway-load-balancer", 300),
        ("target-id-registrations-per-application-load-balancer", 1000),
        ("listeners-per-application-load-balancer", 50),
        ("listeners-per-network-load-balancer", 50),
        ("rules-per-application-load-balancer", 100),
        ("target-groups-per-application-load-balancer", 100),
        ("target-groups-per-action-on-application-load-balancer", 5),
        ("target-groups-per-action-on-network-load-balancer", 1),
        ("condition-values-per-alb-rule", 5),
        ("condition-wildcards-per-alb-rule", 5),
        ("certificates-per-application-load-balancer", 25),
        ("certificates-per-network-load-balancer", 25),
    ]
}
