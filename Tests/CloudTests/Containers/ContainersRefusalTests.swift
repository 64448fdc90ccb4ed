import CloudAPI
import Simulation
import Testing

@testable import Cloud

/// The catalogue of ecs.md section 26 and what sections 3, 4, 12, 23, 25 and 31 refuse besides.
@Suite struct ContainersRefusalTests {
    private typealias Case = ContainersRefusal

    @Test(arguments: clusters + services + tasks + instances + providers + settings)
    func refusal(_ c: ContainersRefusal) throws { try c.check() }

    private static let invalid = "InvalidParameterException"
    private static let client = "ClientException"

    static let clusters: [ContainersRefusal] = [
        Case("an unknown cluster", "ClusterNotFoundException", "Cluster not found.") {
            try $0.ecs.listServices(cluster: "none")
        },
        Case(
            "the default cluster that nobody made", "ClusterNotFoundException",
            "Cluster not found."
        ) { try $0.ecs.listTasks() },
        Case(
            "a cluster that was deleted", "ClusterNotFoundException",
            "The referenced cluster was inactive."
        ) { try $0.ecs.updateCluster(cluster: "gone") },
        Case(
            "a cluster with services", "ClusterContainsServicesException",
            "The Cluster cannot be deleted while Services are active."
        ) { try $0.ecs.deleteCluster(cluster: "c") },
        Case(
            "a cluster with tasks", "ClusterContainsTasksException",
            "The Cluster cannot be deleted while Tasks are active."
        ) { try $0.ecs.deleteCluster(cluster: "tasks") },
        Case("a cluster with a dot", invalid) { try $0.ecs.createCluster(clusterName: "a.b") },
        Case("insights of another kind", invalid) {
            try $0.ecs.updateClusterSettings(
                cluster: "c", settings: [.init(name: .containerInsights, value: "some")])
        },
        Case("insights of another kind by UpdateCluster", invalid) {
            try $0.ecs.updateCluster(
                cluster: "c", settings: [.init(name: .containerInsights, value: "some")])
        },
        Case("a page of clusters that is none", invalid, "Invalid token.") {
            try $0.ecs.listClusters(nextToken: "1")
        },
        Case("a page of services that is none", invalid, "Invalid token.") {
            try $0.ecs.listServices(cluster: "c", nextToken: "1")
        },
        Case("a namespace of nobody", "NamespaceNotFoundException") {
            try $0.ecs.listServicesByNamespace(namespace: "none")
        },
        Case("tags of what is no ARN", invalid, "The ARN provided is invalid.") {
            try $0.ecs.listTagsForResource(resourceArn: "c")
        },
        Case("51 tags", invalid) {
            try $0.ecs.tagResource(
                resourceArn: "arn:aws:ecs:us-east-1:000000000000:cluster/c",
                tags: (0..<51).map { .init(key: "k\($0)", value: "") })
        },
    ]

    private static func balancer(_ arn: String, _ name: String = "app", _ port: Int = 80)
        -> [ECS.LoadBalancer]
    { [.init(targetGroupArn: arn, containerName: name, containerPort: port)] }

