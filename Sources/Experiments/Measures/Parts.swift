import Cloud
import Simulation

extension Recorder {
    /// Which parts of the picture the new version touched, and which stayed as they were, by
    /// comparing the cloud before the first step of the deployment with the one at its end.
    func parts(in cloud: Cloud) -> (updated: [String], untouched: [String]) {
        parts(
            from: before.containers.services[watch.service],
            to: cloud.containers.services[watch.service], in: cloud)
    }

    private func parts(
        from was: Containers.Service, to now: Containers.Service, in cloud: Cloud
    ) -> (updated: [String], untouched: [String]) {
        var updated: [String] = []
        var untouched: [String] = []
        func part(_ name: String, _ isUpdated: Bool) {
            if isUpdated { updated.append(name) } else { untouched.append(name) }
        }
        let definition = now.settings.definition
        let repositories = imageRepositories(of: definition, in: cloud)

        part("repository", repositories.contains { !before.registry.repositories.contains($0) })
        part("image", repositories.contains { images($0, before) != images($0, cloud) })
        part("tag", repositories.contains { tags($0, before) != tags($0, cloud) })
        part("revision", was.settings.definition != definition)
        part("service", was.settings != now.settings || was.deployments != now.deployments)
        part("deployment", was.deployments != now.deployments)
        part("tasks", was.tasks != now.tasks)
        let balancers = now.settings.loadBalancers
        guard !balancers.isEmpty else { return (updated, untouched) }
        part(
            "targets", balancers.contains { targets($0.group, before) != targets($0.group, cloud) })
        part(
            "targetGroup",
            balancers.contains { settings($0.group, before) != settings($0.group, cloud) })
        part(
            "listener",
            watch.listener.map {
                !before.balancing.listeners.hasSame($0, as: cloud.balancing.listeners)
            } ?? false)
        part(
            "loadBalancer",
            watch.listener.map { listener in
                let (old, new) = (
                    loadBalancer(of: listener, before), loadBalancer(of: listener, cloud)
                )
                guard let old, old == new else { return old != new }
                return !before.balancing.loadBalancers.hasSame(
                    old, as: cloud.balancing.loadBalancers)
            } ?? false)
        part(
            "securityGroups",
            (now.settings.network?.securityGroups ?? []).contains {
                rules($0, before) != rules($0, cloud)
            })
        part("network", was.settings.network != now.settings.network)
        return (updated, untouched)
    }

    private func imageRepositories(of definition: TaskDefinitionID, in cloud: Cloud)
        -> [RepositoryID]
    {
        cloud.containers.taskDefinitions[definition].containers.compactMap {
            cloud.registry.image(
                $0.image, for: cloud.containers.taskDefinitions[definition].place
            ).map { cloud.registry.images[$0].repository }
        }
    }

    private func images(_ id: RepositoryID, _ cloud: Cloud) -> [String] {
        imageIDs(id, cloud).map { cloud.registry.images[$0].digest }
    }

    private func tags(_ id: RepositoryID, _ cloud: Cloud) -> [[String]] {
        imageIDs(id, cloud).map { cloud.registry.images[$0].tags }
    }

    private func imageIDs(_ id: RepositoryID, _ cloud: Cloud) -> [ImageID] {
        let all = cloud.registry.repositories
        return all.contains(id) ? all[id].images : []
    }

    /// Not how many interfaces carry it, which each task changes.
    private func rules(_ id: SecurityGroupID, _ cloud: Cloud) -> [SecurityGroupRuleID]? {
        cloud.network.securityGroups.find(id)?.rules
    }

    private func targets(_ id: TargetGroupID, _ cloud: Cloud) -> [TargetID] {
        let all = cloud.balancing.targetGroups
        return all.contains(id) ? all[id].targets : []
    }

    private func settings(_ id: TargetGroupID, _ cloud: Cloud) -> Balancing.HealthCheck? {
        let all = cloud.balancing.targetGroups
        return all.contains(id) ? all[id].healthCheck : nil
    }

    private func loadBalancer(of listener: ListenerID, _ cloud: Cloud) -> LoadBalancerID? {
        guard cloud.balancing.listeners.contains(listener) else { return nil }
        return cloud.balancing.listeners[listener].loadBalancer
    }
}
