import Cloud
import CloudAPI
import Experiments
import Foundation
import Simulation
import Testing

@testable import Rehearsal
@testable import Server
@testable import Wire

/// The calls of a script, without a script: on the exercise's cloud, by a clock that stands still
/// between them.
struct Script {
    static let cluster = "ref-card"
    static let service = "ref-card-01"
    static let repository = "regli/rechsteiner-app-ref-card-01"

    private let world: World
    private let start: Instant

    init() throws {
        let scenario = try #require(try Scenario(builtIn: "refcard-01"))
        let prepared = try StartingPoint.scenario(scenario).cloud(
            seed: 1, idSeed: 1, epoch: Timestamp(milliseconds: 0), place: Place.standard)
        var settings = ServerSettings()
        settings.clock = .manual
        settings.keepsTranscript = true
        settings.epoch = Timestamp(milliseconds: 0)
        settings.start = { _ in prepared }
        start = prepared.now
        world = World(settings, blobs: try BlobStore(nil))
    }

    /// Makes a call.
    ///
    /// - Returns: `nil` if it was refused.
    @discardableResult
    func call<O: APIOperation>(
        _ operation: O, in region: String = Place.standard.region, isWaiting: Bool = false
    ) async -> O.Output? {
        let call = WireCall(
            service: O.service, operation: O.name, format: .json11, credential: nil,
            content: .json([]), limits: WireLimits())
        let sender = Sender(region: region, address: "script")
        let poll = isWaiting ? Poll(call: 1, isWaiting: true, isRead: true) : nil
        return try? await world.perform(operation, of: call, from: sender, poll: poll).output
            as? O.Output
    }

    /// Pushes a new image, as the docker stand-in does.
    func push(_ tag: String, version: String = "v2", labels: String = "") async throws {
        let answer = try #require(await call(ECR.GetAuthorizationToken()))
        let token = try #require(answer.authorizationData?.first?.authorizationToken)
        let login = String(decoding: try #require(Data(base64Encoded: token)), as: UTF8.self)
        var maker = ImageMaker(context: EmptyContext()) { _ in nil }
        let stage = try maker.make(
            try Dockerfile(
                "FROM alpine:3\nLABEL org.opencontainers.image.version=\(version) \(labels)"))
        var push = DockerCall(
            .push, registry: "000000000000.dkr.ecr.us-east-1.amazonaws.com",
            password: String(login.dropFirst("AWS:".count)))
        push.repository = Self.repository
        push.tag = tag
        push.image = DockerImage(stage).pushed
        #expect(await world.docker(push).problem == nil)
    }

    /// UpdateService, which forces a deployment.
    @discardableResult
    func force(breaker: Bool = false, definition: String? = nil) async -> ECS.Service? {
        let configuration = ECS.DeploymentConfiguration(
            deploymentCircuitBreaker: .init(enable: true, rollback: true))
        return await call(
            ECS.UpdateService(
                cluster: Self.cluster, service: Self.service, taskDefinition: definition,
                deploymentConfiguration: breaker ? configuration : nil, forceNewDeployment: true)
        )?.service
    }

    /// `aws ecs wait services-stable`
    func stable() async {
        await call(
            ECS.DescribeServices(cluster: Self.cluster, services: [Self.service]),
            isWaiting: true)
    }

    /// The tasks of the service, in the order of the list.
    func tasks(startedBy: String? = nil) async -> [String] {
        await call(
            ECS.ListTasks(
                cluster: Self.cluster, startedBy: startedBy,
                serviceName: startedBy == nil ? Self.service : nil)
        )?.taskArns ?? []
    }

    func wait(_ seconds: Int) async {
        let target = await world.now() + .seconds(seconds)
        while !(await world.advance(to: target)) {}
    }

    /// What is found once the script has ended and nothing moves any more.
    func findings(saysSuccess: Bool) async -> [String] {
        let stage = Backstage(world: world)
        let exit = await stage.state()
        await stage.settle(atMost: .hours(2))
        let scene = Scene(
            start: start, saysSuccess: saysSuccess, exit: exit.cloud, end: await stage.state())
        return Findings.find(in: scene).map(\.name)
    }
}
