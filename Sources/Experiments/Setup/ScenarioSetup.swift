import Cloud
import CloudAPI
import Simulation

/// The cloud of a scenario with its first version running, and the calls that bring out the next.
///
/// Everything in it was created by the calls that a person would make, in that order.
public struct ScenarioSetup {
    public let scenario: Scenario
    /// Its clock stands where the first version was steady.
    public let live: LiveCloud
    public let service: ServiceID
    /// `nil` without a load balancer, as are the next two.
    public let loadBalancer: LoadBalancerID?
    public let listener: ListenerID?
    /// What a person types into a browser.
    public let dnsName: String?
    /// Where a probe inside the network stands, if the scenario asks for one.
    public let insider: InterfaceID?
    /// The digests pushed so far, and what people call them.
    public private(set) var versions: [(digest: String, version: String)]

    private let roles: [String: String]
    private let repositoryURI: String
    private let securityGroups: [(name: String, id: String)]
    private var settings: Scenario.Service.Settings

    /// Builds the cloud and lets its clock run until the first version is steady.
    ///
    /// - Parameters:
    ///   - seed: Decides delays and choices.
    ///   - idSeed: Decides ids.
    /// - Throws: What AWS refused or what did not become ready, at its place in the scenario.
    public init(
        _ scenario: Scenario, seed: UInt64 = 1, idSeed: UInt64 = 1
    ) throws(ScenarioProblem) {
        let live = LiveCloud(
            Cloud(seed: seed, idSeed: idSeed, timing: scenario.timing),
            as: Caller(place: scenario.place))
        let calls = ScenarioCalls(scenario: scenario, live: live)
        let network = try calls.createNetwork()
        roles = try calls.createRoles()
        repositoryURI = try calls.createRepository()
        securityGroups = network.securityGroups
        let first = scenario.images[0]
        let digest = try calls.push(
            first, tag: scenario.task.tag, because: "images.\(first.version)")
        if let group = scenario.task.logGroup {
            try calls.call("task.logGroup", "CreateLogGroup") {
                try live.logs.createLogGroup(logGroupName: group)
            }
        }
        let balancer = try scenario.loadBalancer.map { balancer throws(ScenarioProblem) in
            try calls.createLoadBalancer(balancer, in: network)
        }
        try calls.registerTaskDefinition(
            scenario.task, roles: roles, repository: repositoryURI, because: "task")
        try calls.waitForNetwork()
        try calls.createService(in: network, behind: balancer)

        (self.scenario, self.live) = (scenario, live)
        settings = scenario.service.settings
        versions = [(digest, first.version)]
        let name = scenario.service.name
        service = live.cloud.containers.services.first { $0.value.name == name }!.id
        listener = balancer.flatMap { made in
            live.cloud.balancing.listeners.first { live.cloud.arn($0.id) == made.listener }?.id
        }
        loadBalancer = listener.map { live.cloud.balancing.listeners[$0].loadBalancer }
        dnsName = balancer?.dnsName
        insider =
            scenario.probe.from == .inside
            ? try calls.createInsider(in: network) : nil
        try waitForFirstVersion()
    }

    /// What a measurement watches.
    public func watch(by version: Watch.Version = .version) -> Watch {
        var probe = ProbeSettings()
        probe.period = scenario.probe.period
        probe.keepsAlive = scenario.probe.keepsAlive
        probe.keepsCookies = scenario.probe.keepsCookies
        return Watch(
            service: service, listener: listener,
            origin: insider.map { .interface($0) } ?? .internet,
            expected: scenario.probe.expect, by: version, probe: probe)
    }

    public var isSteady: Bool { live.cloud.containers.services[service].isSteady }

    /// What people call the image with this digest.
    public func version(ofDigest digest: String) -> String? {
        versions.last { $0.digest == digest }?.version
    }

    private func waitForFirstVersion() throws(ScenarioProblem) {
        let (service, limit) = (service, live.cloud.now + scenario.horizon)
        guard !live.run(until: limit, or: { $0.containers.services[service].isSteady }) else {
            return
        }
        // A reason why tasks do not start says more than what was tried last.
        let events = live.cloud.containers.services[service].events
        let reason = events.last { if case .unableToPlace = $0.kind { true } else { false } }
        let said =
            (reason ?? events.last).map {
                " ECS says: \(live.cloud.message(of: $0, in: service))"
            } ?? ""
        throw scenario.problem(
            at: "service",
            "The first version, \(scenario.images[0].version), is not steady after "
                + "\(scenario.horizon), so there is nothing to bring a new version to." + said)
    }
}

