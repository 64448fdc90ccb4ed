import CloudAPI

extension EC2.ReleaseAddress: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.elasticAddress(allocationId, orIP: publicIp, for: caller)
        let address = cloud.network.addresses[id]
        if let holder = address.interface {
            guard cloud.network.interfaces[holder].kind == .user else { throw .notYours }
            // Text: assumed.
            throw .addressInUse("Address \(address.address) is in use.")
        }
        try cloud.refuseDryRun(dryRun)

        cloud.network.addresses.remove(id)
        cloud.network.addressesByPlace[caller.place, default: []].removeAscending(id)

        return Output()
    }
}
