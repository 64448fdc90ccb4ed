import Cloud
import Simulation

extension Recorder {
    /// What a deployment can touch, as it was before the first step of it.
    ///
    /// Not a copy of the whole cloud: one that is kept makes the next change of each table copy the
    /// table, and a server may watch hundreds of deployments at once.
    public struct Before: Sendable {
        let service: Containers.Service
        let registry: Registry
        let targets: [TargetGroupID: [TargetID]]
        let checks: [TargetGroupID: Balancing.HealthCheck]
        let rules: [SecurityGroupID: [SecurityGroupRuleID]]
        let listener: Balancing.Listener?
        let loadBalancer: Balancing.LoadBalancer?

        public init(_ watch: Watch, in cloud: borrowing Cloud) {
            service = cloud.containers.services[watch.service]
            registry = cloud.registry
            var targets: [TargetGroupID: [TargetID]] = [:]
            var checks: [TargetGroupID: Balancing.HealthCheck] = [:]
            var rules: [SecurityGroupID: [SecurityGroupRuleID]] = [:]
            for group in service.settings.loadBalancers.map(\.group)
            where cloud.balancing.targetGroups.contains(group) {
                targets[group] = cloud.balancing.targetGroups[group].targets
                checks[group] = cloud.balancing.targetGroups[group].healthCheck
            }
            for group in service.settings.network?.securityGroups ?? [] {
                rules[group] = cloud.network.securityGroups.find(group)?.rules
            }
            (self.targets, self.checks, self.rules) = (targets, checks, rules)
            listener = watch.listener.flatMap { cloud.balancing.listeners.find($0) }
            loadBalancer = listener.flatMap {
                cloud.balancing.loadBalancers.find($0.loadBalancer)
            }
        }
    }
}

extension Recorder {
    /// Which parts of the picture the new version touched, and which stayed as they were, by
    /// comparing what was before the first step of the deployment with the cloud at its end.
    func parts(in cloud: Cloud) -> (updated: [String], untouched: [String]) {
        let was = before.service
        let now = cloud.containers.services[watch.service]
        var updated: [String] = []
        var untouched: [String] = []
        func part(_ name: String, _ isUpdated: Bool) {
            if isUpdated { updated.append(name) } else { untouched.append(name) }
        }
        let definition = now.settings.definition
        let repositories = imageRepositories(of: definition, in: cloud)
        let (old, new) = (before.registry, cloud.registry)

        part("repository", repositories.contains { !old.repositories.contains($0) })
        part("image", repositories.contains { images($0, old) != images($0, new) })
        part("tag", repositories.contains { tags($0, old) != tags($0, new) })
        part("revision", was.settings.definition != definition)
        part("service", was.settings != now.settings || was.deployments != now.deployments)
        part("deployment", was.deployments != now.deployments)
        part("tasks", was.tasks != now.tasks)
        let groups = now.settings.loadBalancers.map(\.group)
        guard !groups.isEmpty else { return (updated, untouched) }
        let all = cloud.balancing.targetGroups
        part("targets", groups.contains { before.targets[$0] != all.find($0)?.targets })
        part("targetGroup", groups.contains { before.checks[$0] != all.find($0)?.healthCheck })
        let listener = watch.listener.flatMap { cloud.balancing.listeners.find($0) }
        part("listener", before.listener != listener)
        part(
            "loadBalancer",
            before.loadBalancer
                != listener.flatMap { cloud.balancing.loadBalancers.find($0.loadBalancer) })
        // Not how many interfaces carry a group, which each task changes. A group that the service
        // did not use before counts as a change of its network.
        part(
            "securityGroups",
            (now.settings.network?.securityGroups ?? []).contains {
                guard let old = before.rules[$0] else { return false }
                return old != cloud.network.securityGroups.find($0)?.rules
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

    private func images(_ id: RepositoryID, _ registry: Registry) -> [String] {
        imageIDs(id, registry).map { registry.images[$0].digest }
    }

    private func tags(_ id: RepositoryID, _ registry: Registry) -> [[String]] {
        imageIDs(id, registry).map { registry.images[$0].tags }
    }

    private func imageIDs(_ id: RepositoryID, _ registry: Registry) -> [ImageID] {
        registry.repositories.find(id)?.images ?? []
    }
}
