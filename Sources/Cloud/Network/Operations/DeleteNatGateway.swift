import CloudAPI

extension EC2.DeleteNatGateway: Handled {
    /// To delete one that is being deleted, is deleted or has failed is no error and changes
    /// nothing. Assumed.
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id: NatGatewayID = try cloud.find(natGatewayId, "natGatewayId", for: caller)
        try cloud.refuseDryRun(dryRun)

        let state = cloud.network.natGateways[id].state
        if state == .pending || state == .available { cloud.deleteNatGateway(id) }

        return Output(natGatewayId: natGatewayId)
    }
}
