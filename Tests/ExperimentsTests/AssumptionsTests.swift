import Cloud
import CloudAPI
import Simulation
import Testing

@testable import Experiments

@Suite struct AssumptionsTests {
    /// Makes what a call takes for granted, and then the call.
    static func perform(
        _ operation: any APIOperation, on live: LiveCloud
    ) -> [String] {
        Assumptions.make(for: operation, on: live).map { "\($0.kind) \($0.name)" }
    }

    static let update = ECS.UpdateService(
        cluster: "shop", service: "orders", forceNewDeployment: true)

    @Test func aServiceIsTwoTasksOfVersionOneBehindALoadBalancer() throws {
        let live = LiveCloud()
        #expect(
            Self.perform(Self.update, on: live) == [
                "cluster shop", "repository orders", "role ecsTaskExecutionRole",
                "task definition orders:1", "service orders",
            ])
        let found = try live.ecs.describeServices(cluster: "shop", services: ["orders"])
        let service = try #require(found.services?.first)
        #expect(service.runningCount == 2 && service.desiredCount == 2)
        #expect(service.deployments?.map(\.rolloutState) == [.completed])
        #expect(service.loadBalancers?.count == 1)
        // What is there is not made again.
        #expect(Self.perform(Self.update, on: live).isEmpty)
        try live.ecs.updateService(
            cluster: "shop", service: "orders", desiredCount: nil, forceNewDeployment: true)
    }

    @Test func whatWasPushedBeforeIsTheNewVersion() throws {
        let live = LiveCloud()
        var push = ECR.PutImage(repositoryName: "orders", imageManifest: "{}")
        push.imageTag = "latest"
        #expect(Self.perform(push, on: live) == ["repository orders"])
        let new = try live.push(ImageBuild(version: "v2"), to: "orders", tag: "latest")
        _ = Self.perform(Self.update, on: live)
        func running() -> Set<String> {
            Set(
                live.cloud.containers.tasks.values.filter { $0.status == .running }
                    .compactMap { $0.containers[0].digest })
        }
        let old = running()
        #expect(old.count == 1 && !old.contains(new))
        _ = try live.perform(Self.update)
        live.run(for: .minutes(20))
        #expect(running() == [new])
    }

    @Test func aFamilyIsTheRegisteredOneWithItsFormerImage() throws {
        let live = LiveCloud()
        let image = "000000000000.dkr.ecr.us-east-1.amazonaws.com/orders"
        let register = ECS.RegisterTaskDefinition(
            family: "orders", executionRoleArn: "ecsTaskExecutionRole", networkMode: .awsvpc,
            containerDefinitions: [
                ECS.ContainerDefinition(
                    name: "web", image: "\(image):7",
                    portMappings: [ECS.PortMapping(containerPort: 3000)])
            ], requiresCompatibilities: [.fargate], cpu: "256", memory: "512")
        #expect(
            Self.perform(register, on: live) == [
                "role ecsTaskExecutionRole", "repository orders", "task definition orders:1",
            ])
        let first = try live.ecs.describeTaskDefinition(taskDefinition: "orders:1").taskDefinition
        #expect(first?.containerDefinitions?[0].image?.hasSuffix("/orders:assumed-v1") == true)
        #expect(first?.containerDefinitions?[0].portMappings?[0].containerPort == 3000)
    }

    @Test func whatWasDeletedIsNotMadeAgain() throws {
        let live = LiveCloud()
        try live.ecs.createCluster(clusterName: "shop")
        try live.ecs.deleteCluster(cluster: "shop")
        #expect(
            Self.perform(ECS.DescribeClusters(clusters: ["shop"]), on: live).isEmpty)
    }

    @Test(
        arguments: [
            (ECS.ListClusters() as any APIOperation, []),
            (
                ECS.DescribeServices(
                    cluster: "arn:aws:ecs:us-east-1:000000000000:cluster/a", services: ["b", "c"]),
                [
                    Wanted.service("b", cluster: "a", definition: nil),
                    .service("c", cluster: "a", definition: nil),
                ]
            ),
            (
                ECS.UpdateService(
                    service: "arn:aws:ecs:us-east-1:000000000000:service/a/b", taskDefinition: "f:3"
                ),
                [.service("b", cluster: "a", definition: "f:3")]
            ),
            (IAM.GetRole(roleName: "r"), [.role("r")]),
            (ECS.DescribeTaskDefinition(taskDefinition: "f:12"), [.family("f")]),
        ] as [(any APIOperation, [Wanted])])
    func knowsWhatACallNames(operation: any APIOperation, wanted: [Wanted]) {
        #expect(Wanted.by(operation) == wanted)
    }

    @Test func aClassAccountHasItsRole() throws {
        let place = Place(account: "123456789012", region: "eu-central-1")
        let cloud = try StartingPoint.learnerLab.cloud(
            seed: 1, idSeed: 1, epoch: Timestamp(seconds: 0), place: place)
        let live = LiveCloud(cloud, as: Caller(place: place))
        #expect(
            try live.iam.getRole(roleName: "LabRole").role?.arn
                == "arn:aws:iam::123456789012:role/LabRole")
    }
}
