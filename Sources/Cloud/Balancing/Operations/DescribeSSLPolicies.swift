import CloudAPI

extension ELBv2.DescribeSSLPolicies: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        try Balancing.checkEnum(
            loadBalancerType?.rawValue, at: "loadBalancerType", of: "LoadBalancerTypeEnum")
        var wanted = Array(Balancing.SSLPolicy.all.indices)
        if let names, !names.isEmpty {
            wanted = wanted.filter { names.contains(Balancing.SSLPolicy.all[$0].name) }
            guard wanted.count == Set(names).count else { throw .sslPolicyNotFound }
        }
        let page = try Page(of: wanted, by: { $0 }, after: marker, size: pageSize)
        return Output(
            sslPolicies: page.items.map { .init(Balancing.SSLPolicy.all[$0]) },
            nextMarker: page.next)
    }
}

extension ELBv2.SslPolicy {
    fileprivate init(_ policy: Balancing.SSLPolicy) {
        self.init(
            sslProtocols: policy.protocols,
            ciphers: policy.ciphers.enumerated().map { .init(name: $1, priority: $0 + 1) },
            name: policy.name, supportedLoadBalancerTypes: ["application", "network"])
    }
}
