import CloudAPI
import Simulation
import Testing

@testable import Cloud

/// Source: ecs.md sections 17 and 21.
@Suite struct ServiceDeploymentTests {
    private func list(
        _ dock: Dock, _ status: [ECS.ServiceDeploymentStatus]? = nil
    ) throws -> [ECS.ServiceDeploymentBrief] {
        try dock.ecs.listServiceDeployments(
            service: "web", cluster: "c", status: status
        ).serviceDeployments!
    }

    private func describe(_ dock: Dock, _ brief: ECS.ServiceDeploymentBrief) throws
        -> ECS.ServiceDeployment
    {
        try dock.ecs.describeServiceDeployments(
            serviceDeploymentArns: [brief.serviceDeploymentArn!]
        ).serviceDeployments![0]
    }

    @Test func goesFromPendingToSuccessful() throws {
        let dock = try Dock()
        try dock.define()
        try dock.serve()
        #expect(try list(dock).map(\.status) == [.pending])
        dock.live.run(for: .seconds(20))
        #expect(try list(dock).map(\.status) == [.inProgress])
        try dock.settle()
        let brief = try #require(try list(dock).first)
        #expect(brief.status == .successful)
        let id = brief.serviceDeploymentArn!.split(separator: "/").last!
        #expect(id.count == 21)
        #expect(brief.serviceDeploymentArn!.contains(":service-deployment/c/web/"))

        let whole = try describe(dock, brief)
        #expect(whole.sourceServiceRevisions?.isEmpty == true)
        #expect(whole.finishedAt == whole.updatedAt && whole.finishedAt != nil)
        #expect(whole.startedAt! > whole.createdAt!)
        #expect(whole.statusReason == nil && whole.rollback == nil)
        #expect(whole.targetServiceRevision?.runningTaskCount == 1)
        #expect(whole.deploymentCircuitBreaker?.status == .disabled)
        let number = try dock.service().deployments![0].id!.dropFirst("ecs-svc/".count)
        #expect(whole.targetServiceRevision!.arn!.hasSuffix("service-revision/c/web/\(number)"))

        let revision = try dock.ecs.describeServiceRevisions(
            serviceRevisionArns: [whole.targetServiceRevision!.arn!]
        ).serviceRevisions![0]
        #expect(revision.taskDefinition?.hasSuffix("task-definition/app:1") == true)
        #expect(revision.containerImages?[0].imageDigest?.hasPrefix("sha256:") == true)
        #expect(revision.containerImages?[0].image == Dock.image())
    }

    @Test func isStoppedByTheNextOne() throws {
        let dock = try Dock()
        try dock.define()
        try dock.serve()
        try dock.settle()
        try dock.update(force: true)
        dock.live.run(for: .seconds(30))
        try dock.update(force: true)
        let both = try list(dock)
        #expect(both.map(\.status) == [.pending, .stopped, .successful])
        let whole = try describe(dock, both[0])
        #expect(whole.sourceServiceRevisions?.count == 2, "two revisions had tasks")
        #expect(try describe(dock, both[1]).stoppedAt != nil)
        #expect(try list(dock, [.stopped]).count == 1)
        #expect(try list(dock, [.rollbackFailed]).isEmpty)
        try dock.settle()
        #expect(try list(dock).map(\.status) == [.successful, .stopped, .successful])
    }

