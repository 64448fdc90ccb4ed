import Cloud
import GRDB
import Simulation

/// What there is: its tables, and their rows.
extension ResourceTable {
    static let all = containers + [repositories, images] + balancing + network

    static let tasks = ResourceTable(
        "task_records", \.containers.tasks, keepsRows: true,
        [
            "task": "TEXT NOT NULL", "service": "TEXT", "cluster": "TEXT", "deployment": "TEXT",
            "task_definition": "TEXT", "image": "TEXT", "digest": "TEXT", "version": "TEXT",
            "zone": "TEXT", "address": "TEXT", "status": "TEXT", "desired_status": "TEXT",
            "health": "TEXT", "created": "INTEGER", "connected": "INTEGER",
            "pull_started": "INTEGER", "pull_stopped": "INTEGER", "started": "INTEGER",
            "listening": "INTEGER", "registered": "INTEGER", "healthy": "INTEGER",
            "stopping": "INTEGER", "deregistered": "INTEGER", "signalled": "INTEGER",
            "exited": "INTEGER", "execution_stopped": "INTEGER", "stopped": "INTEGER",
            "exit_code": "INTEGER", "stop_code": "TEXT", "stopped_reason": "TEXT",
        ]
    ) { cloud, id in columns(ofTask: id, in: cloud) }

    /// As it stands in the table of tasks.
    static func row(ofTask id: TaskID, in cloud: Cloud) -> [DatabaseValue] {
        values(columns(ofTask: id, in: cloud))
    }

    private static func columns(
        ofTask id: TaskID, in cloud: Cloud
    ) -> [(any DatabaseValueConvertible)?] {
        let task = cloud.containers.tasks[id]
        let words = words(of: id, in: cloud)
        let definition = cloud.containers.taskDefinitions.find(task.definition)
        // The container that others know the task by: the first one that has to run.
        let main = definition?.containers.firstIndex { $0.isEssential } ?? 0
        let container = main < task.containers.count ? task.containers[main] : nil
        return [
            words.subject, words.belongsTo,
            cloud.containers.clusters.find(task.cluster).map(\.name),
            task.deployment.map { cloud.name(of: $0) },
            definition.map { "\($0.family):\($0.revision)" },
            definition.flatMap {
                main < $0.containers.count ? $0.containers[main].image.text : nil
            },
            container?.digest,
            container?.image.flatMap {
                cloud.registry.images.find($0)?.configuration.profile.version
            },
            cloud.network.subnets.find(task.subnet)?.zone, task.address.map { "\($0)" },
            task.status.rawValue, task.isWanted ? "RUNNING" : "STOPPED", task.health.rawValue,
            exact(task.createdAt), exact(task.connectedAt), exact(task.pullStartedAt),
            exact(task.pullStoppedAt), exact(task.startedAt), exact(task.listeningAt),
            exact(task.registeredAt), exact(task.healthySince), exact(task.stoppingAt),
            exact(task.deregisteredAt), exact(task.signalledAt), exact(task.exitedAt),
            exact(task.executionStoppedAt), exact(task.stoppedAt), container?.exitCode,
            task.stopCause?.code.rawValue, task.stopCause.map { cloud.text(of: $0.reason) },
        ]
    }

