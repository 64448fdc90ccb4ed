import Cloud
import Reports
import Simulation

/// What there is in a cloud, in all accounts and regions, and how it hangs together. A service or
/// task that is kept for a while after its end may name what is gone before it.
package struct CloudOverview {
    private let cloud: Cloud
    private let localPorts: [ListenerID: Int]

    /// - Parameter localPorts: The ports of this machine that stand for listeners.
    package init(of cloud: Cloud, localPorts: [ListenerID: Int] = [:]) {
        (self.cloud, self.localPorts) = (cloud, localPorts)
    }

    package var json: JSON {
        .object([
            "now": .seconds(cloud.now),
            "clusters": .array(cloud.containers.clusters.map { cluster($0.id, $0.value) }),
            "services": .array(cloud.containers.services.map { service($0.id, $0.value) }),
            "tasks": .array(cloud.containers.tasks.map { task($0.id, $0.value) }),
            "taskDefinitions": .array(
                cloud.containers.taskDefinitions.map { definition($0.id, $0.value) }),
            "repositories": .array(
                cloud.registry.repositories.map { repository($0.id, $0.value) }),
            "loadBalancers": .array(
                cloud.balancing.loadBalancers.map { loadBalancer($0.id, $0.value) }),
            "targetGroups": .array(
                cloud.balancing.targetGroups.map { targetGroup($0.id, $0.value) }),
            "vpcs": .array(cloud.network.vpcs.map { vpc($0.id, $0.value) }),
        ])
    }

    private func cluster(_ id: ClusterID, _ cluster: Containers.Cluster) -> JSON {
        .object([
            "arn": .string(cloud.arn(id)), "name": .string(cluster.name),
            "account": .string(cluster.place.account), "region": .string(cluster.place.region),
            "status": .string(cluster.isActive ? "ACTIVE" : "INACTIVE"),
        ])
    }

    private func service(_ id: ServiceID, _ service: Containers.Service) -> JSON {
        return .object([
            "arn": .string(
                name(service.cluster, cloud.containers.clusters.contains) { cloud, _ in
                    cloud.arn(id)
                }),
            "name": .string(service.name),
            "cluster": .string(
                name(service.cluster, cloud.containers.clusters.contains) { $0.arn($1) }),
            "status": .string(service.status.rawValue),
            "taskDefinition": revision(service.settings.definition),
            "desiredCount": .number("\(service.desiredCount)"),
            "steady": .bool(service.isSteady),
            "tasks": .array(service.tasks.map { .string(cloud.arn($0)) }),
            "targetGroups": .array(
                service.settings.loadBalancers.map {
                    .string(
                        name($0.group, cloud.balancing.targetGroups.contains) { $0.arn($1) })
                }),
            "deployments": .array(service.deployments.compactMap { deployment($0) }),
        ])
    }

    private func deployment(_ id: DeploymentID) -> JSON? {
        guard let deployment = cloud.containers.deployments.find(id) else { return nil }
        return .object([
            "id": .string(cloud.name(of: id)),
            "status": .string(deployment.status.rawValue),
            "rolloutState": .string(deployment.rolloutState.rawValue),
            "taskDefinition": revision(deployment.settings.definition),
        ])
    }

    private func revision(_ id: TaskDefinitionID) -> JSON {
        .string(name(id, cloud.containers.taskDefinitions.contains) { $0.arn($1) })
    }

    private func task(_ id: TaskID, _ task: Containers.Task) -> JSON {
        return .object([
            "arn": .string(
                name(task.cluster, cloud.containers.clusters.contains) { cloud, _ in
                    cloud.arn(id)
                }),
            "service": task.service.flatMap { id in
                cloud.containers.services.contains(id) ? .string(cloud.arn(id)) : nil
            } ?? .null,
            "taskDefinition": revision(task.definition),
            "lastStatus": .string(task.status.rawValue),
            "desiredStatus": .string(task.isWanted ? "RUNNING" : "STOPPED"),
            "privateAddress": task.address.map { .string("\($0)") } ?? .null,
            "zone": .string(cloud.network.subnets.find(task.subnet)?.zone ?? ""),
            "images": .array(task.containers.map { $0.digest.map(JSON.string) ?? .null }),
            "healthySince": task.healthySince.map { .seconds($0) } ?? .null,
        ])
    }

    private func definition(
        _ id: TaskDefinitionID, _ definition: Containers.TaskDefinition
    ) -> JSON {
        .object([
            "arn": .string(cloud.arn(id)), "cpu": .number("\(definition.cpuUnits)"),
            "memory": .number("\(definition.memoryMebibytes)"),
            "images": .array(definition.containers.map { .string($0.image.text) }),
        ])
    }

    private func repository(_ id: RepositoryID, _ repository: Registry.Repository) -> JSON {
        return .object([
            "arn": .string(cloud.arn(id)), "name": .string(repository.name),
            "images": .array(
                repository.images.map { id in
                    let image = cloud.registry.images[id]
                    return .object([
                        "digest": .string(image.digest),
                        "tags": .array(image.tags.map(JSON.string)),
                        "mediaType": .string(image.mediaType),
                        "sizeBytes": .number("\(image.sizeBytes)"),
                        "pushedAt": .seconds(image.pushedAt),
                        "architecture": .string(image.configuration.architecture),
                        "command": .array(image.configuration.command.map(JSON.string)),
                        "port": image.configuration.profile.port.map { .number("\($0)") } ?? .null,
                    ])
                }),
        ])
    }

    private func loadBalancer(_ id: LoadBalancerID, _ balancer: Balancing.LoadBalancer) -> JSON {
        return .object([
            "arn": .string(cloud.arn(id)), "name": .string(balancer.name),
            "dnsName": .string(cloud.dnsName(id)), "state": .string(balancer.state.rawValue),
            "listeners": .array(
                balancer.listeners.map { listener in
                    .object([
                        "arn": .string(cloud.arn(listener)),
                        "port": .number("\(cloud.balancing.listeners[listener].port)"),
                        "localPort": localPorts[listener].map { .number("\($0)") } ?? .null,
                    ])
                }),
        ])
    }

    private func targetGroup(_ id: TargetGroupID, _ group: Balancing.TargetGroup) -> JSON {
        let balancing = cloud.balancing
        return .object([
            "arn": .string(cloud.arn(id)), "name": .string(group.name),
            "targets": .array(
                group.targets.map { id in
                    let target = balancing.targets[id]
                    return .object([
                        "address": .string("\(target.address)"), "port": .number("\(target.port)"),
                        "state": .string("\(target.state)"),
                    ])
                }),
        ])
    }

    private func vpc(_ id: VpcID, _ vpc: Network.Vpc) -> JSON {
        return .object([
            "id": .string(cloud.id(id)), "account": .string(vpc.place.account),
            "region": .string(vpc.place.region), "block": .string("\(vpc.block)"),
            "default": .bool(vpc.isDefault),
            "subnets": .array(
                vpc.subnets.map { id in
                    let subnet = cloud.network.subnets[id]
                    return .object([
                        "id": .string(cloud.id(id)), "block": .string("\(subnet.block)"),
                        "zone": .string(subnet.zone),
                    ])
                }),
        ])
    }

    private func name<ID: Identifier>(
        _ id: ID, _ isThere: (ID) -> Bool, _ name: (Cloud, ID) -> String
    ) -> String { cloud.called(id, isThere, name) }
}

extension Cloud {
    /// What a thing is called; of one that is gone, its number.
    func called<ID: Identifier>(
        _ id: ID, _ isThere: (ID) -> Bool, _ name: (Cloud, ID) -> String
    ) -> String {
        isThere(id) ? name(self, id) : "\(id.rawValue)"
    }
}

extension World {
    /// `GET cloud`
    func overview() -> JSON {
        catchUp()
        return CloudOverview(of: live.cloud, localPorts: localPorts).json
    }
}
