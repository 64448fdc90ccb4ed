import CloudAPI

extension ECS.DescribeTaskDefinition: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        guard let id = try cloud.findTaskDefinition(taskDefinition, for: caller) else {
            throw .taskDefinitionNotDescribable
        }
        let definition = cloud.containers.taskDefinitions[id]
        let wantsTags = include?.contains(.tags) ?? false
        return Output(
            taskDefinition: definition.registered.shape,
            tags: wantsTags ? definition.tags.map(ECS.Tag.init) : [])
    }
}