    static let services: [ContainersRefusal] = [
        Case("a service with other settings", invalid, "Creation of service was not idempotent.") {
            try $0.create("web", count: 7)
        },
        Case(
            "a service that is leaving", invalid,
            "Unable to Start a service that is still Draining."
        ) { try $0.create("leaving") },
        Case("a service without a definition", client, "TaskDefinition not found.") {
            try $0.create(definition: nil)
        },
        Case("a service of an unknown definition", client, "TaskDefinition not found.") {
            try $0.create(definition: "none")
        },
        Case("a service of an old revision", client, "TaskDefinition is inactive") {
            try $0.create(definition: "app:1")
        },
        Case("a change to an old revision", client, "TaskDefinition is inactive") {
            try $0.ecs.updateService(cluster: "c", service: "web", taskDefinition: "app:1")
        },
        Case(
            "a container that is not there", invalid,
            "The container db does not exist in the task definition."
        ) { try $0.create(balancers: balancer("arn:a", "db")) },
        Case(
            "a port that is not there", invalid,
            "The container app did not have a container port 81 defined."
        ) { try $0.create(balancers: balancer("arn:a", "app", 81)) },
        Case(
            "no network", invalid,
            "Network Configuration must be provided when networkMode 'awsvpc' is specified."
        ) { try $0.create(network: .some(nil)) },
        Case("no subnets", invalid, "subnets can not be empty.") {
            try $0.create(network: $0.network(subnets: []))
        },
        Case(
            "an unknown subnet", invalid,
            "Error retrieving subnet information for [subnet-1]: The subnet ID 'subnet-1' does not "
                + "exist (ErrorCode: InvalidSubnetID.NotFound)"
        ) { try $0.create(network: $0.network(subnets: ["subnet-1"])) },
        Case(
            "an unknown security group", invalid,
            "Error retrieving security group information for [sg-1]: The security group 'sg-1' "
                + "does not exist (ErrorCode: InvalidGroup.NotFound)"
        ) {
            try $0.create(
                network: $0.network(
                    subnets: $0.dock.network.awsvpcConfiguration!.subnets!, groups: ["sg-1"]))
        },
        Case("a controller that Drydock does not have", "UnsupportedFeatureException") {
            try $0.create(controller: .init(type: .external))
        },
        Case(
            "a launch type and a strategy", invalid,
            "Specifying both a launch type and capacity provider strategy is not supported. Remove "
                + "one and try again."
        ) { try $0.create(strategy: [.init(capacityProvider: "FARGATE", weight: 1)]) },
        Case("an unknown service", "ServiceNotFoundException", "Service not found.") {
            try $0.ecs.updateService(cluster: "c", service: "none")
        },
        Case("a service that is not active", "ServiceNotActiveException", "Service was not ACTIVE.")
        { try $0.ecs.updateService(cluster: "c", service: "leaving") },
        Case(
            "a service that still has tasks", invalid,
            "The service cannot be stopped while it is scaled above 0."
        ) { try $0.ecs.deleteService(cluster: "c", service: "web") },
        Case("services of no name", invalid) {
            try $0.ecs.describeServices(cluster: "c", services: [])
        },
        Case("a task set of a service under ECS", invalid) {
            try $0.ecs.createTaskSet(service: "web", cluster: "c", taskDefinition: "app")
        },
        Case("a task set of no service", "ServiceNotFoundException", "Service not found.") {
            try $0.ecs.createTaskSet(service: "none", cluster: "c", taskDefinition: "app")
        },
        Case("an unknown deployment to go on", "ServiceDeploymentNotFoundException") {
            try $0.ecs.continueServiceDeployment(
                serviceDeploymentArn: "arn:aws:ecs:us-east-1:000000000000:service-deployment/c/a/b",
                hookId: "a")
        },
        Case("a deployment to go on that does not pause", invalid) {
            let web = try $0.dock.service()
            try $0.ecs.continueServiceDeployment(
                serviceDeploymentArn: web.currentServiceDeployment!, hookId: "a")
        },
        Case("the end of no task set", client, "The specified task set does not exist.") {
            try $0.ecs.deleteTaskSet(cluster: "c", service: "web", taskSet: "ecs-svc/1")
        },
        Case("the size of no task set", client, "The specified task set does not exist.") {
            try $0.ecs.updateTaskSet(
                cluster: "c", service: "web", taskSet: "ecs-svc/1", scale: .init(value: 50))
        },
        Case("no task set as the first", client, "The specified task set does not exist.") {
            try $0.ecs.updateServicePrimaryTaskSet(
                cluster: "c", service: "web", primaryTaskSet: "ecs-svc/1")
        },
        Case(
            "task sets of a service that is not active", "ServiceNotActiveException",
            "Service was not ACTIVE."
        ) { try $0.ecs.describeTaskSets(cluster: "c", service: "leaving") },
    ]

