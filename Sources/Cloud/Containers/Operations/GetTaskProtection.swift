import CloudAPI

extension ECS.GetTaskProtection: Handled {
    /// Without a list: of every task of the cluster's services. Source: ecs.md section 25.10.
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let cluster = try cloud.cluster(cluster, for: caller)
        guard (tasks?.count ?? 0) <= 100 else { throw .tooMany("tasks", limit: 100) }
        let all = tasks ?? cloud.serviceTasks(in: cluster).map { cloud.naming.hex32($0) }
        var output = Output(protectedTasks: [], failures: [])
        for reference in all {
            do {
                let id = try cloud.protectable(reference, in: cluster, for: caller)
                output.protectedTasks!.append(ECS.ProtectedTask(id, in: cloud))
            } catch { output.failures!.append(error.failure) }
        }
        return output
    }
}
