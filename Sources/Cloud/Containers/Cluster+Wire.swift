import CloudAPI
import Simulation

extension ECS.Cluster {
    /// - Parameter fields: What the caller asked for besides. Source: ecs.md sections 3.9 to 3.15.
    init(_ id: ClusterID, in cloud: borrowing Cloud, include fields: [ECS.ClusterField] = []) {
        let cluster = cloud.containers.clusters[id]
        let counts = cloud.containers.counts(of: id)
        self.init(
            clusterArn: cloud.arn(id), clusterName: cluster.name,
            configuration: fields.contains(.configurations) ? cluster.configuration?.shape : nil,
            status: cluster.isActive ? "ACTIVE" : "INACTIVE", registeredContainerInstancesCount: 0,
            runningTasksCount: counts.running, pendingTasksCount: counts.pending,
            activeServicesCount: counts.activeServices,
            statistics: fields.contains(.statistics) ? counts.statistics : [],
            tags: fields.contains(.tags) ? cluster.tags.map(ECS.Tag.init) : [],
            settings: fields.contains(.settings)
                ? [ECS.ClusterSetting(name: .containerInsights, value: cluster.containerInsights)]
                : [],
            capacityProviders: cluster.capacityProviders,
            defaultCapacityProviderStrategy: cluster.defaultStrategy.map(
                ECS.CapacityProviderStrategyItem.init),
            serviceConnectDefaults: cluster.serviceConnectNamespace.map { .init(namespace: $0) })
    }
}

extension ECS.Tag {
    init(_ tag: ResourceTag) { self.init(key: tag.key, value: tag.value) }
}

extension ResourceTag {
    init(_ tag: ECS.Tag) { self.init(tag.key ?? "", tag.value ?? "") }
}

extension Containers {
    struct ClusterCounts {
        var running = 0
        var pending = 0
        var activeServices = 0
        var drainingServices = 0

        var statistics: [ECS.KeyValuePair] {
            let numbers = [
                ("runningEC2TasksCount", 0), ("runningFargateTasksCount", running),
                ("pendingEC2TasksCount", 0), ("pendingFargateTasksCount", pending),
                ("runningExternalTasksCount", 0), ("pendingExternalTasksCount", 0),
                ("activeEC2ServiceCount", 0), ("activeFargateServiceCount", activeServices),
                ("drainingEC2ServiceCount", 0), ("drainingFargateServiceCount", drainingServices),
                ("activeExternalServiceCount", 0), ("drainingExternalServiceCount", 0),
            ]
            return numbers.map { ECS.KeyValuePair(name: $0.0, value: String($0.1)) }
        }
    }

    /// - Complexity: O(n) in the services and tasks of the cluster.
    func counts(of id: ClusterID) -> ClusterCounts {
        var counts = ClusterCounts()
        func count(_ task: TaskID) {
            switch tasks[task].status {
            case .running: counts.running += 1
            case .provisioning, .pending, .activating: counts.pending += 1
            default: break
            }
        }
        for (_, service) in clusters[id].serviceIDs.sorted {
            switch services[service].status {
            case .active: counts.activeServices += 1
            case .draining: counts.drainingServices += 1
            case .inactive: break
            }
            services[service].tasks.forEach(count)
        }
        clusters[id].standaloneTasks.forEach(count)
        return counts
    }
}
