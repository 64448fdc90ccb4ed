import CloudAPI

extension EC2.DeleteInternetGateway: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id: InternetGatewayID = try cloud.find(
            internetGatewayId, "internetGatewayId", for: caller)
        guard cloud.network.internetGateways[id].vpc == nil else {
            throw .hasDependencies("internetGateway", internetGatewayId)
        }
        try cloud.refuseDryRun(dryRun)

        cloud.network.internetGateways.remove(id)
        cloud.network.internetGatewaysByPlace[caller.place, default: []].removeAscending(id)

        return Output()
    }
}
