import CloudAPI

extension EC2.ModifyNetworkInterfaceAttribute: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id: InterfaceID = try cloud.find(
            networkInterfaceId, "networkInterfaceId", for: caller)
        let given = [
            description?.value != nil, sourceDestCheck?.value != nil, groups != nil,
            attachment != nil,
        ].count { $0 }
        let others = [
            enaSrdSpecification != nil, enablePrimaryIpv6 != nil, associatePublicIpAddress != nil,
            connectionTrackingSpecification != nil, associatedSubnetIds != nil,
        ].contains(true)
        guard !others else { throw .notSupportedByDrydock("this attribute of interfaces") }
        guard given > 0 else { throw .noAttributeGiven }
        guard given == 1 else { throw .severalAttributes }
        let interface = cloud.network.interfaces[id]
        guard interface.kind == .user else { throw .managedAttachment }
        if let attachment {
            // Nothing a user has can be attached to anything here.
            throw .ec2NotFound(
                "InvalidAttachmentID.NotFound",
                "The attachment ID '\(attachment.attachmentId ?? "null")' does not exist")
        }
        let newGroups = try groups.map { (texts) throws(APIFailure) in
            try cloud.groups(texts, of: interface.vpc, for: caller)
        }
        try cloud.refuseDryRun(dryRun)

        if let text = description?.value { cloud.network.interfaces[id].description = text }
        if let value = sourceDestCheck?.value {
            cloud.network.interfaces[id].checksSourceAndDestination = value
        }
        if let newGroups { cloud.setGroups(newGroups, of: id) }

        return Output()
    }
}