    static let tasks: [ContainersRefusal] = [
        Case("an unknown task", invalid, "The referenced task was not found.") {
            try $0.ecs.stopTask(cluster: "c", task: "0123")
        },
        Case("tasks of no name", invalid, "Tasks cannot be empty.") {
            try $0.ecs.describeTasks(cluster: "c", tasks: [])
        },
        Case("tasks of an unknown service", "ServiceNotFoundException", "Service not found.") {
            try $0.ecs.listTasks(cluster: "c", serviceName: "none")
        },
        Case("a page of tasks that is none", invalid, "Invalid token.") {
            try $0.ecs.listTasks(cluster: "c", nextToken: "!")
        },
        Case("a command in an unknown task", invalid, "The referenced task was not found.") {
            try $0.ecs.executeCommand(cluster: "c", command: "sh", interactive: true, task: "0")
        },
        Case(
            "a command without a terminal", invalid,
            "Interactive is the only mode supported currently."
        ) {
            try $0.ecs.executeCommand(
                cluster: "c", command: "sh", interactive: false, task: $0.task)
        },
        Case(
            "a command without an agent", invalid,
            "The execute command failed because execute command was not enabled when the task was "
                + "run or the execute command agent isn't running. Wait and try again or run a new "
                + "task with execute command enabled and try again."
        ) {
            try $0.ecs.executeCommand(
                cluster: "c", command: "sh", interactive: true, task: $0.task)
        },
        Case(
            "a launch type and a strategy of a task", invalid,
            "Specify either Launch Type or Capacity Provider Strategy, but not both."
        ) {
            try $0.ecs.runTask(
                capacityProviderStrategy: [.init(capacityProvider: "FARGATE", weight: 1)],
                cluster: "c", launchType: .fargate, networkConfiguration: $0.dock.network,
                taskDefinition: "app")
        },
        Case(
            "neither a launch type nor a strategy", invalid,
            "No Container Instances were found in your cluster."
        ) {
            try $0.ecs.runTask(
                cluster: "c", networkConfiguration: $0.dock.network, taskDefinition: "app")
        },
        Case("a report to no cluster", "ClusterNotFoundException", "Cluster not found.") {
            try $0.ecs.submitTaskStateChange(cluster: "none")
        },
    ]

    static let instances: [ContainersRefusal] = [
        Case("instances of no name", client, "Container Instances cannot be empty.") {
            try $0.ecs.describeContainerInstances(cluster: "c", containerInstances: [])
        },
        Case(
            "a state that is none", invalid,
            "Container instance status should be one of [ACTIVE, DRAINING]"
        ) {
            try $0.ecs.updateContainerInstancesState(
                cluster: "c", containerInstances: ["a"], status: "GONE")
        },
        Case("an instance to take away", invalid) {
            try $0.ecs.deregisterContainerInstance(cluster: "c", containerInstance: "a")
        },
        Case("the agent of an instance", invalid) {
            try $0.ecs.updateContainerAgent(cluster: "c", containerInstance: "a")
        },
        Case("an instance to come", "UnsupportedFeatureException") {
            try $0.ecs.registerContainerInstance(cluster: "c")
        },
        Case("attributes of no instance", "TargetNotFoundException") {
            try $0.ecs.putAttributes(
                cluster: "c", attributes: [.init(name: "a", targetId: "0123")])
        },
        Case("eleven attributes", "AttributeLimitExceededException") {
            try $0.ecs.putAttributes(
                cluster: "c", attributes: Array(repeating: .init(name: "a"), count: 11))
        },
        Case("no attributes", invalid) { try $0.ecs.putAttributes(cluster: "c", attributes: []) },
        Case("attributes to delete of no instance", "TargetNotFoundException") {
            try $0.ecs.deleteAttributes(cluster: "c", attributes: [.init(name: "a")])
        },
    ]

    private static func strategy(
        _ items: (String, Int, Int)...
    ) -> [ECS.CapacityProviderStrategyItem] {
        items.map { .init(capacityProvider: $0.0, weight: $0.1, base: $0.2) }
    }
    private static let both = ["FARGATE", "FARGATE_SPOT"]

