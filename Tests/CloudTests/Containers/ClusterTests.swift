import CloudAPI
import Foundation
import Simulation
import Testing

@testable import Cloud

@Suite struct AccountSettingTests {
    let live = LiveCloud()
    let user = "arn:aws:iam::000000000000:user/a"

    func value(_ principal: String? = nil) throws -> String? {
        try live.ecs.listAccountSettings(
            name: .containerInsights, principalArn: principal, effectiveSettings: true
        ).settings?.first?.value
    }

    @Test func aUserHasTheAccountsValueUntilThereIsItsOwn() throws {
        #expect(try value(user) == "disabled")
        try live.ecs.putAccountSettingDefault(name: .containerInsights, value: "enabled")
        #expect(try value(user) == "enabled")
        try live.ecs.putAccountSetting(
            name: .containerInsights, value: "enhanced", principalArn: user)
        #expect(try value(user) == "enhanced")
        #expect(try value() == "enabled")
        try live.ecs.deleteAccountSetting(name: .containerInsights, principalArn: user)
        #expect(try value(user) == "enabled")
    }

    @Test func onlyWhatWasSetIsListedUnlessAskedOtherwise() throws {
        #expect(try live.ecs.listAccountSettings().settings?.isEmpty == true)
        try live.ecs.putAccountSetting(name: .awsvpcTrunking, value: "enabled")
        let set = try live.ecs.listAccountSettings().settings
        #expect(set?.map(\.name) == [.awsvpcTrunking])
        let first = try live.ecs.listAccountSettings(effectiveSettings: true)
        let rest = try live.ecs.listAccountSettings(
            effectiveSettings: true, nextToken: first.nextToken)
        #expect(first.settings?.count == 10)
        #expect(rest.settings?.map(\.name) == [.taskLongArnFormat])
        #expect(rest.nextToken == nil)
    }

    @Test func aNewClusterTakesTheAccountsInsights() throws {
        try live.ecs.putAccountSetting(name: .containerInsights, value: "enhanced")
        let one = try live.ecs.createCluster(clusterName: "one").cluster
        #expect(one?.settings?.first?.value == "enhanced")
        let two = try live.ecs.createCluster(
            clusterName: "two", settings: [.init(name: .containerInsights, value: "disabled")]
        ).cluster
        #expect(two?.settings?.first?.value == "disabled")
    }
}

@Suite struct CapacityProviderTests {
    let dock: Dock
    let both = ["FARGATE", "FARGATE_SPOT"]

    init() throws {
        dock = try Dock()
        try dock.define()
    }

    func strategy(_ base: Int, _ weights: Int...) -> [ECS.CapacityProviderStrategyItem] {
        zip(both, weights).map {
            .init(capacityProvider: $0, weight: $1, base: $0 == "FARGATE" ? base : 0)
        }
    }

    func providers() throws -> [String: Int] {
        let names = try dock.tasks().map { $0.capacityProviderName ?? "none" }
        return Dictionary(names.map { ($0, 1) }, uniquingKeysWith: +)
    }

    @Test func fargateIsThereInEveryAccount() throws {
        let all = try dock.ecs.describeCapacityProviders()
        #expect(all.capacityProviders?.map(\.name) == both)
        #expect(all.capacityProviders?.map(\.status) == [.active, .active])
    }

    @Test func providersAreMadeChangedTaggedAndTakenAway() throws {
        let made = try dock.ecs.createCapacityProvider(
            name: "own", autoScalingGroupProvider: ContainersWorld.group,
            tags: [.init(key: "a", value: "1")]
        ).capacityProvider!
        #expect(made.updateStatus == .createComplete)
        #expect(made.autoScalingGroupProvider?.managedScaling?.targetCapacity == 100)
        let arn = try #require(made.capacityProviderArn)
        #expect(arn == "arn:aws:ecs:us-east-1:000000000000:capacity-provider/own")
        try dock.ecs.tagResource(resourceArn: arn, tags: [.init(key: "b", value: "2")])
        let found = try dock.ecs.describeCapacityProviders(
            capacityProviders: [arn, "none"], include: [.tags])
        #expect(found.capacityProviders?.first?.tags?.map(\.key) == ["a", "b"])
        #expect(found.failures?.map(\.reason) == ["MISSING"])
        let changed = try dock.ecs.updateCapacityProvider(
            name: "own",
            autoScalingGroupProvider: .init(managedScaling: .init(targetCapacity: 80))
        ).capacityProvider
        #expect(changed?.autoScalingGroupProvider?.managedScaling?.targetCapacity == 80)
        #expect(changed?.autoScalingGroupProvider?.managedScaling?.instanceWarmupPeriod == 300)
        try dock.ecs.deleteCapacityProvider(capacityProvider: "own")
        #expect(try dock.ecs.describeCapacityProviders().capacityProviders?.count == 2)
    }

