import Cloud
import Simulation

extension Scenario {
    private static let keys = [
        "name", "title", "teaches", "german", "region", "account", "network", "securityGroups",
        "roles",
        "repository", "images", "task", "loadBalancer", "service", "timing", "deploy", "probe",
        "horizon",
    ]

    init(tree: ScenarioNode, file: String) throws(ScenarioProblem) {
        let whole = ScenarioValue(node: tree, path: "", file: file)
        let fields = try whole.fields(Self.keys)
        (self.tree, self.file) = (tree, file)
        name = try fields.needed("name", such: "my-scenario").resourceName()
        title = try fields["title"]?.text() ?? name
        teaches = try fields["teaches"]?.text(atMost: 500) ?? ""
        german = try fields["german"].map(Lesson.init(_:))
        place = Place(
            account: try fields["account"]?.account() ?? Place.standard.account,
            region: try fields["region"]?.text(atMost: 32) ?? Place.standard.region)
        repository = try fields["repository"]?.text() ?? name

        network = try Network(fields["network"])
        images = try Image.list(fields["images"], of: name)
        roles = try Role.list(fields["roles"])
        task = try Task(fields["task"], named: name, roles: roles)
        let balancer = fields["loadBalancer"]
        let isBalanced = !(balancer?.isWord("none") ?? false)
        securityGroups = try SecurityGroup.list(
            fields["securityGroups"], app: task.containerPort,
            balancer: isBalanced ? try LoadBalancer.port(balancer) : nil)
        let groups = securityGroups.map(\.name)
        loadBalancer = isBalanced ? try LoadBalancer(balancer, named: name, groups: groups) : nil
        service = try Service(fields["service"], named: name, groups: groups, in: network)
        timing = try Timing(fields["timing"])
        deploy = try Step.list(
            fields["deploy"], images: images, task: task, groups: securityGroups)
        probe = try Probe(
            fields["probe"], groups: groups, isInside: loadBalancer?.isInternal ?? false)
        horizon = try fields["horizon"]?.duration() ?? .minutes(30)
        try checkPlaces(fields)
    }

    /// What can only be seen with several sections side by side.
    private func checkPlaces(_ fields: ScenarioFields) throws(ScenarioProblem) {
        guard horizon > .zero else { throw problem(at: "horizon", "horizon has to be longer.") }
        let subnets = service.subnets == .private ? network.privateSubnets : network.publicSubnets
        guard !subnets.isEmpty else {
            throw problem(
                at: "service.subnets",
                "The service's tasks run in the \(service.subnets.rawValue) subnets, and there are "
                    + "none. Add network.\(service.subnets.rawValue)Subnets, or set "
                    + "service.subnets to the other kind.")
        }
        guard network.nat == .none || !network.publicSubnets.isEmpty else {
            throw problem(
                at: "network.nat",
                "A NAT gateway stands in a public subnet, and there is none. Add "
                    + "network.publicSubnets, or set network.nat to false.")
        }
        guard loadBalancer?.isInternal ?? true || !network.publicSubnets.isEmpty else {
            throw problem(
                at: "loadBalancer",
                "The load balancer stands in the public subnets, and there are none. Add "
                    + "network.publicSubnets, or set loadBalancer to none.")
        }
    }
}

extension Scenario.Lesson {
    init(_ value: ScenarioValue) throws(ScenarioProblem) {
        let fields = try value.fields(["title", "teaches"])
        title = try fields.needed("title", such: "Zwei Tasks").text()
        teaches = try fields["teaches"]?.text(atMost: 500) ?? ""
    }
}

extension ScenarioValue {
    /// What ends up in the names of many resources.
    fileprivate func resourceName() throws(ScenarioProblem) -> String {
        let text = try text()
        let isPlain = text.utf8.allSatisfy {
            48...57 ~= $0 || 65...90 ~= $0 || 97...122 ~= $0 || $0 == UInt8(ascii: "-")
        }
        guard isPlain, (1...32).contains(text.count), text.first != "-", text.last != "-" else {
            throw mustBe("1 to 32 letters, digits and hyphens, with no hyphen at the ends")
        }
        return text
    }

    fileprivate func account() throws(ScenarioProblem) -> String {
        let text = try text()
        guard text.utf8.count == 12, text.utf8.allSatisfy({ 48...57 ~= $0 }) else {
            throw mustBe("twelve digits in quotes, such as \"123456789012\"")
        }
        return text
    }

    func block() throws(ScenarioProblem) -> CIDRBlock {
        let text = try text()
        guard let block = CIDRBlock(text) else {
            throw mustBe("a block of addresses, such as 10.0.1.0/24")
        }
        guard block.description == text else {
            throw problem(
                "\(path) is \"\(text)\", and the block of that size begins at \(block.first). "
                    + "Write \(block).")
        }
        return block
    }

