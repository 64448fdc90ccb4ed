import CloudAPI

extension ECS.StopTask: Handled {
    /// Stopping a task that is stopped already changes nothing. Source: ecs.md section 25.7.
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let cluster = try cloud.cluster(cluster, for: caller)
        guard let id = cloud.findTask(task, in: cluster, for: caller) else { throw .taskNotFound }

        cloud.stop(
            id,
            because: .init(
                code: .userInitiated, reason: .text(reason ?? "Task stopped by user")))

        return Output(task: ECS.Task(id, in: cloud))
    }
}
