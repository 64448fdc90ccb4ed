import CloudAPI

extension EC2.DetachInternetGateway: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id: InternetGatewayID = try cloud.find(
            internetGatewayId, "internetGatewayId", for: caller)
        let vpc: VpcID = try cloud.find(vpcId, "vpcId", for: caller)
        guard cloud.network.internetGateways[id].vpc == vpc else {
            throw .notAttached(internetGatewayId, vpcId)
        }
        guard !cloud.network.hasPublicAddress(in: vpc) else { throw .mappedAddresses(vpcId) }
        try cloud.refuseDryRun(dryRun)

        cloud.network.internetGateways[id].vpc = nil
        cloud.network.vpcs[vpc].internetGateway = nil
        cloud.record(.network(.pathsChanged(vpc)))

        return Output()
    }
}

extension Network {
    fileprivate func hasPublicAddress(in vpc: VpcID) -> Bool {
        vpcs[vpc].interfaces.contains { hasPublicAddress($0) }
    }
}