    fileprivate func blocks() throws(ScenarioProblem) -> [CIDRBlock] {
        var blocks: [CIDRBlock] = []
        for value in try list() { blocks.append(try value.block()) }
        return blocks
    }

    /// Names of things that the scenario has elsewhere.
    func names(among known: [String], of kind: String) throws(ScenarioProblem) -> [String] {
        var names: [String] = []
        for value in try list() { names.append(try value.name(among: known, of: kind)) }
        return names
    }
}

extension Scenario.Network {
    init(_ value: ScenarioValue?) throws(ScenarioProblem) {
        let fields = try value?.fields(["vpc", "zones", "publicSubnets", "privateSubnets", "nat"])
        vpc = try fields?["vpc"]?.block() ?? CIDRBlock("10.0.0.0/16")!
        zones = try fields?["zones"]?.whole(1...6) ?? 2
        let needsDefaults = fields?["publicSubnets"] == nil || fields?["privateSubnets"] == nil
        if needsDefaults, vpc.prefix > 19, let value = fields?["vpc"] {
            throw value.problem(
                "network.vpc is too small for Drydock's own choice of subnets, which takes a /19. "
                    + "Write network.publicSubnets and network.privateSubnets, or a larger block.")
        }
        publicSubnets =
            try fields?["publicSubnets"]?.blocks()
            ?? Self.subnets(zones, of: vpc, from: 0)
        privateSubnets =
            try fields?["privateSubnets"]?.blocks()
            ?? Self.subnets(zones, of: vpc, from: 10)
        nat = try fields?["nat"]?.nat() ?? .one
    }

    /// One for each zone, of 256 addresses each: `10.0.0.0/24`, `10.0.1.0/24`, ...
    private static func subnets(_ count: Int, of vpc: CIDRBlock, from first: Int) -> [CIDRBlock] {
        (first..<first + count).map {
            CIDRBlock(IPv4Address(rawValue: vpc.first.rawValue + UInt32($0) * 256), prefix: 24)
        }
    }
}

extension ScenarioValue {
    fileprivate func nat() throws(ScenarioProblem) -> Scenario.Network.Nat {
        switch node.content {
        case .text("one per zone"): return .onePerZone
        case .text("true"), .text("yes"), .text("one"): return .one
        case .text("false"), .text("no"), .text("none"): return .none
        default: throw mustBe("true, false or \"one per zone\"")
        }
    }
}

extension Scenario.SecurityGroup {
    /// - Parameters:
    ///   - app: The port of the container.
    ///   - balancer: The port of the load balancer, if there is one.
    static func list(
        _ value: ScenarioValue?, app: Int, balancer: Int?
    ) throws(ScenarioProblem) -> [Self] {
        guard let value else {
            guard let balancer else {
                return [
                    Self(
                        name: "app",
                        rules: [
                            Rule(ports: app...app, from: .block(.everywhere))
                        ])
                ]
            }
            return [
                Self(
                    name: "load-balancer",
                    rules: [
                        Rule(ports: balancer...balancer, from: .block(.everywhere))
                    ]),
                Self(
                    name: "app",
                    rules: [
                        Rule(ports: app...app, from: .group("load-balancer"))
                    ]),
            ]
        }
        let named = try value.named()
        var groups: [Self] = []
        for (name, value) in named {
            groups.append(
                Self(name: name, rules: try rules(value, groups: named.map(\.name))))
        }
        return groups
    }

    private static func rules(
        _ value: ScenarioValue, groups: [String]
    ) throws(ScenarioProblem) -> [Rule] {
        guard value.node.content != .nothing else { return [] }
        var rules: [Rule] = []
        for rule in try value.list() {
            let fields = try rule.fields(["port", "from"])
            let port = try fields.needed("port", such: "8080")
            let from = try fields.needed("from", such: "0.0.0.0/0")
            rules.append(
                Rule(
                    ports: port.isWord("all") ? 0...65535 : try port.wholes(0...65535),
                    from: try source(from, groups: groups)))
        }
        return rules
    }

    private static func source(
        _ value: ScenarioValue, groups: [String]
    ) throws(ScenarioProblem) -> Source {
        let text = try value.text()
        if groups.contains(text) { return .group(text) }
        if text.contains("/") || text.first?.isNumber == true { return .block(try value.block()) }
        return .group(try value.name(among: groups, of: "security group"))
    }
}

extension Scenario.Role {
    static func list(_ value: ScenarioValue?) throws(ScenarioProblem) -> [Self] {
        guard let value else {
            return [
                Self(
                    name: "ecsTaskExecutionRole", policies: ["AmazonECSTaskExecutionRolePolicy"])
            ]
        }
        var roles: [Self] = []
        for (name, value) in try value.named() {
            var policies: [String] = []
            if value.node.content != .nothing {
                for policy in try value.list() { policies.append(try policy.text()) }
            }
            roles.append(Self(name: name, policies: policies))
        }
        return roles
    }
}
