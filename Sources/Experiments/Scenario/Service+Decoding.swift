import Simulation

extension Scenario.Task {
    private static let keys = [
        "family", "cpu", "memory", "architecture", "container", "containerPort", "tag",
        "stopTimeout", "healthCheck", "logGroup", "executionRole", "taskRole",
    ]
    private static let keysOfRevision = [
        "cpu", "memory", "architecture", "containerPort", "tag", "stopTimeout", "healthCheck",
    ]

    init(
        _ value: ScenarioValue?, named name: String, roles: [Scenario.Role]
    ) throws(ScenarioProblem) {
        self.init(
            family: name, container: "app", logGroup: "/ecs/\(name)",
            executionRole: roles.first?.name)
        guard let value else { return }
        let fields = try value.fields(Self.keys)
        family = try fields["family"]?.text() ?? family
        container = try fields["container"]?.text() ?? container
        if let group = fields["logGroup"] {
            logGroup = group.isWord("none") ? nil : try group.text(atMost: 512)
        }
        let names = roles.map(\.name)
        if let role = fields["executionRole"] {
            executionRole = role.isWord("none") ? nil : try role.name(among: names, of: "role")
        }
        if let role = fields["taskRole"] {
            taskRole = role.isWord("none") ? nil : try role.name(among: names, of: "role")
        }
        try read(fields)
    }

    /// A later revision: what it does not say stays as it was.
    func revised(by value: ScenarioValue) throws(ScenarioProblem) -> Scenario.Task {
        var task = self
        try task.read(value.fields(Self.keysOfRevision))
        return task
    }

    private mutating func read(_ fields: ScenarioFields) throws(ScenarioProblem) {
        cpuUnits = try fields["cpu"]?.cpuUnits() ?? cpuUnits
        memoryMebibytes = try fields["memory"]?.mebibytes() ?? memoryMebibytes
        architecture = try fields["architecture"]?.choice() ?? architecture
        containerPort = try fields["containerPort"]?.whole(1...65535) ?? containerPort
        tag = try fields["tag"]?.text() ?? tag
        stopTimeout = try fields["stopTimeout"]?.wholeSeconds(2...120) ?? stopTimeout
        if let check = fields["healthCheck"] {
            healthCheck = check.isWord("none") ? nil : try HealthCheck(check)
        }
    }
}

extension Scenario.Task.HealthCheck {
    /// Source of the ranges: ECS API Reference, HealthCheck.
    init(_ value: ScenarioValue) throws(ScenarioProblem) {
        self.init()
        let fields = try value.fields(["interval", "timeout", "retries", "startPeriod"])
        interval = try fields["interval"]?.wholeSeconds(5...300) ?? interval
        timeout = try fields["timeout"]?.wholeSeconds(2...60) ?? timeout
        retries = try fields["retries"]?.whole(1...10) ?? retries
        startPeriod = try fields["startPeriod"]?.wholeSeconds(0...300) ?? startPeriod
    }
}

extension Scenario.Service {
    private static let keys = [
        "name", "cluster", "subnets", "securityGroups", "assignPublicIp", "desiredCount",
        "minimumHealthyPercent", "maximumPercent", "healthCheckGracePeriod", "circuitBreaker",
    ]

    /// - Parameter groups: The names of the scenario's security groups.
    init(
        _ value: ScenarioValue?, named name: String, groups: [String], in network: Scenario.Network
    ) throws(ScenarioProblem) {
        self.init(
            name: name, cluster: name, subnets: network.privateSubnets.isEmpty ? .public : .private,
            securityGroups: groups.contains("app") ? ["app"] : Array(groups.suffix(1)))
        guard let value else { return }
        let fields = try value.fields(Self.keys)
        self.name = try fields["name"]?.text() ?? name
        cluster = try fields["cluster"]?.text() ?? name
        subnets = try fields["subnets"]?.choice() ?? subnets
        securityGroups =
            try fields["securityGroups"]?.names(among: groups, of: "security group")
            ?? securityGroups
        assignsPublicAddress = try fields["assignPublicIp"]?.truth() ?? assignsPublicAddress
        settings.desiredCount = try fields["desiredCount"]?.whole(0...5000) ?? 1
        settings.minimumHealthyPercent = try fields["minimumHealthyPercent"]?.whole(0...1000) ?? 100
        settings.maximumPercent = try fields["maximumPercent"]?.whole(0...1000) ?? 200
        settings.healthCheckGracePeriod =
            try fields["healthCheckGracePeriod"]?
            .wholeSeconds(0...604_800) ?? .zero
        settings.circuitBreaker =
            try fields["circuitBreaker"].map(CircuitBreaker.init(_:))
            ?? CircuitBreaker()
    }
}

