import CloudAPI
import Simulation

@testable import Cloud
@testable import Experiments

/// A generator of our own, so that a seed means the same everywhere.
struct Dice {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 }

    mutating func word() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
    mutating func roll(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(word() % UInt64(range.count))
    }
    mutating func pick<T>(_ choices: [T]) -> T { choices[roll(0...choices.count - 1)] }
    mutating func happens(_ percent: Int) -> Bool { roll(1...100) <= percent }
}

/// A service with random settings, and random things that are done to it.
struct RandomLife {
    var dice: Dice
    var setup: ScenarioSetup
    var live: LiveCloud { setup.live }
    var ingressIsOpen = true

    init(seed: UInt64) throws {
        dice = Dice(seed)
        let yaml = Self.scenario(&dice)
        let scenario = try Scenario(yaml: yaml, file: "random-\(seed).yaml")
        setup = try ScenarioSetup(scenario, seed: seed)
    }

    static let versions = [
        "v1", "v2", "sick", "crashes", "hungry", "deaf", "stubborn", "ailing", "arm",
    ]

    private static func scenario(_ dice: inout Dice) -> String {
        let (minimum, maximum) = dice.pick([
            (100, 200), (50, 100), (0, 100), (100, 150), (50, 200), (100, 200), (75, 125),
        ])
        return """
            name: random
            network: {zones: \(dice.roll(2...3))}
            images:
              v1: {size: \(dice.roll(1...400)) MiB, bootCPU: \(dice.roll(0...6))s, memory: 200 MiB}
              v2: {bootCPU: \(dice.roll(0...10))s}
              sick: {status: 500, healthStatus: 500}
              crashes:
                status: 200
                healthStatus: 200
                crash: {after: \(dice.roll(0...90))s, exitCode: 1}
              hungry: {memory: 4 GiB}
              deaf: {memory: 200 MiB, port: 9999}
              stubborn: {port: 8080, exit: never}
              ailing: {healthStatus: 404, exit: 1s}
              arm: {architecture: ARM64}
            task: {stopTimeout: \(dice.roll(2...60))s, healthCheck: \(healthCheck(&dice))}
            loadBalancer:
              healthCheck:
                interval: \(dice.roll(5...30))s
                timeout: \(dice.roll(2...4))s
                healthyThreshold: \(dice.roll(2...5))
                unhealthyThreshold: \(dice.roll(2...5))
              deregistrationDelay: \(dice.pick([0, 5, 30, 120]))s
            service:
              desiredCount: \(dice.roll(1...5))
              minimumHealthyPercent: \(minimum)
              maximumPercent: \(maximum)
              healthCheckGracePeriod: \(dice.pick([120, 240]))s
              circuitBreaker: {enable: \(dice.happens(50)), rollback: \(dice.happens(50))}
            deploy:
              - wait: 1s
            """
    }

    private static func healthCheck(_ dice: inout Dice) -> String {
        guard dice.happens(40) else { return "none" }
        return "{interval: \(dice.roll(5...30))s, retries: \(dice.roll(1...4)), "
            + "startPeriod: \(dice.pick([0, 30, 120]))s}"
    }

    /// Does something to the cloud; what AWS refuses changes nothing.
    mutating func act() throws {
        let name = setup.scenario.service.name
        let cluster = setup.scenario.service.cluster
        switch dice.roll(0...13) {
        case 0...2:
            try perform(.push(version: dice.pick(Self.versions), tag: setup.scenario.task.tag))
            try perform(.updateService(.init(forcesNewDeployment: true)))
        case 3:
            try perform(.updateService(.init(forcesNewDeployment: true)))
        case 4:
            try perform(.updateService(.init(desiredCount: dice.roll(0...6))))
        case 5:
            let percents = dice.pick([(100, 200), (50, 100), (0, 100), (50, 150)])
            try perform(
                .updateService(
                    .init(minimumHealthyPercent: percents.0, maximumPercent: percents.1)))
        case 6, 7:
            let tasks = try live.ecs.listTasks(cluster: cluster, serviceName: name).taskArns ?? []
            if !tasks.isEmpty { try live.ecs.stopTask(cluster: cluster, task: dice.pick(tasks)) }
        case 8: try toggleIngress()
        case 9:
            let tasks = try live.ecs.listTasks(cluster: cluster, serviceName: name).taskArns ?? []
            guard !tasks.isEmpty else { return }
            let isWanted = dice.happens(70)
            try live.ecs.updateTaskProtection(
                cluster: cluster, tasks: [dice.pick(tasks)], protectionEnabled: isWanted,
                expiresInMinutes: isWanted ? dice.roll(1...9) : nil)
        case 10: try stopDeployment(of: name, in: cluster)
        case 11:
            try live.ecs.updateService(
                cluster: cluster, service: name,
                availabilityZoneRebalancing: dice.happens(50) ? .enabled : .disabled,
                healthCheckGracePeriodSeconds: dice.pick([60, 120, 240]))
        default: break
        }
    }

    /// A deployment that has ended cannot be stopped, and without a completed one there is no way
    /// back: both are refused.
    private mutating func stopDeployment(of name: String, in cluster: String) throws {
        let last = try live.ecs.listServiceDeployments(service: name, cluster: cluster)
            .serviceDeployments![0]
        do {
            try live.ecs.stopServiceDeployment(
                serviceDeploymentArn: last.serviceDeploymentArn!,
                stopType: dice.happens(60) ? .rollback : .abort)
        } catch {
            guard error.code == "ConflictException" else { throw error }
        }
    }

    private mutating func perform(_ action: Scenario.Step.Action) throws {
        try setup.perform(Scenario.Step(action: action, path: "deploy.1"))
    }

    /// Closes the app to the load balancer, or opens it again.
    private mutating func toggleIngress() throws {
        let service = live.cloud.containers.services[setup.service]
        let group = service.settings.network!.securityGroups[0]
        let id = live.cloud.naming.ec2ID("sg", group, .securityGroup)
        let described = try live.ec2.describeSecurityGroups(groupIds: [id]).securityGroups![0]
        if ingressIsOpen {
            closed = described.ipPermissions
            guard closed?.isEmpty == false else { return }
            try live.ec2.revokeSecurityGroupIngress(groupId: id, ipPermissions: closed)
        } else {
            try live.ec2.authorizeSecurityGroupIngress(groupId: id, ipPermissions: closed)
        }
        ingressIsOpen.toggle()
    }
    private var closed: [EC2.IpPermission]?
}
