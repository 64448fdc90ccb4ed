import CloudAPI
import Simulation

extension ECS.UpdateTaskProtection: Handled {
    /// For two hours, if nothing else is said. Source: ecs.md section 25.10.
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let cluster = try cloud.cluster(cluster, for: caller)
        guard !tasks.isEmpty else { throw .tasksEmpty }
        guard tasks.count <= 10 else { throw .tooMany("tasks", limit: 10) }
        guard (1...2880).contains(expiresInMinutes ?? 1) else { throw .protectionTimeInvalid }
        guard protectionEnabled || expiresInMinutes == nil else {
            throw .protectionTimeWithoutProtection
        }
        let end = protectionEnabled ? cloud.now + .minutes(expiresInMinutes ?? 120) : nil

        var output = Output(protectedTasks: [], failures: [])
        for reference in tasks {
            do throws(Cloud.NotProtectable) {
                let id = try cloud.protectable(reference, in: cluster, for: caller)
                if protectionEnabled, cloud.protectionIsBlocked(of: id) {
                    throw Cloud.NotProtectable(arn: cloud.arn(id), reason: "DEPLOYMENT_BLOCKED")
                }
                cloud.protect(id, until: end)
                output.protectedTasks!.append(ECS.ProtectedTask(id, in: cloud))
            } catch { output.failures!.append(error.failure) }
        }
        return output
    }
}
