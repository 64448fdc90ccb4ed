import CloudAPI

extension EC2.AllocateAddress: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        guard (domain ?? .vpc) == .vpc else {
            throw .ec2InvalidValue(domain!.rawValue, of: "domain", "Only 'vpc' is supported.")
        }
        guard address == nil, publicIpv4Pool == nil || publicIpv4Pool == "amazon",
            customerOwnedIpv4Pool == nil, ipamPoolId == nil
        else { throw .notSupportedByDrydock("address pools of one's own") }
        let tags = try tagSpecifications.tags(for: .elasticIp)
        let existing = AddressID.all(in: caller.place, of: cloud.network)
        guard existing.count < Network.Quota.addresses else {
            throw .ec2LimitExceeded("AddressLimitExceeded", "addresses")
        }
        try cloud.refuseDryRun(dryRun)

        let id = cloud.network.allocateAddress(in: caller.place, tags: tags)

        return Output(
            allocationId: cloud.ec2ID(id), publicIpv4Pool: "amazon",
            networkBorderGroup: caller.place.region, domain: .vpc,
            publicIp: cloud.network.addresses[id].address.description)
    }
}
