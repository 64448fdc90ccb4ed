import CloudAPI

extension EC2.DescribeAccountAttributes: Handled {
    /// Source: EC2 API Reference, AccountAttribute; the numbers are those of an account of today.
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let vpc = cloud.network.defaultVpc(of: caller.place).map { cloud.ec2ID($0) } ?? "none"
        let all: [(name: EC2.AccountAttributeName, value: String)] = [
            (.supportedPlatforms, "VPC"), ("vpc-max-security-groups-per-interface", "5"),
            ("max-elastic-ips", "5"), ("max-instances", "20"),
            ("vpc-max-elastic-ips", String(Network.Quota.addresses)), (.defaultVpc, vpc),
        ]
        for name in attributeNames ?? [] where !all.contains(where: { $0.name == name }) {
            // Text: assumed.
            throw .ec2InvalidValue(name.rawValue, of: "attributeName", "Unknown attribute.")
        }
        try cloud.refuseDryRun(dryRun)
        let wanted = attributeNames ?? []
        return Output(
            accountAttributes: all.filter { wanted.isEmpty || wanted.contains($0.name) }.map {
                EC2.AccountAttribute(
                    attributeName: $0.name.rawValue,
                    attributeValues: [EC2.AccountAttributeValue(attributeValue: $0.value)])
            })
    }
}