    @Test func aStrategySpreadsTasksByBaseAndWeight() throws {
        try dock.ecs.putClusterCapacityProviders(
            cluster: "c", capacityProviders: both,
            defaultCapacityProviderStrategy: strategy(2, 1, 3))
        let service = try dock.ecs.createService(
            cluster: "c", serviceName: "web", taskDefinition: "app", desiredCount: 6,
            networkConfiguration: dock.network
        ).service!
        #expect(service.launchType == nil)
        #expect(service.capacityProviderStrategy?.map(\.capacityProvider) == both)
        dock.live.run(for: .minutes(5))
        // Two for the base; of the other four, one and three.
        #expect(try providers() == ["FARGATE": 3, "FARGATE_SPOT": 3])
        #expect(try dock.tasks().allSatisfy { $0.launchType == .fargate })
    }

    @Test func aTaskTakesTheClustersStrategyIfNothingIsSaid() throws {
        try dock.ecs.createCluster(
            clusterName: "spot", capacityProviders: both,
            defaultCapacityProviderStrategy: strategy(0, 0, 1))
        let tasks = try dock.ecs.runTask(
            cluster: "spot", count: 2, networkConfiguration: dock.network, taskDefinition: "app"
        ).tasks
        #expect(tasks?.map(\.launchType) == [.fargate, .fargate])
        let arns = tasks!.map { $0.taskArn! }
        let seen = try dock.ecs.describeTasks(cluster: "spot", tasks: arns).tasks
        #expect(seen?.map(\.capacityProviderName) == ["FARGATE_SPOT", "FARGATE_SPOT"])
    }

    @Test func aServiceMovesToAnotherProviderWithItsNextDeployment() throws {
        try dock.ecs.putClusterCapacityProviders(
            cluster: "c", capacityProviders: both, defaultCapacityProviderStrategy: [])
        try dock.serve()
        dock.live.run(for: .minutes(5))
        #expect(try providers() == ["none": 1])
        try dock.ecs.updateService(
            cluster: "c", service: "web", capacityProviderStrategy: strategy(0, 0, 1))
        dock.live.run(for: .minutes(5))
        #expect(try providers() == ["none": 1])
        try dock.update(force: true)
        dock.live.run(for: .minutes(10))
        #expect(try providers() == ["FARGATE_SPOT": 1])
    }
}

@Suite struct ClusterTests {
    let live = LiveCloud()

    @Test func aClusterKeepsWhatItIsToldAndShowsItWhenAsked() throws {
        try live.ecs.createCluster(clusterName: "c")
        try live.ecs.updateCluster(
            cluster: "c", settings: [.init(name: .containerInsights, value: "enabled")],
            configuration: .init(executeCommandConfiguration: .init(logging: .default)),
            serviceConnectDefaults: .init(namespace: "internal"))
        let plain = try live.ecs.describeClusters(clusters: ["c"]).clusters!.first!
        #expect(plain.configuration == nil && plain.settings?.isEmpty == true)
        #expect(plain.serviceConnectDefaults?.namespace == "internal")
        let whole = try live.ecs.describeClusters(
            clusters: ["c"], include: [.configurations, .settings]
        ).clusters!.first!
        #expect(whole.configuration?.executeCommandConfiguration?.logging == .default)
        #expect(whole.settings?.first?.value == "enabled")
        #expect(
            try live.ecs.listServicesByNamespace(namespace: "internal").serviceArns?.isEmpty
                == true)
        try live.ecs.updateCluster(cluster: "c", serviceConnectDefaults: .init(namespace: ""))
        let after = try live.ecs.describeClusters(clusters: ["c"]).clusters!.first!
        #expect(after.serviceConnectDefaults == nil)
    }

    @Test func thereAreNoInstancesAndNoTaskSets() throws {
        let dock = try Dock()
        try dock.define()
        try dock.serve()
        let ecs = dock.ecs
        #expect(try ecs.listContainerInstances(cluster: "c").containerInstanceArns == [])
        #expect(
            try ecs.listAttributes(cluster: "c", targetType: .containerInstance).attributes?.isEmpty
                == true)
        let asked = try ecs.describeContainerInstances(cluster: "c", containerInstances: ["a"])
        #expect(asked.failures?.map(\.reason) == ["MISSING"])
        #expect(
            asked.failures?.map(\.arn)
                == ["arn:aws:ecs:us-east-1:000000000000:container-instance/c/a"])
        let drained = try ecs.updateContainerInstancesState(
            cluster: "c", containerInstances: ["a"], status: .draining)
        #expect(drained.failures?.count == 1)
        let sets = try ecs.describeTaskSets(
            cluster: "c", service: "web", taskSets: ["ecs-svc/1"])
        #expect(
            sets.failures?.map(\.arn)
                == ["arn:aws:ecs:us-east-1:000000000000:task-set/c/web/ecs-svc/1"])
        #expect(try ecs.describeTaskSets(cluster: "c", service: "web").taskSets?.isEmpty == true)
        #expect(
            try ecs.discoverPollEndpoint(cluster: "c").endpoint
                == "https://ecs-a-1.us-east-1.amazonaws.com/")
    }

    @Test func aReportOfAnAgentChangesNothing() throws {
        try live.ecs.createCluster()
        let before = try saved(live.cloud)
        #expect(try live.ecs.submitTaskStateChange(task: "a").acknowledgment == "ACK")
        #expect(try live.ecs.submitContainerStateChange(task: "a").acknowledgment == "ACK")
        #expect(try live.ecs.submitAttachmentStateChanges(attachments: []).acknowledgment == "ACK")
        #expect(try saved(live.cloud) == before)
    }
}

