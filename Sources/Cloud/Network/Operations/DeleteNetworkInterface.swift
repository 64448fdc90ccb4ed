import CloudAPI

extension EC2.DeleteNetworkInterface: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id: InterfaceID = try cloud.find(
            networkInterfaceId, "networkInterfaceId", for: caller)
        guard cloud.network.interfaces[id].kind == .user else {
            // Text: assumed.
            throw .ec2Invalid(
                "Network interface '\(networkInterfaceId)' is currently in use.")
        }
        try cloud.refuseDryRun(dryRun)

        cloud.removeInterface(id)

        return Output()
    }
}