    static let providers: [ContainersRefusal] = [
        Case("a provider twice", client) {
            try $0.ecs.createCapacityProvider(
                name: "own", autoScalingGroupProvider: ContainersWorld.group)
        },
        Case("a provider whose name AWS keeps", client) {
            try $0.ecs.createCapacityProvider(
                name: "Fargate2", autoScalingGroupProvider: ContainersWorld.group)
        },
        Case("a provider without a group", client) {
            try $0.ecs.createCapacityProvider(name: "new")
        },
        Case("managed instances", "UnsupportedFeatureException") {
            try $0.ecs.createCapacityProvider(name: "new", managedInstancesProvider: .init())
        },
        Case("the change of no provider", client) {
            try $0.ecs.updateCapacityProvider(name: "none")
        },
        Case("the change of FARGATE", client) {
            try $0.ecs.updateCapacityProvider(name: "FARGATE")
        },
        Case("the end of no provider", client) {
            try $0.ecs.deleteCapacityProvider(capacityProvider: "none")
        },
        Case("the end of FARGATE", client) {
            try $0.ecs.deleteCapacityProvider(capacityProvider: "FARGATE")
        },
        Case("the end of a provider in use", client) {
            try $0.ecs.deleteCapacityProvider(capacityProvider: "own")
        },
        Case("an unknown provider for a cluster", invalid) {
            try $0.ecs.putClusterCapacityProviders(
                cluster: "c", capacityProviders: ["none"], defaultCapacityProviderStrategy: [])
        },
        Case(
            "a strategy without its provider", invalid,
            "The specified capacity provider strategy cannot contain a capacity provider that is "
                + "not associated with the cluster. Associate the capacity provider with the "
                + "cluster and try again."
        ) {
            try $0.ecs.putClusterCapacityProviders(
                cluster: "c", capacityProviders: ["FARGATE"],
                defaultCapacityProviderStrategy: strategy(("FARGATE_SPOT", 1, 0)))
        },
        Case("a strategy without weight", invalid) {
            try $0.ecs.putClusterCapacityProviders(
                cluster: "c", capacityProviders: both,
                defaultCapacityProviderStrategy: strategy(("FARGATE", 0, 1)))
        },
        Case("a strategy with two bases", invalid) {
            try $0.ecs.putClusterCapacityProviders(
                cluster: "c", capacityProviders: both,
                defaultCapacityProviderStrategy: strategy(
                    ("FARGATE", 1, 1), ("FARGATE_SPOT", 1, 1)))
        },
        Case("a weight out of range", invalid) {
            try $0.ecs.createCluster(
                clusterName: "new", capacityProviders: both,
                defaultCapacityProviderStrategy: strategy(("FARGATE", 1001, 0)))
        },
        Case("a strategy of both kinds", invalid) {
            try $0.ecs.putClusterCapacityProviders(
                cluster: "c", capacityProviders: ["FARGATE", "own"],
                defaultCapacityProviderStrategy: strategy(("FARGATE", 1, 0), ("own", 1, 0)))
        },
        Case("a service on a provider of another cluster", invalid) {
            try $0.create(launchType: nil, strategy: strategy(("FARGATE", 1, 0)))
        },
        Case("a service on instances", "UnsupportedFeatureException") {
            try $0.create(
                launchType: nil, strategy: strategy(("own", 1, 0)), cluster: "with-own")
        },
        Case("tags of no provider", client) {
            try $0.ecs.listTagsForResource(
                resourceArn: "arn:aws:ecs:us-east-1:000000000000:capacity-provider/none")
        },
    ]

    static let settings: [ContainersRefusal] = [
        Case("a setting that is none", invalid) {
            try $0.ecs.putAccountSetting(name: "colour", value: "red")
        },
        Case("a setting's value that is none", invalid) {
            try $0.ecs.putAccountSettingDefault(name: .containerInsights, value: "red")
        },
        Case("a setting that AWS keeps", invalid) {
            try $0.ecs.putAccountSetting(name: .guardDutyActivate, value: "on")
        },
        Case("a setting to take away that is none", invalid) {
            try $0.ecs.deleteAccountSetting(name: "colour")
        },
        Case("a value without a setting", invalid) {
            try $0.ecs.listAccountSettings(value: "enabled")
        },
        Case("settings that are none", invalid) {
            try $0.ecs.listAccountSettings(name: "colour")
        },
    ]
}