    private static let containers: [ResourceTable] = [
        ResourceTable(
            "clusters", \.containers.clusters,
            ["cluster": "TEXT NOT NULL", "name": "TEXT", "status": "TEXT"], isPlaced: true
        ) { cloud, id in
            let cluster = cloud.containers.clusters[id]
            return placed(
                cluster.place,
                [
                    cloud.arn(id), cluster.name, cluster.isActive ? "ACTIVE" : "INACTIVE",
                ])
        },
        ResourceTable(
            "task_definitions", \.containers.taskDefinitions,
            [
                "task_definition": "TEXT NOT NULL", "family": "TEXT", "revision": "INTEGER",
                "status": "TEXT", "cpu": "INTEGER", "memory": "INTEGER", "images": "TEXT",
            ], isPlaced: true
        ) { cloud, id in
            let definition = cloud.containers.taskDefinitions[id]
            return placed(
                definition.place,
                [
                    cloud.arn(id), definition.family, definition.revision,
                    definition.isActive ? "ACTIVE" : "INACTIVE", definition.cpuUnits,
                    definition.memoryMebibytes,
                    definition.containers.map(\.image.text).joined(separator: " "),
                ])
        },
        ResourceTable(
            "services", \.containers.services,
            [
                "service": "TEXT NOT NULL", "name": "TEXT", "cluster": "TEXT", "status": "TEXT",
                "task_definition": "TEXT", "desired_count": "INTEGER",
                "minimum_healthy_percent": "INTEGER", "maximum_percent": "INTEGER",
                "steady": "INTEGER", "created_at": "REAL",
            ], isPlaced: true
        ) { cloud, id in
            let service = cloud.containers.services[id]
            let cluster = cloud.containers.clusters.find(service.cluster)
            let definition = cloud.containers.taskDefinitions.find(service.settings.definition)
            return placed(
                cluster?.place,
                [
                    name(of: id, in: cloud) ?? service.name, service.name, cluster?.name,
                    service.status.rawValue, definition.map { "\($0.family):\($0.revision)" },
                    service.desiredCount, service.settings.minimumHealthyPercent,
                    service.settings.maximumPercent, service.isSteady ? 1 : 0,
                    seconds(service.createdAt),
                ])
        },
        tasks,
    ]

    private static let repositories = ResourceTable(
        "repositories", \.registry.repositories,
        [
            "repository": "TEXT NOT NULL", "name": "TEXT", "mutability": "TEXT",
            "images": "INTEGER",
            "created_at": "REAL",
        ], isPlaced: true
    ) { cloud, id in
        let repository = cloud.registry.repositories[id]
        return placed(
            repository.place,
            [
                cloud.arn(id), repository.name, repository.mutability.rawValue,
                repository.images.count, seconds(repository.createdAt),
            ])
    }

    private static let images = ResourceTable(
        "images", \.registry.images,
        [
            "repository": "TEXT", "digest": "TEXT NOT NULL", "tags": "TEXT", "version": "TEXT",
            "media_type": "TEXT", "size_bytes": "INTEGER", "pushed_at": "REAL",
            "last_pulled_at": "REAL",
        ]
    ) { cloud, id in
        let image = cloud.registry.images[id]
        guard !image.isDeleted, let repository = cloud.registry.repositories.find(image.repository)
        else { return nil }
        return [
            repository.name, image.digest, image.tags.joined(separator: " "),
            image.configuration.profile.version, image.mediaType, image.sizeBytes,
            seconds(image.pushedAt), seconds(image.lastPulledAt),
        ]
    }

    private static let balancing: [ResourceTable] = [
        ResourceTable(
            "load_balancers", \.balancing.loadBalancers,
            [
                "load_balancer": "TEXT NOT NULL", "name": "TEXT", "kind": "TEXT", "state": "TEXT",
                "dns_name": "TEXT", "vpc": "TEXT", "created_at": "REAL",
            ], isPlaced: true
        ) { cloud, id in
            let balancer = cloud.balancing.loadBalancers[id]
            return placed(
                balancer.place,
                [
                    cloud.arn(id), balancer.name, balancer.kind.rawValue, balancer.state.rawValue,
                    cloud.dnsName(id), cloud.id(balancer.vpc), seconds(balancer.createdAt),
                ])
        },
        ResourceTable(
            "listeners", \.balancing.listeners,
            [
                "listener": "TEXT", "load_balancer": "TEXT", "port": "INTEGER", "protocol": "TEXT",
            ]
        ) { cloud, id in
            let listener = cloud.balancing.listeners[id]
            guard cloud.balancing.loadBalancers.contains(listener.loadBalancer) else { return nil }
            return [
                cloud.arn(id), cloud.arn(listener.loadBalancer), listener.port, listener.protocol,
            ]
        },
        ResourceTable(
            "target_groups", \.balancing.targetGroups,
            [
                "target_group": "TEXT NOT NULL", "name": "TEXT", "protocol": "TEXT",
                "port": "INTEGER", "vpc": "TEXT", "load_balancer": "TEXT",
                "deregistration_delay": "REAL",
            ], isPlaced: true
        ) { cloud, id in
            let group = cloud.balancing.targetGroups[id]
            return placed(
                group.place,
                [
                    cloud.arn(id), group.name, group.protocol, group.port, cloud.id(group.vpc),
                    group.loadBalancer.flatMap {
                        cloud.balancing.loadBalancers.contains($0) ? cloud.arn($0) : nil
                    }, group.deregistrationDelay.inSeconds,
                ])
        },
        ResourceTable(
            "targets", \.balancing.targets,
            [
                "target_group": "TEXT", "address": "TEXT NOT NULL", "port": "INTEGER",
                "zone": "TEXT", "state": "TEXT", "registered_at": "REAL", "deregistered_at": "REAL",
            ]
        ) { cloud, id in
            let target = cloud.balancing.targets[id]
            return [
                cloud.balancing.targetGroups.contains(target.group)
                    ? cloud.arn(target.group) : nil,
                "\(target.address)", target.port, target.zone, target.state.rawValue,
                seconds(target.registeredAt), seconds(target.deregisteredAt),
            ]
        },
    ]

