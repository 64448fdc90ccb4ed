import CloudAPI

extension ECS.DescribeTasks: Handled {
    /// Unknown ones, and those forgotten an hour after they stopped, are among the failures.
    /// Source: ecs.md sections 8.11 and 25.9.
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let cluster = try cloud.cluster(cluster, for: caller)
        guard !tasks.isEmpty else { throw .tasksEmpty }
        guard tasks.count <= 100 else { throw .tooMany("tasks", limit: 100) }

        var output = Output(tasks: [], failures: [])
        for reference in tasks {
            if let id = cloud.findTask(reference, in: cluster, for: caller) {
                output.tasks!.append(
                    ECS.Task(id, in: cloud, withTags: include?.contains(.tags) ?? false))
            } else {
                let place = caller.place
                let name = cloud.containers.clusters[cluster].name
                let arn =
                    reference.hasPrefix("arn:")
                    ? reference
                    : "arn:aws:ecs:\(place.region):\(place.account):task/\(name)/\(reference)"
                output.failures!.append(ECS.Failure(arn: arn, reason: "MISSING"))
            }
        }
        return output
    }
}
