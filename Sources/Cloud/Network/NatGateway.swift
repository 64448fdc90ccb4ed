import Simulation

extension Cloud {
    mutating func carryOut(_ event: Network.Event) {
        switch event {
        case .natGatewayAvailable(let id):
            guard network.natGateways.find(id)?.state == .pending else { return }
            network.natGateways[id].state = .available
            record(.network(.natGatewayMoved(id)))
            record(.network(.pathsChanged(network.natGateways[id].vpc)))
        case .natGatewayDeleted(let id):
            guard network.natGateways.find(id)?.state == .deleting else { return }
            network.natGateways[id].state = .deleted
            if let interface = network.natGateways[id].interface { removeInterface(interface) }
            if let address = network.natGateways[id].address {
                network.addresses[address].interface = nil
            }
            network.natGateways[id].interface = nil
            network.natGateways[id].deletedAt = now
            record(.network(.natGatewayMoved(id)))
            schedule(.forgetNatGateway(id), after: timing.deletedNatKept)
        case .forgetNatGateway(let id):
            if network.natGateways.contains(id) { network.natGateways.remove(id) }
        }
    }
}
