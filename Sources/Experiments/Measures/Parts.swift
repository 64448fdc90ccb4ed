import Cloud
import Simulation

extension Recorder {
    /// What a deployment can touch, as it was before the first step of it.
    ///
    /// Not a copy of the whole cloud, nor of the registry: one that is kept makes the next change
    /// of each table copy a part of it, and a server may watch hundreds of deployments at once.
    public struct Before: Sendable, Codable {
        let settings: Containers.Service.Settings
        let deployments: [DeploymentID]
        let tasks: [TaskID]
        /// Repositories from here on, and changes after that turn, are new.
        let nextRepository: RepositoryID
        let registryTurn: UInt32
        let groups: [Group]
        let rules: [Rules]
        let listener: Balancing.Listener?
        let loadBalancer: Balancing.LoadBalancer?

        struct Group: Sendable, Codable {
            let id: TargetGroupID
            let targets: [TargetID]
            let check: Balancing.HealthCheck
        }

        struct Rules: Sendable, Codable {
            let id: SecurityGroupID
            let rules: [SecurityGroupRuleID]
        }

        public init(_ watch: Watch, in cloud: borrowing Cloud) {
            settings = cloud.containers.services[watch.service].settings
            deployments = cloud.containers.services[watch.service].deployments
            tasks = cloud.containers.services[watch.service].tasks
            nextRepository = cloud.registry.repositories.nextID
            registryTurn = cloud.registry.turn
            groups = settings.loadBalancers.map(\.group)
                .filter { cloud.balancing.targetGroups.contains($0) }
                .map {
                    Group(
                        id: $0, targets: cloud.balancing.targetGroups[$0].targets,
                        check: cloud.balancing.targetGroups[$0].healthCheck)
                }
            rules = (settings.network?.securityGroups ?? [])
                .filter { cloud.network.securityGroups.contains($0) }
                .map { Rules(id: $0, rules: cloud.network.securityGroups[$0].rules) }
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
        let now = cloud.containers.services[watch.service]
        var updated: [String] = []
        var untouched: [String] = []
        func part(_ name: String, _ isUpdated: Bool) {
            if isUpdated { updated.append(name) } else { untouched.append(name) }
        }
        let definition = now.settings.definition
        let repositories = imageRepositories(of: definition, in: cloud)
        let registry = cloud.registry

        part("repository", repositories.contains { $0 >= before.nextRepository })
        part(
            "image",
            repositories.contains {
                registry.repositories[$0].imagesTurn > before.registryTurn
            })
        part(
            "tag",
            repositories.contains { registry.repositories[$0].tagsTurn > before.registryTurn })
        part("revision", before.settings.definition != definition)
        part(
            "service",
            before.settings != now.settings || before.deployments != now.deployments)
        part("deployment", before.deployments != now.deployments)
        part("tasks", before.tasks != now.tasks)
        let groups = now.settings.loadBalancers.map(\.group)
        guard !groups.isEmpty else { return (updated, untouched) }
        let all = cloud.balancing.targetGroups
        func old(_ id: TargetGroupID) -> Before.Group? { before.groups.first { $0.id == id } }
        part("targets", groups.contains { old($0)?.targets != all.find($0)?.targets })
        part("targetGroup", groups.contains { old($0)?.check != all.find($0)?.healthCheck })
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
            (now.settings.network?.securityGroups ?? []).contains { id in
                guard let old = before.rules.first(where: { $0.id == id }) else { return false }
                return old.rules != cloud.network.securityGroups.find(id)?.rules
            })
        part("network", before.settings.network != now.settings.network)
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
}