    @Test func isStoppedAndRolledBackOnDemand() throws {
        let dock = try Dock()
        try dock.define()
        try dock.serve()
        try dock.settle()
        let second = try dock.define()
        try dock.update(definition: second)
        dock.live.run(for: .seconds(30))
        let arn = try list(dock)[0].serviceDeploymentArn!
        #expect(
            try dock.ecs.stopServiceDeployment(serviceDeploymentArn: arn).serviceDeploymentArn
                == arn)
        #expect(try list(dock)[0].status == .rollbackRequested)
        #expect(try dock.service().taskDefinition?.hasSuffix(":1") == true)
        dock.live.run(for: .seconds(20))
        #expect(try list(dock)[0].status == .rollbackInProgress)
        try expectRefusal("ConflictException", of: dock.live) {
            try dock.ecs.stopServiceDeployment(serviceDeploymentArn: arn)
        }
        try dock.settle()
        #expect(try list(dock)[0].status == .rollbackSuccessful)
        #expect(try dock.service().deployments!.count == 1)
    }

    @Test func isAborted() throws {
        let dock = try Dock()
        try dock.define()
        try dock.serve()
        let arn = try list(dock)[0].serviceDeploymentArn!
        try expectRefusal(
            "ConflictException", "The service has no completed deployment to roll back to.",
            of: dock.live
        ) { try dock.ecs.stopServiceDeployment(serviceDeploymentArn: arn) }
        try dock.ecs.stopServiceDeployment(serviceDeploymentArn: arn, stopType: .abort)
        #expect(try list(dock)[0].status == .stopped)
        dock.live.run(for: .minutes(5))
        #expect(try dock.tasks().isEmpty, "no task of it is started any more")
        try dock.update(force: true)
        try dock.settle()
    }

    @Test func isForgottenAfterNinetyDays() throws {
        let dock = try Dock()
        try dock.define()
        try dock.serve()
        try dock.settle()
        let brief = try list(dock)[0]
        dock.live.run(for: .hours(24 * 91))
        #expect(try list(dock).isEmpty)
        let answer = try dock.ecs.describeServiceDeployments(
            serviceDeploymentArns: [brief.serviceDeploymentArn!])
        #expect(answer.failures?.map(\.reason) == ["MISSING"])
    }

    @Test func refuses() throws {
        let dock = try Dock()
        try dock.define()
        try dock.serve()
        try dock.settle()
        let arn = try list(dock)[0].serviceDeploymentArn!
        try expectRefusal("ConflictException", of: dock.live) {
            try dock.ecs.stopServiceDeployment(serviceDeploymentArn: arn)
        }
        try expectRefusal("ServiceDeploymentNotFoundException", of: dock.live) {
            try dock.ecs.stopServiceDeployment(serviceDeploymentArn: String(arn.dropLast()) + "!")
        }
        try expectRefusal("ServiceNotFoundException", "Service not found.", of: dock.live) {
            try dock.ecs.listServiceDeployments(service: "none", cluster: "c")
        }
        try expectRefusal("ClusterNotFoundException", "Cluster not found.", of: dock.live) {
            try dock.ecs.listServiceDeployments(service: "web", cluster: "none")
        }
        try expectRefusal("InvalidParameterException", "Invalid token.", of: dock.live) {
            try dock.ecs.listServiceDeployments(service: "web", cluster: "c", nextToken: "x")
        }
        try expectRefusal("InvalidParameterException", of: dock.live) {
            try dock.ecs.describeServiceDeployments(serviceDeploymentArns: [])
        }
        try expectRefusal("InvalidParameterException", of: dock.live) {
            try dock.ecs.describeServiceDeployments(
                serviceDeploymentArns: Array(repeating: arn, count: 21))
        }
        try expectRefusal("InvalidParameterException", of: dock.live) {
            try dock.ecs.describeServiceRevisions(serviceRevisionArns: [])
        }
        let revisions = try dock.ecs.describeServiceRevisions(serviceRevisionArns: [arn, "nothing"])
        #expect(revisions.failures?.map(\.arn) == [arn, "nothing"])
        #expect(revisions.failures?.map(\.reason) == ["MISSING", "MISSING"])
    }

    /// What nobody can list or describe any more is not kept either, except what it goes back to.
    @Test func isKeptNowhereAfterNinetyDays() throws {
        let dock = try Dock()
        try dock.define()
        try dock.serve()
        try dock.settle()
        for _ in 0..<3 {
            try dock.update(force: true)
            try dock.settle()
        }
        #expect(dock.live.cloud.containers.deployments.count == 4)
        dock.live.run(for: .hours(24 * 91))
        #expect(try list(dock).isEmpty)
        try dock.update(force: true)
        #expect(dock.live.cloud.containers.deployments.count == 2, "the last one still runs")
        try dock.settle()
        #expect(try list(dock).count == 1)
        dock.live.run(for: .hours(24 * 91))
        try dock.update(force: true)
        #expect(dock.live.cloud.containers.deployments.count == 2)
        #expect(dock.live.cloud.containers.services.first { _ in true }!.value.history.count == 2)
    }

    @Test func isForgottenWithItsService() throws {
        let dock = try Dock()
        try dock.define()
        try dock.serve()
        try dock.settle()
        try dock.update(force: true)
        dock.live.run(for: .seconds(60))
        try dock.ecs.deleteService(cluster: "c", service: "web", force: true)
        dock.live.run(for: .hours(5))
        #expect(dock.live.cloud.containers.services.isEmpty)
        #expect(dock.live.cloud.containers.deployments.isEmpty)
    }
}
