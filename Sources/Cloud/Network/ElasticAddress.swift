import Simulation

extension Network {
    public struct ElasticAddress: Sendable, Codable {
        public let place: Place
        public let address: IPv4Address
        public var interface: InterfaceID?
        /// There as long as `interface` is.
        public var association: AddressAssociationID?
        public var tags: [ResourceTag] = []
    }
}

extension Network {
    mutating func allocateAddress(in place: Place, tags: [ResourceTag] = []) -> AddressID {
        let id = addresses.insert(
            ElasticAddress(place: place, address: nextPublicAddress(), tags: tags))
        addressesByPlace[place, default: []].append(id)
        return id
    }

    /// Associates an elastic address that is free with an interface that has none.
    mutating func associate(_ address: AddressID, with interface: InterfaceID) {
        let association = addressAssociations.insert(address)
        addresses[address].interface = interface
        addresses[address].association = association
        interfaces[interface].elasticAddress = address
    }

    mutating func disassociate(_ address: AddressID) {
        guard let interface = addresses[address].interface else { return }
        interfaces[interface].elasticAddress = nil
        addresses[address].interface = nil
        if let association = addresses[address].association {
            addressAssociations.remove(association)
        }
        addresses[address].association = nil
    }
}
