import Cloud
import Simulation

extension Recorder {
    /// Which parts of the picture the new version touched, and which stayed as they were, by
    /// comparing the cloud before the first step of the deployment with the one at its end.
    func parts(in cloud: Cloud) -> (updated: [String], untouched: [String]) {
        var updated: [String] = []
        var untouched: [String] = []
        func part(_ name: String, _ isUpdated: Bool) {
            if isUpdated { updated.append(name) } else { untouched.append(name) }
        }
        let (was, now) = (
            before.containers.services[watch.service], cloud.containers.services[watch.service]
        )
        let definition = now.settings.definition
        let repositories = imageRepositories(of: definition, in: cloud)

        part("repository", repositories.contains { before.registry.repositories.find($0) == nil })
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
                before.balancing.listeners.find($0) != cloud.balancing.listeners.find($0)
            } ?? false)
        part(
            "loadBalancer",
            watch.listener.map { id in
                func balancer(_ cloud: Cloud) -> Balancing.LoadBalancer? {
                    cloud.balancing.listeners.find(id).flatMap {
                        cloud.balancing.loadBalancers.find($0.loadBalancer)
                    }
                }
                return balancer(before) != balancer(cloud)
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
        let found = cloud.containers.taskDefinitions[definition]
        return found.containers.compactMap {
            cloud.registry.image($0.image, for: found.place).map {
                cloud.registry.images[$0].repository
            }
        }
    }

    private func images(_ id: RepositoryID, _ cloud: Cloud) -> [String] {
        (cloud.registry.repositories.find(id)?.images ?? []).map {
            cloud.registry.images[$0].digest
        }
    }

    private func tags(_ id: RepositoryID, _ cloud: Cloud) -> [[String]] {
        (cloud.registry.repositories.find(id)?.images ?? []).map { cloud.registry.images[$0].tags }
    }

    /// Not how many interfaces carry it, which each task changes.
    private func rules(_ id: SecurityGroupID, _ cloud: Cloud) -> [SecurityGroupRuleID]? {
        cloud.network.securityGroups.find(id)?.rules
    }

    private func targets(_ id: TargetGroupID, _ cloud: Cloud) -> [TargetID] {
        cloud.balancing.targetGroups.find(id)?.targets ?? []
    }

    private func settings(_ id: TargetGroupID, _ cloud: Cloud) -> Balancing.HealthCheck? {
        cloud.balancing.targetGroups.find(id)?.healthCheck
    }
}
