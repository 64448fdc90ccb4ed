import CloudAPI

extension ELBv2.LoadBalancer {
    init(_ id: LoadBalancerID, in cloud: borrowing Cloud) {
        let balancer = cloud.balancing.loadBalancers[id]
        self.init(
            loadBalancerArn: cloud.arn(id), dnsName: cloud.dnsName(id),
            canonicalHostedZoneId: balancer.canonicalHostedZone,
            createdTime: cloud.calendar(balancer.createdAt), loadBalancerName: balancer.name,
            scheme: balancer.isInternal ? .internal : .internetFacing,
            vpcId: cloud.naming.ec2ID("vpc", balancer.vpc, .vpc),
            state: .init(code: .init(rawValue: balancer.state.rawValue)),
            type: .init(rawValue: balancer.kind.rawValue),
            availabilityZones: balancer.nodes.map { .init($0, in: cloud) },
            securityGroups: balancer.securityGroups.isEmpty
                ? nil
                : balancer.securityGroups.map { cloud.naming.ec2ID("sg", $0, .securityGroup) },
            ipAddressType: .init(rawValue: balancer.ipAddressType),
            ipamPools: balancer.ipamPool.map { .init(ipv4IpamPoolId: $0) })
    }
}

extension ELBv2.AvailabilityZone {
    init(_ node: Balancing.LoadBalancer.Node, in cloud: borrowing Cloud) {
        self.init(
            zoneName: node.zone, subnetId: cloud.naming.ec2ID("subnet", node.subnet, .subnet),
            loadBalancerAddresses: [])
    }
}

extension Balancing.LoadBalancer {
    /// The zone of Route 53 in which the DNS name stands. Source: AWS General Reference, "Elastic
    /// Load Balancing endpoints and quotas"; elbv2.md section 2.
    var canonicalHostedZone: String? {
        let zones = kind == .application ? Self.applicationZones : Self.networkZones
        return zones[place.region]
    }

    private static let applicationZones = [
        "us-east-1": "Z35SXDOTRQ7X7K", "us-east-2": "Z3AADJGX6KTTL2",
        "us-west-1": "Z368ELLRRE2KJ0", "us-west-2": "Z1H1FL5HABSF5",
        "eu-central-1": "Z215JYRZR1TBD5", "eu-central-2": "Z06391101F2ZOEP8P5EB3",
        "eu-west-1": "Z32O12XQLNTSW2", "eu-west-2": "ZHURV8PSTC4K8",
        "eu-west-3": "Z3Q77PNBQS71R4", "eu-north-1": "Z23TAZ6LKFMNIO",
    ]

    private static let networkZones = [
        "us-east-1": "Z26RNL4JYFTOTI", "us-east-2": "ZLMOA37VPKANP",
        "us-west-1": "Z24FKFUX50B4VW", "us-west-2": "Z18D5FSROUN65G",
        "eu-central-1": "Z3F0SRJ5LGBH90", "eu-west-1": "Z2IFOLAFXWLO4F",
        "eu-west-2": "ZD4D7Y8KGAS4G", "eu-west-3": "Z1CMS0P5QUZ6D5",
        "eu-north-1": "Z1UDT6IFJ4EJM",
    ]
}
