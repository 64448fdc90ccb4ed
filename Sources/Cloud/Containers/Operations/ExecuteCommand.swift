import CloudAPI

/// No task in Drydock has the agent that would run a command, so every call is refused as AWS
/// refuses it for want of the agent. Source: ecs.md section 25.11.
extension ECS.ExecuteCommand: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let cluster = try cloud.cluster(cluster, for: caller)
        guard cloud.findTask(task, in: cluster, for: caller) != nil else { throw .taskNotFound }
        guard interactive else { throw .executeCommandNotInteractive }
        throw .executeCommandNotPossible
    }
}
