import Simulation

/// Moving tasks from the zones that have most of a service to those that have fewest.
/// Source: ecs.md section 20.
extension Cloud {
    /// A service that has become steady looks whether its zones differ by more than one task. If so
    /// it starts tasks where there are few; as many go where there are many once those are healthy.
    ///
    /// Not where nothing may run beside the desired count, and not during a deployment.
    mutating func rebalance(_ id: ServiceID) {
        guard containers.services[id].settings.rebalancesZones,
            containers.services[id].tasks.count > 1,
            let primary = containers.services[id].deployments.first,
            let place = containers.services[id].settings.network
        else { return }
        var zones = zones(of: id, place)
        let said = zones.sorted { ($1.tasks, $0.zone) < ($0.tasks, $1.zone) }
        let moves = moves(&zones, of: id, place)
        guard !moves.isEmpty else {
            if containers.services[id].isRebalancing {
                containers.services[id].isRebalancing = false
                note(.balanced(said), for: id)
            }
            return
        }
        if !containers.services[id].isRebalancing { note(.notBalanced(said), for: id) }
        containers.services[id].isRebalancing = true
        containers.services[id].isSteady = false
        for (zone, count) in moves {
            let started = (0..<count).compactMap { _ in launch(primary, in: id, zone: zone) }
            if !started.isEmpty { note(.startedToRebalance(started, zone: zone), for: id) }
        }
    }

    /// How many tasks are in each zone that the service may use, in the order of its subnets.
    private func zones(
        of id: ServiceID, _ place: Containers.Service.NetworkConfiguration
    ) -> [Containers.ServiceEvent.ZoneCount] {
        var zones: [Containers.ServiceEvent.ZoneCount] = []
        for subnet in place.subnets where network.subnets.contains(subnet) {
            let zone = network.subnets[subnet].zone
            if !zones.contains(where: { $0.zone == zone }) {
                zones.append(.init(zone: zone, tasks: 0))
            }
        }
        for task in containers.services[id].tasks where containers.tasks[task].isWanted {
            let zone = network.subnets.find(containers.tasks[task].subnet)?.zone
            if let index = zones.firstIndex(where: { $0.zone == zone }) { zones[index].tasks += 1 }
        }
        return zones
    }

    /// The zones in which tasks are to be started, and how many in each.
    private func moves(
        _ zones: inout [Containers.ServiceEvent.ZoneCount], of id: ServiceID,
        _ place: Containers.Service.NetworkConfiguration
    ) -> [(zone: String, count: Int)] {
        var room =
            rollout(of: id).maximum
            - containers.services[id].tasks.count {
                containers.tasks[$0].status.holdsPlace
            }
        var moves: [(zone: String, count: Int)] = []
        while room > 0 {
            let free = zones.indices.filter { zone in
                place.subnets.contains {
                    network.subnets.contains($0) && network.subnets[$0].zone == zones[zone].zone
                        && hasRoom($0)
                }
            }
            guard let least = free.min(by: { zones[$0].tasks < zones[$1].tasks }),
                let most = zones.indices.max(by: { zones[$0].tasks < zones[$1].tasks }),
                zones[most].tasks - zones[least].tasks > 1
            else { break }
            zones[most].tasks -= 1
            zones[least].tasks += 1
            room -= 1
            if let index = moves.firstIndex(where: { $0.zone == zones[least].zone }) {
                moves[index].count += 1
            } else {
                moves.append((zones[least].zone, 1))
            }
        }
        return moves
    }
}
