import CloudAPI

extension ECS.ListTasks: Handled {
    /// Those whose desired status is RUNNING unless asked otherwise. Source: ecs.md section 25.8.
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let cluster = try cloud.cluster(cluster, for: caller)
        if startedBy != nil, serviceName != nil || family != nil { throw .startedByMustStandAlone }
        var tasks: [TaskID] = []
        if let serviceName {
            let id = try cloud.service(serviceName, in: cluster, for: caller)
            let service = cloud.containers.services[id]
            tasks = service.tasks + service.stoppedTasks
        } else {
            tasks = cloud.containers.clusters[cluster].standaloneTasks
            for (_, id) in cloud.containers.clusters[cluster].serviceIDs.sorted {
                tasks +=
                    cloud.containers.services[id].tasks
                    + cloud.containers.services[id].stoppedTasks
            }
        }

        let wanted = (desiredStatus ?? .running)
        let found = tasks.sorted().filter { matches($0, wanted, in: cloud) }
        let (ids, next) = try page(found, token: nextToken, limit: maxResults)
        return Output(taskArns: ids.map { cloud.arn($0) }, nextToken: next)
    }

    private func matches(_ id: TaskID, _ wanted: ECS.DesiredStatus, in cloud: Cloud) -> Bool {
        let task = cloud.containers.tasks[id]
        if wanted == .pending || containerInstance != nil || daemonName != nil { return false }
        if task.isWanted != (wanted == .running) { return false }
        if let family, cloud.containers.taskDefinitions[task.definition].family != family {
            return false
        }
        if let startedBy {
            let name = task.startedBy ?? task.deployment.map { cloud.name(of: $0) }
            if name != startedBy { return false }
        }
        return launchType == nil || launchType == .fargate
    }
}
