import CloudAPI

extension EC2.DisassociateAddress: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let address: AddressID
        if let publicIp, associationId == nil {
            address = try cloud.elasticAddress(withIP: publicIp, for: caller)
        } else {
            let association: AddressAssociationID = try cloud.find(
                associationId, "associationId", for: caller)
            address = cloud.network.addressAssociations[association]
        }
        if let holder = cloud.network.addresses[address].interface {
            guard cloud.network.interfaces[holder].kind == .user else { throw .notYours }
        }
        try cloud.refuseDryRun(dryRun)

        cloud.releaseAddress(address)

        return Output()
    }
}
