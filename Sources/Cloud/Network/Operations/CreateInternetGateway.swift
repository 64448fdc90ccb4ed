import CloudAPI

extension EC2.CreateInternetGateway: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let tags = try tagSpecifications.tags(for: .internetGateway)
        let existing = InternetGatewayID.all(in: caller.place, of: cloud.network)
        guard existing.count < Network.Quota.internetGateways else {
            throw .ec2LimitExceeded("InternetGatewayLimitExceeded", "internet gateways")
        }
        try cloud.refuseDryRun(dryRun)

        let id = cloud.network.addInternetGateway(in: caller.place, tags: tags)

        return Output(internetGateway: EC2.InternetGateway(id, in: cloud))
    }
}