extension Scenario.Service.CircuitBreaker {
    init(_ value: ScenarioValue) throws(ScenarioProblem) {
        let fields = try value.fields(["enable", "rollback"])
        isEnabled = try fields["enable"]?.truth() ?? true
        rollsBack = try fields["rollback"]?.truth() ?? false
    }
}

extension Scenario.LoadBalancer {
    private static let keys = [
        "name", "port", "securityGroups", "healthCheck", "deregistrationDelay", "slowStart",
        "stickiness", "kind", "internal", "crossZone", "keepClientAddress",
    ]

    /// The port alone, which the default security groups need to know.
    static func port(_ value: ScenarioValue?) throws(ScenarioProblem) -> Int {
        try value?.fields(keys)["port"]?.whole(1...65535) ?? 80
    }

    /// - Parameter groups: The names of the scenario's security groups.
    init(
        _ value: ScenarioValue?, named name: String, groups: [String]
    ) throws(ScenarioProblem) {
        self.init(
            name: name,
            securityGroups: groups.contains("load-balancer")
                ? ["load-balancer"] : Array(groups.prefix(1)))
        guard let value else { return }
        let fields = try value.fields(Self.keys)
        self.name = try fields["name"]?.text() ?? name
        port = try fields["port"]?.whole(1...65535) ?? port
        securityGroups =
            try fields["securityGroups"]?.names(among: groups, of: "security group")
            ?? securityGroups
        kind = try fields["kind"]?.choice() ?? kind
        isInternal = try fields["internal"]?.truth() ?? isInternal
        crossesZones = try fields["crossZone"]?.truth()
        if let keeps = fields["keepClientAddress"] {
            guard kind == .network else {
                throw keeps.problem(
                    "An application load balancer opens connections of its own, so tasks see its "
                        + "address. Leave keepClientAddress out, or set loadBalancer.kind to "
                        + "network.")
            }
            keepsClientAddress = try keeps.truth()
        }
        healthCheck = try HealthCheck(fields["healthCheck"], of: kind)
        deregistrationDelay =
            try fields["deregistrationDelay"]?.wholeSeconds(0...3600)
            ?? deregistrationDelay
        slowStart = try fields["slowStart"]?.wholeSeconds(0...900) ?? slowStart
        isSticky = try fields["stickiness"]?.truth() ?? isSticky
    }
}

extension Scenario.LoadBalancer.HealthCheck {
    private static let keys = [
        "path", "interval", "timeout", "healthyThreshold", "unhealthyThreshold", "matcher",
    ]

    /// Source of the ranges: ELB API Reference, CreateTargetGroup.
    init(
        _ value: ScenarioValue?, of kind: Scenario.LoadBalancer.Kind
    ) throws(ScenarioProblem) {
        self.init()
        // A network load balancer checks the connection alone, unless a page is named.
        if kind == .network { (path, timeout) = (nil, .seconds(10)) }
        guard let value else { return }
        let fields = try value.fields(Self.keys)
        if kind == .network, fields["path"] != nil { timeout = .seconds(6) }
        path = try fields["path"]?.text(atMost: 1024) ?? path
        interval = try fields["interval"]?.wholeSeconds(5...300) ?? interval
        timeout = try fields["timeout"]?.wholeSeconds(2...120) ?? timeout
        healthyThreshold = try fields["healthyThreshold"]?.whole(2...10) ?? healthyThreshold
        unhealthyThreshold = try fields["unhealthyThreshold"]?.whole(2...10) ?? unhealthyThreshold
        matcher = try fields["matcher"]?.text() ?? matcher
    }
}

extension Scenario.Probe {
    private static let keys = [
        "period", "keepAlive", "cookies", "from", "expect", "subnets", "securityGroups",
    ]

    /// - Parameters:
    ///   - groups: The names of the scenario's security groups.
    ///   - isInside: Whether only who is in the VPC can ask at all.
    init(
        _ value: ScenarioValue?, groups: [String], isInside: Bool
    ) throws(ScenarioProblem) {
        self.init()
        if isInside { from = .inside }
        guard let value else { return }
        let fields = try value.fields(Self.keys)
        if let period = fields["period"] {
            self.period = try period.duration()
            guard self.period >= .milliseconds(1) else {
                throw period.mustBe("at least 1 ms")
            }
        }
        keepsAlive = try fields["keepAlive"]?.truth() ?? keepsAlive
        keepsCookies = try fields["cookies"]?.truth() ?? keepsCookies
        from = try fields["from"]?.choice() ?? from
        expect = try fields["expect"]?.wholes(100...599) ?? expect
        subnets = try fields["subnets"]?.choice()
        securityGroups =
            try fields["securityGroups"]?.names(among: groups, of: "security group") ?? []
        for key in ["subnets", "securityGroups"] where from == .internet {
            guard let value = fields[key] else { continue }
            throw value.problem(
                "\(value.path) says where a probe inside the VPC stands, and this one is on the "
                    + "internet. Set probe.from to inside, or leave it out.")
        }
    }
}
