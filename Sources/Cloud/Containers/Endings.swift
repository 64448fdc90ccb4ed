import Simulation

extension Cloud {
    /// A service being deleted is INACTIVE once all its tasks are STOPPING or beyond.
    /// Source: ecs.md section 12.17.
    mutating func endIfDrained(_ id: ServiceID) {
        let isDrained = containers.services[id].tasks.allSatisfy {
            switch containers.tasks[$0].status {
            case .stopping, .deprovisioning, .stopped: true
            default: false
            }
        }
        let someLeaves = containers.services[id].tasks.contains {
            isLeavingItsTargets($0)
        }
        guard isDrained, !someLeaves else { return }
        containers.services[id].status = .inactive
        containers.services[id].isSteady = true
        schedule(.forgetService(id), after: timing.inactiveKept)
    }

    /// A service that is INACTIVE can no longer be described. One that was created again under its
    /// name has another id.
    mutating func forget(_ id: ServiceID) {
        guard let service = containers.services.find(id) else { return }
        if containers.clusters.contains(service.cluster),
            containers.clusters[service.cluster].serviceIDs[service.name] == id
        {
            containers.clusters[service.cluster].serviceIDs[service.name] = nil
        }
        // Its last tasks may still be on their way out: they are forgotten one by one.
        guard service.tasks.isEmpty, service.stoppedTasks.isEmpty else {
            return schedule(.forgetService(id), after: timing.stoppedTaskKept)
        }
        forgetDeployments(of: containers.services.remove(id))
    }

    /// A cluster that is INACTIVE can no longer be described.
    mutating func forget(_ id: ClusterID) {
        guard let cluster = containers.clusters.find(id), !cluster.isActive else { return }
        let name = PlacedName(cluster.name, in: cluster.place)
        if containers.clusterIDs[name] == id { containers.clusterIDs[name] = nil }
        containers.clustersByPlace[cluster.place]?.removeAll { $0 == id }
        containers.clusters.remove(id)
    }
}
