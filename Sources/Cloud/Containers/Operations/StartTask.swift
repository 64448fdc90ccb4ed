import CloudAPI

extension ECS.StartTask: Handled {
    /// Starts tasks on container instances that the caller names; Fargate has none, and neither has
    /// Drydock. Each that is named is unknown. Source: ecs.md sections 25.6 and 27.3.
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let cluster = try cloud.cluster(cluster, for: caller)
        guard !containerInstances.isEmpty else { throw .containerInstancesEmpty }
        guard containerInstances.count <= 10 else {
            throw .tooMany("containerInstances", limit: 10)
        }
        _ = try cloud.runnableDefinition(
            taskDefinition, for: caller, inactive: .taskDefinitionInactiveToRun)
        let (place, name) = (caller.place, cloud.containers.clusters[cluster].name)
        return Output(
            tasks: [],
            failures: containerInstances.map { instance in
                let arn =
                    instance.hasPrefix("arn:")
                    ? instance
                    : "arn:aws:ecs:\(place.region):\(place.account):container-instance/"
                        + "\(name)/\(instance)"
                return ECS.Failure(arn: arn, reason: "MISSING")
            })
    }
}
