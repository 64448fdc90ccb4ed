import CloudAPI
import Simulation

extension ECS.ProtectedTask {
    init(_ id: TaskID, in cloud: borrowing Cloud) {
        let end = cloud.isProtected(id) ? cloud.containers.protectedUntil[id] : nil
        self.init(
            taskArn: cloud.arn(id), protectionEnabled: end != nil,
            expirationDate: end.map { cloud.calendar($0) })
    }
}

extension Cloud {
    /// Why a task cannot be protected, as one of the `failures` of an answer.
    struct NotProtectable: Error {
        var arn: String
        var reason: String
        var failure: ECS.Failure { ECS.Failure(arn: arn, reason: reason) }
    }

    /// Finds a task that can be under protection: one of a service, which is to run.
    /// Source: ecs.md section 25.10.
    func protectable(
        _ reference: String, in cluster: ClusterID, for caller: Caller
    ) throws(NotProtectable) -> TaskID {
        guard let id = findTask(reference, in: cluster, for: caller) else {
            let (place, name) = (caller.place, containers.clusters[cluster].name)
            let arn =
                reference.hasPrefix("arn:")
                ? reference
                : "arn:aws:ecs:\(place.region):\(place.account):task/\(name)/\(reference)"
            throw NotProtectable(arn: arn, reason: "MISSING")
        }
        guard containers.tasks[id].service != nil, containers.tasks[id].isWanted else {
            throw NotProtectable(arn: arn(id), reason: "TASK_NOT_VALID")
        }
        return id
    }

    /// The tasks of a cluster's services that are to run.
    func serviceTasks(in cluster: ClusterID) -> [TaskID] {
        containers.clusters[cluster].serviceIDs.sorted.flatMap { entry in
            containers.services[entry.value].tasks.filter { containers.tasks[$0].isWanted }
        }
    }
}