extension ScenarioSetup {
    /// Carries out one step of the deployment. What it brings about, `live.watch` is told.
    ///
    /// - Parameter limit: How long it may wait, if it is a step that waits.
    /// - Returns: `false` if what it waited for did not come.
    /// - Throws: What AWS refused, at the step's place in the scenario.
    @discardableResult
    public mutating func perform(
        _ step: Scenario.Step, until limit: Instant = .never
    ) throws(ScenarioProblem) -> Bool {
        let calls = ScenarioCalls(scenario: scenario, live: live)
        switch step.action {
        case .push(let version, let tag):
            let image = scenario.images.first { $0.version == version }!
            versions.append((try calls.push(image, tag: tag, because: step.path), version))
        case .registerTaskDefinition(let task):
            try calls.registerTaskDefinition(
                task, roles: roles, repository: repositoryURI, because: step.path)
        case .updateService(let update):
            try calls.call(step.path, "UpdateService") {
                try self.update(update)
            }
        case .waitUntilSteady:
            let service = service
            return live.run(until: limit, or: { $0.containers.services[service].isSteady })
        case .wait(let duration):
            let end = live.cloud.now + duration
            live.run(until: min(end, limit))
            return end <= limit
        case .removeRule(let group, let number):
            let (id, permission) = rule(group, number, of: calls)
            try calls.call(step.path, "RevokeSecurityGroupIngress") {
                try live.ec2.revokeSecurityGroupIngress(groupId: id, ipPermissions: [permission])
            }
        case .addRule(let group, let number):
            let (id, permission) = rule(group, number, of: calls)
            try calls.call(step.path, "AuthorizeSecurityGroupIngress") {
                try live.ec2.authorizeSecurityGroupIngress(
                    groupId: id, ipPermissions: [permission])
            }
        }
        return true
    }

    /// A rule of the scenario as the calls name it.
    private func rule(
        _ group: String, _ number: Int, of calls: ScenarioCalls
    ) -> (group: String, EC2.IpPermission) {
        let rules = scenario.securityGroups.first { $0.name == group }!.rules
        return (
            securityGroups.first { $0.name == group }!.id,
            calls.permission(rules[number - 1], securityGroups)
        )
    }

    private mutating func update(_ update: Scenario.Step.Update) throws(APIFailure) {
        var changed = settings
        changed.desiredCount = update.desiredCount ?? settings.desiredCount
        changed.minimumHealthyPercent =
            update.minimumHealthyPercent
            ?? settings.minimumHealthyPercent
        changed.maximumPercent = update.maximumPercent ?? settings.maximumPercent
        changed.healthCheckGracePeriod =
            update.healthCheckGracePeriod
            ?? settings.healthCheckGracePeriod
        changed.circuitBreaker = update.circuitBreaker ?? settings.circuitBreaker
        // Given at all, it is given whole: what an update does not say stays as it was.
        let configures =
            update.minimumHealthyPercent != nil || update.maximumPercent != nil
            || update.circuitBreaker != nil
        let definition = update.taskDefinition.map {
            switch $0 {
            case .latest: scenario.task.family
            case .revision(let number): "\(scenario.task.family):\(number)"
            }
        }
        try live.ecs.updateService(
            cluster: scenario.service.cluster, service: scenario.service.name,
            desiredCount: update.desiredCount, taskDefinition: definition,
            deploymentConfiguration: configures ? changed.deploymentConfiguration : nil,
            forceNewDeployment: update.forcesNewDeployment ? true : nil,
            healthCheckGracePeriodSeconds: update.healthCheckGracePeriod?.wholeSeconds)
        settings = changed
    }
}

extension ScenarioCalls {
    /// Until the NAT gateways and the load balancer are there, as the waiters of the AWS CLI do.
    fileprivate func waitForNetwork() throws(ScenarioProblem) {
        try wait("network.nat", for: "The NAT gateway") { cloud in
            !cloud.network.natGateways.contains { $0.value.state == .pending }
        }
        try wait("loadBalancer", for: "The load balancer") { cloud in
            !cloud.balancing.loadBalancers.contains { $0.value.state == .provisioning }
        }
    }

    /// A network interface of the VPC's own, from which a probe asks.
    fileprivate func createInsider(
        in network: ScenarioNetwork
    ) throws(ScenarioProblem) -> InterfaceID {
        let isPrivate =
            scenario.probe.subnets.map { $0 == .private }
            ?? !network.privateSubnets.isEmpty
        let subnets = isPrivate ? network.privateSubnets : network.publicSubnets
        guard let subnet = subnets.first else {
            throw scenario.problem(
                at: "probe.subnets",
                "The probe is to stand in a \(isPrivate ? "private" : "public") subnet, and there "
                    + "is none.")
        }
        let groups = network.securityGroups(scenario.probe.securityGroups)
        try call("probe.from", "CreateNetworkInterface") {
            try live.ec2.createNetworkInterface(
                subnetId: subnet, description: "probe", groups: groups.isEmpty ? nil : groups)
        }
        return live.cloud.network.interfaces.first { $0.value.description == "probe" }!.id
    }
}
