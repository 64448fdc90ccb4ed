import CloudAPI
import Simulation
import Testing

@testable import Cloud

/// What RegisterTaskDefinition and its relatives refuse. Texts: ecs.md sections 5 to 7.
@Suite struct DefinitionRefusalTests {
    private typealias Case = ContainersRefusal

    @Test(arguments: sizes + containers + names) func refusal(_ c: ContainersRefusal) throws {
        try c.check()
    }

    private static let client = "ClientException"

    static let sizes: [ContainersRefusal] = [
        Case(
            "a pair of sizes that Fargate does not have", client,
            "No Fargate configuration exists for given values: 256 CPU, 4096 memory. See the "
                + "Amazon ECS documentation for the valid values."
        ) { try $0.define(memory: "4096") },
        Case("no cpu", client, "Fargate requires that 'cpu' be defined at the task level.") {
            try $0.define(cpu: nil)
        },
        Case("no memory", client, "Fargate requires that 'memory' be defined at the task level.") {
            try $0.define(memory: nil)
        },
        Case("a cpu that is none", client, "Invalid 'cpu' setting for task.") {
            try $0.define(cpu: "much")
        },
        Case("a memory that is none", client, "Invalid 'memory' setting for task.") {
            try $0.define(memory: "much")
        },
        Case(
            "another network mode", client,
            "Fargate only supports network mode \u{2018}awsvpc\u{2019}."
        ) { try $0.define(mode: .bridge) },
        Case(
            "the host's processes", client,
            "Tasks using the Fargate launch type do not support pidMode 'host'. The supported "
                + "value for pidMode is 'task'."
        ) { try $0.define(pid: .host) },
        Case("a small disk", client, "EphemeralStorage size should be at least 21") {
            try $0.define(storage: 20)
        },
        Case("a large disk", client, "EphemeralStorage size should be at most 200") {
            try $0.define(storage: 201)
        },
        Case(
            "an image of ECR without a role", client,
            "Fargate requires task definition to have execution role ARN to support ECR images."
        ) { try $0.define(role: nil) },
        Case(
            "awslogs without a role", client,
            "Fargate requires task definition to have execution role ARN to support log driver "
                + "awslogs."
        ) {
            try $0.define(
                "new",
                [
                    Dock.container {
                        $0.image = "nginx"; $0.logConfiguration = logs()
                    }
                ],
                role: nil)
        },
        Case("more cpu in containers than in the task", client) {
            try $0.define { $0.cpu = 512 }
        },
        Case("more memory in containers than in the task", client) {
            try $0.define { $0.memory = 1024 }
        },
    ]

    private static func logs(
        _ driver: ECS.LogDriver = .awslogs,
        _ options: [(String, String)] = [
            ("awslogs-group", "g"), ("awslogs-region", "us-east-1"), ("awslogs-stream-prefix", "p"),
        ]
    ) -> ECS.LogConfiguration {
        .init(logDriver: driver, options: .init(uniqueKeysWithValues: options))
    }