    private static let network: [ResourceTable] = [
        ResourceTable(
            "vpcs", \.network.vpcs,
            ["vpc": "TEXT NOT NULL", "block": "TEXT", "is_default": "INTEGER"], isPlaced: true
        ) { cloud, id in
            let vpc = cloud.network.vpcs[id]
            return placed(vpc.place, [cloud.id(id), "\(vpc.block)", vpc.isDefault ? 1 : 0])
        },
        ResourceTable(
            "subnets", \.network.subnets,
            ["subnet": "TEXT NOT NULL", "vpc": "TEXT", "block": "TEXT", "zone": "TEXT"],
            isPlaced: true
        ) { cloud, id in
            let subnet = cloud.network.subnets[id]
            return placed(
                subnet.place, [cloud.id(id), cloud.id(subnet.vpc), "\(subnet.block)", subnet.zone])
        },
        ResourceTable(
            "security_groups", \.network.securityGroups,
            [
                "security_group": "TEXT NOT NULL", "vpc": "TEXT", "name": "TEXT",
                "description": "TEXT", "rules": "INTEGER",
            ], isPlaced: true
        ) { cloud, id in
            let group = cloud.network.securityGroups[id]
            return placed(
                group.place,
                [
                    cloud.id(id), cloud.id(group.vpc), group.name, group.description,
                    group.rules.count,
                ])
        },
        ResourceTable(
            "nat_gateways", \.network.natGateways,
            ["nat_gateway": "TEXT NOT NULL", "state": "TEXT"]
        ) { cloud, id in [cloud.id(id), cloud.network.natGateways[id].state.rawValue] },
    ]
}

// MARK: - Words

extension ResourceTable {
    /// A task's ARN, and its service's.
    static func words(of id: TaskID, in cloud: Cloud) -> HistoryNotes.Words {
        let task = cloud.containers.tasks[id]
        return HistoryNotes.Words(
            subject: cloud.containers.clusters.contains(task.cluster)
                ? cloud.arn(id) : "\(id.rawValue)",
            belongsTo: task.service.flatMap { name(of: $0, in: cloud) })
    }

    /// A service's ARN, as long as its cluster is known.
    static func name(of id: ServiceID, in cloud: Cloud) -> String? {
        guard let service = cloud.containers.services.find(id),
            cloud.containers.clusters.contains(service.cluster)
        else { return nil }
        return cloud.arn(id)
    }

    private static func placed(
        _ place: Place?, _ columns: [(any DatabaseValueConvertible)?]
    ) -> [(any DatabaseValueConvertible)?] {
        columns + [place?.account, place?.region]
    }

    private static func exact(_ instant: Instant?) -> Int64? { instant?.sinceStart.nanoseconds }

    private static func seconds(_ instant: Instant?) -> Double? {
        instant.map { seconds($0.sinceStart) }
    }

    /// To the millisecond.
    static func seconds(_ duration: Duration) -> Double {
        (Double(duration.nanoseconds) / 1e6).rounded() / 1e3
    }
}
