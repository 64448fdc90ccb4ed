import CloudAPI
import Testing

@testable import Rehearsal

/// What is found in scripts that differ by one call. fixtures/scripts/mistakes has real scripts.
@Suite struct FindingsTests {
    struct Story: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// Whether the script ends with status 0.
        var saysSuccess = true
        var findings: [String] = []
        var play: @Sendable (Script) async throws -> Void

        init(
            _ name: String, _ findings: String..., saysSuccess: Bool = true,
            play: @escaping @Sendable (Script) async throws -> Void
        ) {
            testDescription = name
            self.findings = findings
            self.saysSuccess = saysSuccess
            self.play = play
        }
    }

    @Test(arguments: checks + images + existence + regions + refusals + tasks)
    func findings(of story: Story) async throws {
        let script = try Script()
        try await story.play(script)
        let found = await script.findings(saysSuccess: story.saysSuccess)
        #expect(found == story.findings)
    }

    private static func described(_ names: String...) -> ECS.DescribeServices {
        ECS.DescribeServices(cluster: Script.cluster, services: names)
    }

    private static func updated(_ service: String, in cluster: String) -> ECS.UpdateService {
        ECS.UpdateService(cluster: cluster, service: service, desiredCount: 2)
    }

    static let checks: [Story] = [
        Story("nothing is asked", "nothing-checked") {
            try await $0.push("latest")
            await $0.force()
        },
        Story("another service is asked for", "nothing-checked") {
            try await $0.push("latest")
            await $0.force()
            await $0.call(described("orders"))
        },
        Story("it is asked for before the update", "nothing-checked") {
            try await $0.push("latest")
            await $0.call(described(Script.service))
            await $0.force()
        },
        Story("it is asked for by its ARN") {
            try await $0.push("latest")
            let arn = await $0.force()?.serviceArn ?? ""
            await $0.call(described("orders", arn))
        },
        Story("nothing is asked, and the script says that it failed", saysSuccess: false) {
            try await $0.push("latest")
            await $0.force()
        },
        Story("nothing is asked of what is deleted then") {
            try await $0.push("latest")
            await $0.force()
            await $0.call(
                ECS.DeleteService(cluster: Script.cluster, service: Script.service, force: true))
        },
        Story("a rollback is taken for a success", "success-after-failure") {
            try await $0.push("latest", labels: "drydock.health=500")
            await $0.force(breaker: true)
            await $0.stable()
        },
        Story("a rollback is told", saysSuccess: false) {
            try await $0.push("latest", labels: "drydock.health=500")
            await $0.force(breaker: true)
            await $0.stable()
        },
        Story("a rollback is followed by a deployment that succeeds") {
            try await $0.push("latest", labels: "drydock.health=500")
            await $0.force(breaker: true)
            await $0.stable()
            try await $0.push("latest", version: "v3")
            await $0.force(breaker: true)
            await $0.stable()
        },
        Story("healthy targets are waited for", "waiter-while-mixed") {
            try await targetsAreWaitedFor($0)
        },
        Story("healthy targets are waited for, and then one deployment") {
            try await targetsAreWaitedFor($0)
            await $0.stable()
        },
    ]

    private static func targetsAreWaitedFor(_ script: Script) async throws {
        try await script.push("latest")
        let loads = await script.force()?.loadBalancers
        let health = ELBv2.DescribeTargetHealth(
            targetGroupArn: try #require(loads?.first?.targetGroupArn))
        while await script.call(health)?.targetHealthDescriptions?.count == 1 {
            await script.wait(1)
        }
        await script.call(health, isWaiting: true)
    }

    static let images: [Story] = [
        Story("the same image again", "forced-without-new-image") {
            await $0.force()
            await $0.stable()
        },
        Story("the same image, in another revision") { script in
            let found = await script.call(
                ECS.DescribeTaskDefinition(taskDefinition: Script.service))
            let old = try #require(found?.taskDefinition)
            let new = await script.call(
                ECS.RegisterTaskDefinition(
                    family: Script.service, executionRoleArn: old.executionRoleArn,
                    networkMode: old.networkMode,
                    containerDefinitions: try #require(old.containerDefinitions),
                    requiresCompatibilities: old.requiresCompatibilities, cpu: "512",
                    memory: "1024"))
            await script.force(
                definition: try #require(new?.taskDefinition?.taskDefinitionArn))
            await script.stable()
        },
        Story("a tag that nothing names", "forced-without-new-image", "image-never-used") {
            try await $0.push("release-7")
            await $0.force()
            await $0.stable()
        },
        Story("a tag that nothing names, after the deployment") {
            try await $0.push("latest")
            await $0.force()
            await $0.stable()
            try await $0.push("release-7", version: "v3")
        },
        Story("an image that another one replaces before the deployment") {
            try await $0.push("latest")
            try await $0.push("latest", version: "v3")
            await $0.force()
            await $0.stable()
        },
    ]

    static let existence: [Story] = [
        Story("described, MISSING, and updated", "existence-by-status", saysSuccess: false) {
            await $0.call(described("orders"))
            await $0.call(updated("orders", in: Script.cluster))
        },
        Story("another one is MISSING", saysSuccess: false) {
            await $0.call(described("bills"))
            await $0.call(updated("orders", in: Script.cluster))
        },
        Story("updated without a question", saysSuccess: false) {
            await $0.call(updated("orders", in: Script.cluster))
        },
        Story("the cluster is MISSING", "existence-by-status", saysSuccess: false) {
            await $0.call(ECS.DescribeClusters(clusters: ["shop"]))
            await $0.call(updated("orders", in: "shop"))
        },
        Story("INACTIVE, and updated", "existence-by-status", saysSuccess: false) {
            await $0.call(
                ECS.DeleteService(cluster: Script.cluster, service: Script.service, force: true))
            await $0.wait(600)
            await $0.call(described(Script.service))
            await $0.call(updated(Script.service, in: Script.cluster))
        },
    ]

    static let regions: [Story] = [
        Story("a cluster of another region", "region-on-some-calls", saysSuccess: false) {
            await $0.call(
                ECR.DescribeRepositories(repositoryNames: [Script.repository]))
            await $0.call(updated(Script.service, in: Script.cluster), in: "eu-west-1")
        },
        Story("a cluster of no region", saysSuccess: false) {
            await $0.call(
                ECR.DescribeRepositories(repositoryNames: [Script.repository]))
            await $0.call(updated("orders", in: "shop"), in: "eu-west-1")
        },
        Story("two regions on purpose") {
            await $0.call(described(Script.service))
            await $0.call(ECS.CreateCluster(clusterName: "shop"), in: "eu-west-1")
        },
    ]

    static let refusals: [Story] = [
        Story("a refused change", "refusal-ignored") {
            await $0.call(updated("orders", in: Script.cluster))
        },
        Story("a refused change that the script tells", saysSuccess: false) {
            await $0.call(updated("orders", in: Script.cluster))
        },
        Story("a refused question") {
            await $0.call(ECR.DescribeRepositories(repositoryNames: ["none"]))
        },
        Story("what is there already") {
            await $0.call(ECR.CreateRepository(repositoryName: Script.repository))
        },
        Story("what is gone already") {
            await $0.call(ECR.DeleteRepository(repositoryName: "none"))
        },
        Story("a second attempt that succeeds") {
            await $0.call(updated("orders", in: Script.cluster))
            await $0.call(updated(Script.service, in: Script.cluster))
        },
    ]

    static let tasks: [Story] = [
        Story("the first of old and new", "first-task-taken") {
            let tasks = try await oldAndNew($0).tasks
            await $0.call(ECS.DescribeTasks(cluster: Script.cluster, tasks: [tasks[0]]))
        },
        Story("all of them") {
            let tasks = try await oldAndNew($0).tasks
            await $0.call(ECS.DescribeTasks(cluster: Script.cluster, tasks: tasks))
        },
        Story("the first of the new ones") {
            let deployment = try await oldAndNew($0).deployment
            let tasks = await $0.tasks(startedBy: deployment)
            await $0.call(ECS.DescribeTasks(cluster: Script.cluster, tasks: [tasks[0]]))
        },
        Story("the old one is stopped", "every-task-stopped") {
            try await $0.push("latest")
            await $0.force()
            await stopAll($0)
            await $0.stable()
        },
        Story("old and new are stopped, one after the other", "every-task-stopped") {
            _ = try await oldAndNew($0)
            await stopAll($0)
            await $0.stable()
        },
        Story("the old one is stopped before the deployment") {
            try await $0.push("latest")
            await stopAll($0)
            await $0.force()
            await $0.stable()
        },
        Story("the old one is stopped once the new one answers") {
            try await targetsAreWaitedFor($0)
            for task in await $0.tasks().prefix(1) {
                await $0.call(ECS.StopTask(cluster: Script.cluster, task: task))
            }
            await $0.stable()
        },
    ]

    private static func oldAndNew(
        _ script: Script
    ) async throws -> (tasks: [String], deployment: String?) {
        try await script.push("latest")
        let service = await script.force()
        await script.wait(30)
        let tasks = await script.tasks()
        try #require(tasks.count == 2)
        return (tasks, service?.deployments?.first?.id)
    }

    private static func stopAll(_ script: Script) async {
        for task in await script.tasks() {
            await script.call(ECS.StopTask(cluster: Script.cluster, task: task))
        }
    }
}
