import CloudAPI

extension EC2.AssociateAddress: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let address = try cloud.elasticAddress(allocationId, orIP: publicIp, for: caller)
        if let instanceId {
            throw .ec2NotFound(
                "InvalidInstanceID.NotFound", "The instance ID '\(instanceId)' does not exist")
        }
        let id: InterfaceID = try cloud.find(networkInterfaceId, "networkInterfaceId", for: caller)
        let interface = cloud.network.interfaces[id]
        guard interface.kind == .user else { throw .managedAttachment }
        if let wanted = privateIpAddress, wanted != interface.address.description {
            throw .ec2Invalid(
                "Address \(wanted) is not assigned to interface \(networkInterfaceId!)")
        }
        guard cloud.network.vpcs[interface.vpc].internetGateway != nil else {
            // Text: assumed.
            throw APIFailure(
                code: "Gateway.NotAttached",
                message: "Network \(cloud.ec2ID(interface.vpc)) is not attached to any internet "
                    + "gateway")
        }
        if let holder = cloud.network.addresses[address].interface, holder != id {
            guard cloud.network.interfaces[holder].kind == .user else { throw .notYours }
            // A VPC's address moves unless the caller says otherwise.
            guard allowReassociation ?? true else {
                let association = cloud.network.addresses[address].association!
                throw .alreadyAssociated(
                    "resource \(cloud.ec2ID(address)) is already associated with associate-id "
                        + cloud.ec2ID(association))
            }
        }
        try cloud.refuseDryRun(dryRun)

        cloud.moveAddress(address, to: id)

        return Output(
            associationId: cloud.network.addresses[address].association.map { cloud.ec2ID($0) })
    }
}

extension Cloud {
    /// An elastic address by its allocation or by itself.
    func elasticAddress(
        _ allocation: String?, orIP ip: String?, for caller: Caller
    ) throws(APIFailure) -> AddressID {
        if let ip, allocation == nil { return try elasticAddress(withIP: ip, for: caller) }
        return try find(allocation, "allocationId", for: caller)
    }

    /// Takes an elastic address from where it is, and its place from the one that is there.
    fileprivate mutating func moveAddress(_ address: AddressID, to id: InterfaceID) {
        guard network.addresses[address].interface != id else { return }
        releaseAddress(address)
        if let other = network.interfaces[id].elasticAddress { network.disassociate(other) }
        network.associate(address, with: id)
        record(.network(.pathsChanged(network.interfaces[id].vpc)))
    }

    /// Takes an elastic address from the interface that has it, if there is one.
    mutating func releaseAddress(_ address: AddressID) {
        guard let holder = network.addresses[address].interface else { return }
        network.disassociate(address)
        record(.network(.pathsChanged(network.interfaces[holder].vpc)))
    }
}