/// What comes and goes between two pages makes nothing appear twice and leaves nothing out.
@Suite struct ListPageTests {
    let live = LiveCloud()

    @Test func clusters() throws {
        for name in ["a", "b", "c", "d"] { try live.ecs.createCluster(clusterName: name) }
        let first = try live.ecs.listClusters(maxResults: 2)
        try live.ecs.deleteCluster(cluster: "a")
        let rest = try live.ecs.listClusters(nextToken: first.nextToken, maxResults: 2)
        #expect(
            (first.clusterArns! + rest.clusterArns!).map { $0.split(separator: "/").last! }
                == ["a", "b", "c", "d"])
        #expect(rest.nextToken == nil)
    }

    @Test func revisionsUpAndDown() throws {
        let dock = try Dock()
        for _ in 0..<12 { try dock.define("b") }
        try dock.define("a")
        func all(_ sort: ECS.SortOrder, _ prefix: String? = nil) throws -> [Substring] {
            var (token, names): (String?, [Substring]) = (nil, [])
            repeat {
                let page = try dock.ecs.listTaskDefinitions(
                    familyPrefix: prefix, sort: sort, nextToken: token, maxResults: 5)
                names += page.taskDefinitionArns!.map { $0.split(separator: "/").last! }
                token = page.nextToken
            } while token != nil
            return names
        }
        let up = ["a:1"] + (1...12).map { "b:\($0)" }
        #expect(try all(.asc).map(String.init) == up)
        #expect(try all(.desc).map(String.init) == up.reversed())
        #expect(try all(.desc, "b").count == 12)
        let families = try dock.ecs.listTaskDefinitionFamilies(maxResults: 1)
        #expect(families.families == ["a"])
        let more = try dock.ecs.listTaskDefinitionFamilies(nextToken: families.nextToken)
        #expect(more.families == ["b"])
    }

    @Test func servicesAndTasks() throws {
        let dock = try Dock()
        try dock.define()
        for index in 0..<12 {
            try dock.ecs.createService(
                cluster: "c", serviceName: "s\(10 + index)", taskDefinition: "app",
                desiredCount: 0, launchType: .fargate, networkConfiguration: dock.network)
        }
        let first = try dock.ecs.listServices(cluster: "c")
        #expect(first.serviceArns?.count == 10)
        try dock.ecs.deleteService(cluster: "c", service: "s10")
        let rest = try dock.ecs.listServices(cluster: "c", nextToken: first.nextToken)
        #expect(rest.serviceArns?.map { $0.split(separator: "/").last! } == ["s20", "s21"])
        try dock.ecs.runTask(
            cluster: "c", count: 3, launchType: .fargate, networkConfiguration: dock.network,
            taskDefinition: "app")
        let one = try dock.ecs.listTasks(cluster: "c", maxResults: 2)
        let two = try dock.ecs.listTasks(cluster: "c", nextToken: one.nextToken, maxResults: 2)
        #expect(Set(one.taskArns! + two.taskArns!).count == 3)
    }
}
