import CloudAPI
import Simulation

extension Chance.Purpose {
    static let capacityReservation = Chance.Purpose("capacityReservation")
}

extension Balancing {
    /// The capacity that a load balancer keeps ready. Nothing in Drydock runs out of it.
    ///
    /// Source: the API reference, `ModifyCapacityReservation`; elbv2.md has only the names.
    struct CapacityReservation: Hashable, Sendable, Codable {
        /// `nil`: nothing is reserved.
        var units: Int?
        var isPending = false
        /// Counts the requests; a later one cancels an earlier one.
        var turn: UInt32 = 0
        var modifiedAt: Instant?
        /// When it was made smaller, the last day's only.
        var decreases: [Instant] = []

        /// How many more times it may be made smaller today.
        func decreasesLeft(at now: Instant) -> Int {
            Self.decreasesADay - decreases.count { now - $0 < .hours(24) }
        }

        private static let decreasesADay = 2
    }

    /// The least that can be reserved, in capacity units. Source: Elastic Load Balancing User
    /// Guides, "Capacity reservations": 100 for an Application, 2,750 for a Network Load Balancer.
    static func leastReservation(for kind: LoadBalancer.Kind) -> Int {
        kind == .application ? 100 : 2750
    }
    /// Source: the same guides, "Quotas": 1,500 for an Application Load Balancer; for a Network
    /// Load Balancer 45,000 in each zone.
    static func largestReservation(for kind: LoadBalancer.Kind, zones: Int) -> Int {
        kind == .application ? 1500 : 45_000 * zones
    }
}

extension Cloud {
    /// - Parameter units: `nil` gives the reserved capacity back.
    mutating func reserveCapacity(of id: LoadBalancerID, units: Int?) {
        var reservation = balancing.loadBalancers[id].reservation
        if (units ?? 0) < (reservation.units ?? 0) {
            reservation.decreases.removeAll { now - $0 >= .hours(24) }
            reservation.decreases.append(now)
        }
        reservation.units = units
        reservation.isPending = units != nil
        reservation.turn &+= 1
        reservation.modifiedAt = now
        balancing.loadBalancers[id].reservation = reservation
        guard units != nil else { return }
        let wait = chance.draw(
            timing.capacityReservation, for: .capacityReservation, of: UInt64(id.rawValue))
        schedule(.capacityReserved(id, turn: reservation.turn), after: wait)
    }

    mutating func endReservation(of id: LoadBalancerID, turn: UInt32) {
        guard balancing.loadBalancers.contains(id),
            balancing.loadBalancers[id].reservation.turn == turn
        else { return }
        balancing.loadBalancers[id].reservation.isPending = false
    }

    /// One entry for each zone; nothing while nothing is reserved.
    func reservationStates(of id: LoadBalancerID) -> [ELBv2.ZonalCapacityReservationState]? {
        let balancer = balancing.loadBalancers[id]
        guard let units = balancer.reservation.units, !balancer.nodes.isEmpty else { return nil }
        let isPending = balancer.reservation.isPending
        let share = Double(units) / Double(balancer.nodes.count)
        return balancer.nodes.map { node in
            .init(
                state: .init(code: isPending ? .pending : .provisioned),
                availabilityZone: node.zone, effectiveCapacityUnits: isPending ? 0 : share)
        }
    }
}
