import CloudAPI

extension ECS.DeregisterTaskDefinition: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let name = try cloud.taskDefinitionName(taskDefinition, for: caller)
        guard let name else { throw .taskDefinitionNotDescribable }
        guard name.revision != nil else { throw .revisionMissing }
        guard let id = try cloud.findTaskDefinition(taskDefinition, for: caller) else {
            throw .taskDefinitionNotDescribable
        }

        if cloud.containers.taskDefinitions[id].isActive {
            let now = cloud.calendar(cloud.now)
            cloud.containers.taskDefinitions[id].isActive = false
            cloud.containers.taskDefinitions[id].registered.shape.status = .inactive
            cloud.containers.taskDefinitions[id].registered.shape.deregisteredAt = now
        }
        return Output(taskDefinition: cloud.containers.taskDefinitions[id].registered.shape)
    }
}