    static let containers: [ContainersRefusal] = [
        Case("no containers", client, "Container list cannot be empty.") {
            try $0.define("new", [])
        },
        Case("a container without a name", client, "Container.name should not be null or empty.") {
            try $0.define { $0.name = nil }
        },
        Case(
            "a container without an image", client, "Container.image should not be null or empty."
        ) { try $0.define { $0.image = nil } },
        Case("nothing essential", client) { try $0.define { $0.essential = false } },
        Case(
            "another host port", client,
            "When networkMode=awsvpc, the host ports and container ports in port mappings must "
                + "match."
        ) {
            try $0.define { $0.portMappings = [.init(containerPort: 80, hostPort: 81)] }
        },
        Case(
            "another host port on the host's network", client,
            "When networkMode=host, the host ports and container ports in port mappings must match."
        ) {
            try $0.define(
                "new",
                [Dock.container { $0.portMappings = [.init(containerPort: 80, hostPort: 81)] }],
                mode: .host, compatible: [.ec2])
        },
        Case(
            "no memory outside of Fargate", client,
            "Invalid setting for container 'app'. At least one of 'memory' or "
                + "'memoryReservation' must be specified."
        ) { try $0.define(cpu: nil, memory: nil, compatible: [.ec2]) },
        Case("a health check that begins with something else", client) {
            try $0.define { $0.healthCheck = .init(command: ["curl"]) }
        },
        Case("a health check that is too frequent", client) {
            try $0.define { $0.healthCheck = .init(command: ["CMD", "a"], interval: 4) }
        },
        Case(
            "a log driver of another place", client,
            "syslog is not a valid log driver. Must be one of [awslogs,splunk,awsfirelens]"
        ) { try $0.define { $0.logConfiguration = logs(.syslog) } },
        Case(
            "awslogs without a group", client,
            "Log driver awslogs requires options: awslogs-region, awslogs-group"
        ) { try $0.define { $0.logConfiguration = logs(.awslogs, []) } },
        Case(
            "a short time to start", client,
            "Granular start timeout on container 'app' must be at least 2 seconds."
        ) { try $0.define { $0.startTimeout = 1 } },
        Case(
            "a long time to stop", client,
            "Tasks using the Fargate launch type must have a container stop timeout of less than "
                + "120 seconds."
        ) { try $0.define { $0.stopTimeout = 121 } },
        Case(
            "a dependency on nobody", client,
            "Cannot depend on container + 'b' because it does not exist"
        ) { try $0.define { $0.dependsOn = [.init(containerName: "b", condition: .start)] } },
        Case(
            "success of an essential container", client,
            "A dependency container with SUCCESS or COMPLETE condition cannot be an essential "
                + "container"
        ) {
            try $0.define(
                "new",
                [
                    Dock.container {
                        $0.dependsOn = [.init(containerName: "b", condition: .success)]
                    }, Dock.container("b") { $0.portMappings = [] },
                ])
        },
        Case(
            "health of a container without a check", client,
            "A dependency container with HEALTHY condition must have health check configured"
        ) {
            try $0.define(
                "new",
                [
                    Dock.container {
                        $0.dependsOn = [.init(containerName: "b", condition: .healthy)]
                    }, Dock.container("b") { $0.portMappings = [] },
                ])
        },
        Case("a circle of dependencies", client) {
            try $0.define { $0.dependsOn = [.init(containerName: "app", condition: .start)] }
        },
    ]

    static let names: [ContainersRefusal] = [
        Case("a family with a dot", client, "Family contains invalid characters.") {
            try $0.define("a.b")
        },
        Case("no family", client, "Family should not be null or empty.") { try $0.define("") },
        Case("an unknown definition", client, "Unable to describe task definition.") {
            try $0.ecs.describeTaskDefinition(taskDefinition: "none")
        },
        Case("an unknown revision", client, "Unable to describe task definition.") {
            try $0.ecs.describeTaskDefinition(taskDefinition: "app:9")
        },
        Case(
            "a revision that is none", "InvalidParameterException",
            "Invalid revision number. Number: x"
        ) { try $0.ecs.describeTaskDefinition(taskDefinition: "app:x") },
        Case("the end of a family", client, "Revision is missing.") {
            try $0.ecs.deregisterTaskDefinition(taskDefinition: "app")
        },
        Case(
            "the deletion of nothing", "InvalidParameterException",
            "size of TaskDefinition references list must be greater than 0"
        ) { try $0.ecs.deleteTaskDefinitions(taskDefinitions: []) },
        Case(
            "the deletion of eleven", "InvalidParameterException",
            "Size of TaskDefinition references list cannot exceed 10"
        ) {
            try $0.ecs.deleteTaskDefinitions(
                taskDefinitions: Array(repeating: "app:1", count: 11))
        },
        Case("a page of definitions that is none", "InvalidParameterException", "Invalid token.") {
            try $0.ecs.listTaskDefinitions(nextToken: "5")
        },
        Case("a page of families that is none", "InvalidParameterException", "Invalid token.") {
            try $0.ecs.listTaskDefinitionFamilies(nextToken: "!")
        },
    ]

    /// One by one, and the reasons word for word: section 5.8.
    @Test func whatCannotBeDeletedIsAmongTheFailures() throws {
        let world = try ContainersWorld()
        let gone = try world.ecs.deleteTaskDefinitions(
            taskDefinitions: ["app", "none:1", "app:2", "app:1"])
        #expect(
            gone.failures?.map(\.reason) == [
                "The specified task definition identifier is invalid. Specify a valid name or ARN "
                    + "and try again.",
                "The specified task definition does not exist. Specify a valid account, family, "
                    + "revision and try again.",
                "The specified task definition is still in ACTIVE status. Please deregister the "
                    + "target and try again.",
            ])
        #expect(gone.failures?.map(\.arn) == ["app", "none:1", "app:2"])
        #expect(gone.taskDefinitions?.map(\.status) == [.deleteInProgress])
    }
}
