import Simulation

extension Chance.Purpose {
    static let natProvisioning = Chance.Purpose("natProvisioning")
    static let natDeletion = Chance.Purpose("natDeletion")
}

extension Network {
    public struct NatGateway: Sendable, Codable {
        public enum State: String, Sendable, Codable {
            case pending, available, failed, deleting, deleted
        }
        public let place: Place
        public let vpc: VpcID
        public let subnet: SubnetID
        /// A private one translates between networks only and has no way to the internet.
        public let isPublic: Bool
        public var state: State
        /// Why it fails; known before it shows.
        public var failure: Failure?
        /// The elastic address it was made with; it stays in its description after it has failed.
        public var address: AddressID?
        public var interface: InterfaceID?
        public let createdAt: Instant
        public var deletedAt: Instant?
        public var tags: [ResourceTag] = []

        public struct Failure: Hashable, Sendable, Codable {
            public var code: String
            public var message: String
        }
    }
}

extension Cloud {
    /// Makes a NAT gateway, which is `pending` for some time. What would keep it from working is no
    /// reason to refuse: it fails at the end of that time. Source: vpc.md section 4.
    mutating func makeNatGateway(
        in subnet: SubnetID, address: AddressID?, privateAddress offset: Int?,
        tags: [ResourceTag]
    ) -> NatGatewayID {
        let vpc = network.subnets[subnet].vpc
        let id = network.natGateways.insert(
            Network.NatGateway(
                place: network.subnets[subnet].place, vpc: vpc, subnet: subnet,
                isPublic: address != nil, state: .pending, address: address, createdAt: now,
                tags: tags))
        network.vpcs[vpc].natGateways.append(id)
        if let address, network.addresses[address].interface != nil {
            network.natGateways[id].failure = .init(
                code: "Resource.AlreadyAssociated",
                message: "Elastic IP address \(ec2ID(address)) is already associated")
        } else if let offset = offset ?? network.subnets[subnet].pool.next {
            network.subnets[subnet].pool.take(offset)
            let interface = attachInterface(
                to: subnet, atTaken: offset, groups: [], kind: .natGateway, owner: id.rawValue,
                description: "Interface for NAT Gateway \(ec2ID(id))")
            network.natGateways[id].interface = interface
            if let address { network.associate(address, with: interface) }
        } else {
            network.natGateways[id].failure = .init(
                code: "InsufficientFreeAddressesInSubnet",
                message: "Subnet has insufficient free addresses to create this NAT gateway")
        }
        let wait = chance.draw(
            timing.natProvisioning, for: .natProvisioning, of: UInt64(id.rawValue))
        schedule(.natGatewayAvailable(id), after: wait)
        return id
    }

    /// Begins to delete a NAT gateway: from now on it passes nothing on.
    mutating func deleteNatGateway(_ id: NatGatewayID) {
        network.natGateways[id].state = .deleting
        record(.network(.natGatewayMoved(id)))
        record(.network(.pathsChanged(network.natGateways[id].vpc)))
        let wait = chance.draw(timing.natDeletion, for: .natDeletion, of: UInt64(id.rawValue))
        schedule(.natGatewayDeleted(id), after: wait)
    }

    mutating func carryOut(_ event: Network.Event) {
        switch event {
        case .natGatewayAvailable(let id):
            guard network.natGateways.find(id)?.state == .pending else { return }
            endProvisioning(of: id)
        case .natGatewayDeleted(let id):
            guard network.natGateways.find(id)?.state == .deleting else { return }
            network.natGateways[id].state = .deleted
            network.natGateways[id].deletedAt = now
            releaseInterface(of: id)
            record(.network(.natGatewayMoved(id)))
            schedule(.forgetNatGateway(id), after: timing.deletedNatKept)
        case .forgetNatGateway(let id):
            guard let vpc = network.natGateways.find(id)?.vpc else { return }
            network.natGateways.remove(id)
            // The VPC may be gone by now: a deleted gateway does not keep it.
            if network.vpcs.contains(vpc) { network.vpcs[vpc].natGateways.removeAscending(id) }
        }
    }

    private mutating func endProvisioning(of id: NatGatewayID) {
        let gateway = network.natGateways[id]
        if gateway.isPublic, gateway.failure == nil,
            network.vpcs[gateway.vpc].internetGateway == nil
        {
            network.natGateways[id].failure = .init(
                code: "Gateway.NotAttached",
                message: "Network \(ec2ID(gateway.vpc)) has no internet gateway attached")
        }
        if network.natGateways[id].failure == nil {
            network.natGateways[id].state = .available
        } else {
            network.natGateways[id].state = .failed
            network.natGateways[id].deletedAt = now
            releaseInterface(of: id)
            schedule(.forgetNatGateway(id), after: timing.deletedNatKept)
        }
        record(.network(.natGatewayMoved(id)))
        record(.network(.pathsChanged(gateway.vpc)))
    }

    private mutating func releaseInterface(of id: NatGatewayID) {
        guard let interface = network.natGateways[id].interface else { return }
        network.natGateways[id].interface = nil
        removeInterface(interface)
    }
}
