import CloudAPI

/// A resource of ECS that can have tags.
fileprivate enum Tagged {
    case cluster(ClusterID)
    case definition(TaskDefinitionID)
    case service(ServiceID)
    case task(TaskID)

    init(arn: String, in cloud: Cloud, for caller: Caller) throws(APIFailure) {
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
        default: throw .arnInvalid
        }
    }
}

extension Cloud {
    fileprivate func tags(of tagged: Tagged) -> [ResourceTag] {
        switch tagged {
        case .cluster(let id): containers.clusters[id].tags
        case .definition(let id): containers.taskDefinitions[id].tags
        case .service(let id): containers.services[id].tags
        case .task(let id): containers.tasks[id].tags
        }
    }

    fileprivate mutating func setTags(of tagged: Tagged, to tags: [ResourceTag]) {
        switch tagged {
        case .cluster(let id): containers.clusters[id].tags = tags
        case .definition(let id): containers.taskDefinitions[id].tags = tags
        case .service(let id): containers.services[id].tags = tags
        case .task(let id): containers.tasks[id].tags = tags
        }
    }
}

extension ECS.TagResource: Handled {
    /// Merges. Source: ecs.md section 4.2.
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let tagged = try Tagged(arn: resourceArn, in: cloud, for: caller)
        var result = cloud.tags(of: tagged)
        for tag in tags.map(ResourceTag.init) {
            result.removeAll { $0.key == tag.key }
            result.append(tag)
        }
        // The limit is of the model (4.1), the text assumed.
        guard result.count <= 50 else {
            throw .invalidParameter("The number of tags exceeds the limit of 50.")
        }

        cloud.setTags(of: tagged, to: result)
        return Output()
    }
}

extension ECS.UntagResource: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let tagged = try Tagged(arn: resourceArn, in: cloud, for: caller)
        cloud.setTags(
            of: tagged, to: cloud.tags(of: tagged).filter { !tagKeys.contains($0.key) })
        return Output()
    }
}

extension ECS.ListTagsForResource: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let tagged = try Tagged(arn: resourceArn, in: cloud, for: caller)
        return Output(tags: cloud.tags(of: tagged).map(ECS.Tag.init))
    }
}
