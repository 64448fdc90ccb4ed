import CloudAPI

/// A resource of ECS that can have tags.
enum Tagged {
    case cluster(ClusterID)
    case definition(TaskDefinitionID)
    case service(ServiceID)
    case task(TaskID)
    case provider(CapacityProviderID)

    init(arn: String, in cloud: borrowing Cloud, for caller: Caller) throws(APIFailure) {
        guard let rest = resource(ofARN: arn, service: "ecs", in: caller.place) else {
            throw .arnInvalid
        }
        let parts = rest.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        switch (parts[0], parts.count) {
        case ("cluster", 2):
            self = .cluster(try cloud.cluster(arn, for: caller))
        case ("task-definition", 2):
            guard let id = try cloud.findTaskDefinition(arn, for: caller) else {
                throw .taskDefinitionNotDescribable
            }
            self = .definition(id)
        case ("service", 3):
            let cluster = try cloud.cluster(parts[1], for: caller)
            self = .service(try cloud.service(arn, in: cluster, for: caller))
        case ("task", 3):
            let cluster = try cloud.cluster(parts[1], for: caller)
            guard let id = cloud.findTask(arn, in: cluster, for: caller) else {
                throw .taskNotFound
            }
            self = .task(id)
        case ("capacity-provider", 2):
            guard let id = cloud.findProvider(arn, for: caller) else {
                throw .capacityProviderUnknown
            }
            self = .provider(id)
        default: throw .arnInvalid
        }
    }
}

extension Cloud {
    func tags(of tagged: Tagged) -> [ResourceTag] {
        switch tagged {
        case .cluster(let id): containers.clusters[id].tags
        case .definition(let id): containers.taskDefinitions[id].tags
        case .service(let id): containers.services[id].tags
        case .task(let id): containers.tasks[id].tags
        case .provider(let id): containers.capacityProviders[id].tags
        }
    }

    mutating func setTags(of tagged: Tagged, to tags: [ResourceTag]) {
        switch tagged {
        case .cluster(let id): containers.clusters[id].tags = tags
        case .definition(let id): containers.taskDefinitions[id].tags = tags
        case .service(let id): containers.services[id].tags = tags
        case .task(let id): containers.tasks[id].tags = tags
        case .provider(let id): containers.capacityProviders[id].tags = tags
        }
    }
}
