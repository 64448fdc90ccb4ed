import CloudAPI
import Simulation

extension ECS.RunTask: Handled {
    /// Starts tasks that belong to no service. Source: ecs.md section 25.1.
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let cluster = try cloud.cluster(cluster, for: caller)
        let definition = try cloud.runnableDefinition(
            taskDefinition, for: caller, inactive: .taskDefinitionInactiveToRun)
        try cloud.checkLaunchType(launchType, strategy: capacityProviderStrategy, definition)
        let count = count ?? 1
        guard (1...10).contains(count) else { throw .countInvalid }
        guard
            let place = try cloud.networkConfiguration(
                networkConfiguration, for: definition, caller)
        else { throw .networkConfigurationMissing }

        var output = Output(tasks: [], failures: [])
        let family = cloud.containers.taskDefinitions[definition].family
        let containers = cloud.containers.taskDefinitions[definition].containers
        for index in 0..<count {
            guard let subnet = cloud.subnetWithRoom(place.subnets, from: index) else {
                output.failures!.append(ECS.Failure(reason: "RESOURCE:ENI"))
                continue
            }
            let task = cloud.launch(
                Containers.Task(
                    cluster: cluster, definition: definition, service: nil, deployment: nil,
                    createdAt: cloud.now, subnet: subnet,
                    containers: containers.map { _ in Containers.Container() },
                    startedBy: startedBy, group: group ?? "family:\(family)",
                    hasPublicAddress: place.assignsPublicAddress,
                    securityGroups: place.securityGroups,
                    tags: (tags ?? []).map(ResourceTag.init)))
            cloud.containers.clusters[cluster].standaloneTasks.append(task)
            cloud.record(.containers(.taskMoved(task, from: nil, to: .provisioning)))
            cloud.live(task)
            output.tasks!.append(ECS.Task(task, in: cloud, withTags: true))
        }
        return output
    }
}
