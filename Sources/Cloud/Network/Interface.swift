import Simulation

extension Network {
    /// A network interface: where a task, a node of a load balancer or a NAT gateway is attached.
    public struct Interface: Sendable, Codable {
        public enum Kind: Hashable, Sendable, Codable {
            case user, task, loadBalancer, natGateway, endpoint
        }

        public let place: Place
        public let vpc: VpcID
        public let subnet: SubnetID
        public let kind: Kind
        public let address: IPv4Address
        /// Given for the interface's life, as Fargate does; an elastic address is beside it.
        public var publicAddress: IPv4Address?
        public var elasticAddress: AddressID?
        public var securityGroups: [SecurityGroupID]
        /// Who attached it, where nobody else is to be told: a number that means nothing here.
        public var owner: UInt32?
        public var description: String
        public var checksSourceAndDestination = true
        /// The ports somebody listens on.
        public internal(set) var listeners: [Listener] = []
        public let createdAt: Instant
        public var tags: [ResourceTag] = []

    }

    /// Whether security groups stand before an interface. A NAT gateway has none; a network load
    /// balancer can be made without, and then lets everything in and out.
    func isGuarded(_ id: InterfaceID) -> Bool {
        switch interfaces[id].kind {
        case .natGateway: false
        case .loadBalancer: !interfaces[id].securityGroups.isEmpty
        case .user, .task, .endpoint: true
        }
    }

    /// Whether an internet gateway can pass anything on for an interface.
    func hasPublicAddress(_ id: InterfaceID) -> Bool {
        interfaces[id].publicAddress != nil || interfaces[id].elasticAddress != nil
    }

    /// A program that accepts connections on a port.
    public struct Listener: Hashable, Sendable, Codable {
        public var port: Int
        /// What it answers to whoever asks for a page, and to a health check.
        public var page: Answer
        public var check: Answer
        /// Who that is, for whoever opened the port: a number that means nothing here.
        public var owner: UInt32

        public init(port: Int, page: Answer, check: Answer, owner: UInt32) {
            self.port = port
            self.page = page
            self.check = check
            self.owner = owner
        }
    }

    /// An HTTP answer, as far as it matters here.
    public struct Answer: Hashable, Sendable, Codable, BitwiseCopyable {
        public var status: Int
        public var after: Duration
        public init(status: Int, after: Duration) { (self.status, self.after) = (status, after) }
    }
}

extension Cloud {
    /// Attaches a new interface to a subnet, at the next free address.
    ///
    /// - Returns: `nil` if the subnet has no free address.
    mutating func attachInterface(
        to subnet: SubnetID, groups: [SecurityGroupID], kind: Network.Interface.Kind,
        withPublicAddress: Bool = false, owner: UInt32? = nil, description: String
    ) -> InterfaceID? {
        guard let offset = network.subnets[subnet].pool.take() else { return nil }
        return attachInterface(
            to: subnet, atTaken: offset, groups: groups, kind: kind,
            withPublicAddress: withPublicAddress, owner: owner, description: description)
    }

    /// The same at an address that the caller has taken from the subnet's pool.
    mutating func attachInterface(
        to subnet: SubnetID, atTaken offset: Int, groups: [SecurityGroupID],
        kind: Network.Interface.Kind, withPublicAddress: Bool = false, owner: UInt32? = nil,
        description: String
    ) -> InterfaceID {
        let (vpc, block) = (network.subnets[subnet].vpc, network.subnets[subnet].block)
        let address = IPv4Address(rawValue: block.first.rawValue + UInt32(offset))
        let id = network.interfaces.insert(
            Network.Interface(
                place: network.subnets[subnet].place, vpc: vpc, subnet: subnet, kind: kind,
                address: address,
                publicAddress: withPublicAddress ? network.nextPublicAddress() : nil,
                securityGroups: groups, owner: owner, description: description, createdAt: now))
        network.interfaceByAddress[NetworkAddress(vpc: vpc, address: address)] = id
        network.vpcs[vpc].interfaces.append(id)
        network.countUse(of: groups, by: 1)
        return id
    }

    /// Gives an interface other security groups.
    mutating func setGroups(_ groups: [SecurityGroupID], of id: InterfaceID) {
        network.countUse(of: network.interfaces[id].securityGroups, by: -1)
        network.interfaces[id].securityGroups = groups
        network.countUse(of: groups, by: 1)
        record(.network(.pathsChanged(network.interfaces[id].vpc)))
    }

    /// Removes an interface; from then on its address answers nobody. Its elastic address is free
    /// again.
    mutating func removeInterface(_ id: InterfaceID) {
        if let address = network.interfaces[id].elasticAddress { network.disassociate(address) }
        let interface = network.interfaces.remove(id)
        network.vpcs[interface.vpc].interfaces.removeAscending(id)
        network.countUse(of: interface.securityGroups, by: -1)
        let offset =
            interface.address.rawValue
            - network.subnets[interface.subnet].block.first.rawValue
        network.subnets[interface.subnet].pool.giveBack(Int(offset))
        let address = NetworkAddress(vpc: interface.vpc, address: interface.address)
        network.interfaceByAddress[address] = nil
        record(.network(.listenersChanged(address)))
    }

    /// Opens a port, or changes what is answered on it.
    mutating func listen(_ listener: Network.Listener, on id: InterfaceID) {
        let open = network.interfaces[id].listeners.firstIndex { $0.port == listener.port }
        if let open {
            guard network.interfaces[id].listeners[open] != listener else { return }
            network.interfaces[id].listeners[open] = listener
        } else {
            network.interfaces[id].listeners.append(listener)
        }
        record(.network(.listenersChanged(network.address(of: id))))
    }

    /// Closes a port; connections to it are refused from now on.
    mutating func close(_ port: Int, on id: InterfaceID) {
        let open = network.interfaces[id].listeners.firstIndex { $0.port == port }
        guard let open else { return }
        network.interfaces[id].listeners.remove(at: open)
        record(.network(.listenersChanged(network.address(of: id))))
    }

    mutating func closeAllPorts(on id: InterfaceID) {
        for listener in network.interfaces[id].listeners { close(listener.port, on: id) }
    }
}

extension Network {
    /// Public addresses come from 198.18.0.0/15, which RFC 2544 keeps free of real hosts.
    mutating func nextPublicAddress() -> IPv4Address {
        publicAddressesGiven += 1
        precondition(publicAddressesGiven < 1 << 17, "there are 131,071 public addresses")
        return IPv4Address("198.18.0.0").map {
            IPv4Address(rawValue: $0.rawValue + publicAddressesGiven)
        }!
    }

    public func address(of id: InterfaceID) -> NetworkAddress {
        NetworkAddress(vpc: interfaces[id].vpc, address: interfaces[id].address)
    }

    public func interface(at address: IPv4Address, in vpc: VpcID) -> InterfaceID? {
        interfaceByAddress[NetworkAddress(vpc: vpc, address: address)]
    }
}
