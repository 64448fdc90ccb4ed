import Simulation

/// Into the target groups, and out of them.
extension Cloud {
    func needsRegistration(_ task: TaskID) -> Bool {
        guard containers.tasks[task].isWanted, containers.tasks[task].status == .running,
            containers.tasks[task].registeredAt == nil,
            let deployment = containers.tasks[task].deployment
        else { return false }
        return !containers.deployments[deployment].settings.loadBalancers.isEmpty
    }

    mutating func registerTargets(of tasks: [TaskID], in id: ServiceID) {
        var counts: [(group: TargetGroupID, count: Int)] = []
        for task in tasks {
            // The plan may have stopped it meanwhile.
            guard containers.tasks[task].isWanted, let address = containers.tasks[task].address,
                let deployment = containers.tasks[task].deployment
            else { continue }
            let zone = network.subnets[containers.tasks[task].subnet].zone
            for balancer in containers.deployments[deployment].settings.loadBalancers
            where balancing.targetGroups.contains(balancer.group) {
                let target = register(
                    address, port: balancer.port, zone: zone, in: balancer.group)
                containers.tasks[task].targets.append(target)
                if let index = counts.firstIndex(where: { $0.group == balancer.group }) {
                    counts[index].count += 1
                } else {
                    counts.append((balancer.group, 1))
                }
            }
            containers.tasks[task].registeredAt = now
            record(.containers(.taskRegistered(task)))
        }
        for (group, count) in counts { note(.registered(count, group), for: id) }
    }

    /// Takes the targets of a task that is being stopped out of their groups, and says so.
    mutating func deregisterTargets(of id: TaskID) {
        guard containers.tasks.contains(id), !containers.tasks[id].isWanted,
            containers.tasks[id].deregisteredAt == nil,
            let service = containers.tasks[id].service
        else { return }
        deregisterTargets(of: [id], in: service)
    }

    /// The same for several tasks of a service, in one event for each group.
    mutating func deregisterTargets(of ids: [TaskID], in service: ServiceID) {
        var counts: [(group: TargetGroupID, count: Int)] = []
        for id in ids {
            containers.tasks[id].deregisteredAt = now
            var drained = Duration.zero
            for target in containers.tasks[id].targets where balancing.targets.contains(target) {
                let group = balancing.targets[target].group
                deregister(target)
                drained = max(drained, balancing.targets[target].drainEndsAt! - now)
                if let index = counts.firstIndex(where: { $0.group == group }) {
                    counts[index].count += 1
                } else {
                    counts.append((group, 1))
                }
            }
            record(.containers(.taskDeregistered(id)))
            if containers.tasks[id].status == .deactivating {
                let subject = UInt64(id.rawValue)
                let late = chance.draw(timing.drainNotice, for: .drainNotice, of: subject)
                let share =
                    chance.unit(for: .drainNoticeShare, of: subject)
                    * timing.drainNoticeShare
                schedule(.stageEnds(id, .deactivating), after: drained + late + drained * share)
            }
        }
        for (group, count) in counts { note(.deregistered(count, group), for: service) }
        var drained: [(deployment: DeploymentID, count: Int)] = []
        for id in ids {
            guard let deployment = containers.tasks[id].deployment else { continue }
            if let index = drained.firstIndex(where: { $0.deployment == deployment }) {
                drained[index].count += 1
            } else {
                drained.append((deployment, 1))
            }
        }
        for (deployment, count) in drained { note(.draining(count, deployment), for: service) }
    }

}
