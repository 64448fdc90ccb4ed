import Cloud
import CloudAPI
import Simulation
import Testing

@testable import Experiments

@Suite struct DifferencesTests {
    /// What a change to the cloud of `refcard-01` is said to be.
    static func changes(
        _ change: (LiveCloud) throws -> Void
    ) throws -> [Differences.Thing] {
        let live = try ScenarioSetup(try #require(try Scenario(builtIn: "refcard-01"))).live
        let before = live.cloud
        try change(live)
        let there = Differences(before, live.cloud)
        if live.cloud.now > before.now { #expect(Differences(live.cloud, before) == there) }
        return there.places.flatMap(\.things)
    }

    static func field(_ name: String, _ from: String?, _ to: String?) -> Differences.Field {
        .init(name: name, from: from, to: to)
    }

    @Test func nothingIsNothing() throws {
        #expect(try Self.changes { _ in }.isEmpty)
        #expect(try Self.changes { $0.run(for: .hours(2)) }.isEmpty)
    }

    @Test func aRuleIsAField() throws {
        let things = try Self.changes { live in
            let group = live.cloud.network.securityGroups.first { $0.value.name == "app" }!.value
            let groups = try live.ec2.describeSecurityGroups().securityGroups ?? []
            try live.ec2.authorizeSecurityGroupIngress(
                cidrIp: "10.0.0.0/8", fromPort: 8000,
                groupId: groups.first {
                    $0.groupName == group.name
                }!.groupId, ipProtocol: "tcp", toPort: 8080)
        }
        #expect(things.map(\.kind) == [.securityGroup] && things[0].fate == .changed)
        #expect(things[0].fields == [Self.field("ingress", nil, "tcp 8000-8080 from 10.0.0.0/8")])
    }

    @Test func aRevisionIsComparedWithTheOneBefore() throws {
        let things = try Self.changes { live in
            let old = live.cloud.containers.taskDefinitions.first { _ in true }!.value
            let shape = old.registered.shape
            try live.ecs.registerTaskDefinition(
                family: old.family, executionRoleArn: shape.executionRoleArn,
                networkMode: shape.networkMode,
                containerDefinitions: shape.containerDefinitions ?? [],
                requiresCompatibilities: [.fargate], cpu: "512", memory: "1024")
        }
        #expect(things.count == 1 && things[0].fate == .added)
        #expect(
            things[0].fields == [
                Self.field("cpu", "256", "512"), Self.field("memory", "512", "1024"),
            ])
    }

    @Test func aDeletedServiceIsGoneWithItsTasks() throws {
        let things = try Self.changes { live in
            let (id, service) = live.cloud.containers.services.first { _ in true }!
            try live.ecs.deleteService(
                cluster: live.cloud.arn(service.cluster), service: live.cloud.arn(id), force: true)
            live.run(for: .minutes(10))
        }
        let service = try #require(things.first { $0.kind == .service })
        #expect(service.fate == .removed && service.fields.isEmpty)
        #expect(service.tasks == [.init(version: "v1", started: 0, stopped: 1)])
    }

    @Test func anotherServiceOfTheSameNameIsAnother() throws {
        let things = try Self.changes { live in
            let (id, service) = live.cloud.containers.services.first { _ in true }!
            let cluster = live.cloud.arn(service.cluster)
            try live.ecs.deleteService(
                cluster: cluster, service: live.cloud.arn(id), force: true)
            live.run(for: .minutes(10))
            try live.ecs.createService(
                cluster: cluster, serviceName: service.name,
                taskDefinition: live.cloud.arn(service.settings.definition), desiredCount: 0,
                launchType: .fargate,
                networkConfiguration: .init(
                    awsvpcConfiguration: .init(
                        subnets: service.settings.network!.subnets.map { live.cloud.id($0) })))
        }
        let services = things.filter { $0.kind == .service }
        #expect(services.map(\.fate) == [.added, .removed])
        #expect(services[0].tasks.isEmpty && services[1].tasks.map(\.stopped) == [1])
    }

    @Test func aTagSaysWhatItMeans() throws {
        let things = try Self.changes { live in
            let name = live.cloud.registry.repositories.first { _ in true }!.value.name
            try live.push(ImageBuild(version: "v2"), to: name)
        }
        #expect(things.map(\.kind) == [.repository])
        let tag = try #require(things[0].fields.first { $0.name == ":latest" })
        #expect(tag.from?.hasPrefix("v1 (sha256:") == true)
        #expect(tag.to?.hasPrefix("v2 (sha256:") == true)
        let image = try #require(things[0].fields.first { $0.name == "image" })
        #expect(image.from == nil && image.to == tag.to)
    }

    @Test func whatComesAlongIsNotMentioned() throws {
        let place = Place(account: "111111111111", region: "eu-central-1")
        let things = try Self.changes { $0.cloud.makeDefaultVpc(in: place) }
        #expect(things.map(\.kind) == [.vpc] && things[0].fate == .added)
    }

    @Test func aRoleBelongsToItsAccount() throws {
        let things = try Self.changes { live in
            try live.iam.attachRolePolicy(
                roleName: "ecsTaskExecutionRole",
                policyArn: "arn:aws:iam::aws:policy/CloudWatchLogsFullAccess")
        }
        #expect(things.map(\.kind) == [.role])
        #expect(
            things[0].fields == [Self.field("attached policy", nil, "CloudWatchLogsFullAccess")])
    }

    @Test func aDeploymentThatGivesWayIsReplaced() throws {
        let things = try Self.changes { live in
            let (id, service) = live.cloud.containers.services.first { _ in true }!
            let cluster = live.cloud.arn(service.cluster)
            for _ in 1...2 {
                live.run(for: .seconds(20))
                try live.ecs.updateService(
                    cluster: cluster, service: live.cloud.arn(id), forceNewDeployment: true)
            }
            live.run(for: .minutes(10))
        }
        let service = try #require(things.first { $0.kind == .service })
        #expect(service.deployments.map(\.isReplaced) == [true, false])
        #expect(service.deployments.map(\.beganAt) == [.seconds(20), .seconds(40)])
        #expect(service.deployments.map(\.state) == ["IN_PROGRESS", "COMPLETED"])
        #expect(service.deployments[0].endedAt == .seconds(40))
    }
}
