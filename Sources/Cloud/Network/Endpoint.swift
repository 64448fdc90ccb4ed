import Simulation

extension Chance.Purpose {
    static let endpointProvisioning = Chance.Purpose("endpointProvisioning")
}

/// A VPC endpoint.
public struct EndpointID: Identifier {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
}

extension Network {
    /// A way from a VPC to a service of AWS that needs no internet. Source: vpc.md section 4.
    public struct Endpoint: Sendable, Codable {
        public enum Kind: Hashable, Sendable, Codable {
            /// A route to the service's addresses, for the subnets of some route tables.
            case gateway
            /// An interface in each of some subnets, with security groups.
            case interface
        }
        public enum State: String, Sendable, Codable { case pending, available }

        public let place: Place
        public let vpc: VpcID
        /// `"ecr.api"`: the service's name without `com.amazonaws.us-east-1.` before it.
        public let service: String
        public let kind: Kind
        public var state: State
        public var policy: String?
        public var routeTables: [RouteTableID] = []
        public var interfaces: [InterfaceID] = []
        public var securityGroups: [SecurityGroupID] = []
        /// Whether the service's own name leads here.
        public var hasPrivateDNS = false
        public let createdAt: Instant
        public var tags: [ResourceTag] = []
    }

    /// A service that endpoints lead to.
    struct EndpointService {
        let name: String
        let kinds: [Endpoint.Kind]
        /// What stands before the region in the service's own name, where that is not its name.
        var host: String?

        /// Those a task may need, and a few more. Source: vpc.md section 8.
        static let all: [EndpointService] = [
            .init(name: "dynamodb", kinds: [.gateway]),
            .init(name: "ec2", kinds: [.interface]),
            .init(name: "ecr.api", kinds: [.interface], host: "api.ecr"),
            .init(name: "ecr.dkr", kinds: [.interface], host: "*.dkr.ecr"),
            .init(name: "ecs", kinds: [.interface]),
            .init(name: "ecs-agent", kinds: [.interface], host: "ecs-a"),
            .init(name: "ecs-telemetry", kinds: [.interface], host: "ecs-t"),
            .init(name: "elasticloadbalancing", kinds: [.interface]),
            .init(name: "events", kinds: [.interface]),
            .init(name: "kms", kinds: [.interface]),
            .init(name: "logs", kinds: [.interface]),
            .init(name: "monitoring", kinds: [.interface]),
            .init(name: "s3", kinds: [.gateway, .interface]),
            .init(name: "secretsmanager", kinds: [.interface]),
            .init(name: "ssm", kinds: [.interface]),
            .init(name: "ssmmessages", kinds: [.interface]),
            .init(name: "sts", kinds: [.interface]),
        ]

        func fullName(_ region: String) -> String { "com.amazonaws.\(region).\(name)" }
        /// The name that clients know it by.
        func privateName(_ region: String) -> String {
            "\(host ?? name).\(region).amazonaws.com"
        }
    }
}

/// A list of addresses that AWS keeps: those of a service that gateway endpoints lead to.
struct PrefixList {
    let id: String
    let service: String
    let blocks: [CIDRBlock]

    /// The ids of us-east-1 are AWS's, those elsewhere are made up; the blocks are a part of AWS's.
    static func all(in region: String) -> [PrefixList] {
        known.map { service, id, blocks in
            PrefixList(
                id: region == "us-east-1" ? id : madeUpID(region, service), service: service,
                blocks: blocks)
        }
    }

    private static let known: [(service: String, id: String, blocks: [CIDRBlock])] = [
        ("dynamodb", "pl-02cd2c6b", [CIDRBlock("52.94.0.0/22")!]),
        ("s3", "pl-63a5400a", [CIDRBlock("52.216.0.0/15")!, CIDRBlock("3.5.0.0/19")!]),
    ]

    /// An address of the service, for whoever wants to reach it; `nil` if it has no prefix list.
    static func firstAddress(of service: String) -> IPv4Address? {
        known.first { $0.service == service }?.blocks[0].first
    }

    static func of(_ service: String, in region: String) -> PrefixList? {
        all(in: region).first { $0.service == service }
    }

    private static func madeUpID(_ region: String, _ service: String) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in "\(region)/\(service)".utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
        }
        return "pl-" + Naming.hex(hash & 0xFFFF_FFFF, digits: 8)
    }
}

extension Cloud {
    /// Makes an endpoint. A gateway works at once, interfaces after a while.
    mutating func makeEndpoint(_ endpoint: Network.Endpoint, in subnets: [SubnetID]) -> EndpointID {
        let id = network.endpoints.insert(endpoint)
        network.vpcs[endpoint.vpc].endpoints.append(id)
        for subnet in subnets { addInterface(to: id, in: subnet) }
        if endpoint.kind == .interface {
            let wait = chance.draw(
                timing.endpointProvisioning, for: .endpointProvisioning, of: UInt64(id.rawValue))
            schedule(.endpointAvailable(id), after: wait)
        }
        record(.network(.pathsChanged(endpoint.vpc)))
        return id
    }

    /// Puts an interface of an endpoint into a subnet that has a free address.
    mutating func addInterface(to id: EndpointID, in subnet: SubnetID) {
        let interface = attachInterface(
            to: subnet, groups: network.endpoints[id].securityGroups, kind: .endpoint,
            owner: id.rawValue, description: "VPC Endpoint Interface \(ec2ID(id))")
        guard let interface else { preconditionFailure("the subnet was asked for a free address") }
        network.endpoints[id].interfaces.append(interface)
        if network.endpoints[id].state == .available { open(interface) }
    }

    mutating func endpointBecomesAvailable(_ id: EndpointID) {
        guard network.endpoints.find(id)?.state == .pending else { return }
        network.endpoints[id].state = .available
        for interface in network.endpoints[id].interfaces { open(interface) }
        record(.network(.pathsChanged(network.endpoints[id].vpc)))
    }

    /// Behind an interface of an endpoint stands a service of AWS, on port 443.
    private mutating func open(_ interface: InterfaceID) {
        let answer = Network.Answer(status: 200, after: .zero)
        listen(.init(port: 443, page: answer, check: answer, owner: .max), on: interface)
    }

    mutating func removeEndpoint(_ id: EndpointID) {
        let endpoint = network.endpoints.remove(id)
        network.vpcs[endpoint.vpc].endpoints.removeAscending(id)
        for interface in endpoint.interfaces { removeInterface(interface) }
        record(.network(.pathsChanged(endpoint.vpc)))
    }
}

extension Network {
    /// The interface of an endpoint that the name of a service leads to: of those there are, one in
    /// the caller's own subnet, zone, or elsewhere; `nil` if the name leads to the internet.
    public func endpoint(for service: String, from id: InterfaceID) -> InterfaceID? {
        let (vpc, subnet) = (interfaces[id].vpc, interfaces[id].subnet)
        let endpoint = vpcs[vpc].endpoints.first {
            endpoints[$0].service == service && endpoints[$0].hasPrivateDNS
                && endpoints[$0].state == .available && !endpoints[$0].interfaces.isEmpty
        }
        guard let endpoint, vpcs[vpc].hasDNSHostnames else { return nil }
        let all = endpoints[endpoint].interfaces
        return all.first { interfaces[$0].subnet == subnet }
            ?? all.first { subnets[interfaces[$0].subnet].zone == subnets[subnet].zone } ?? all[0]
    }

    /// What keeps an interface from reaching a service of AWS by its name, over HTTPS; `nil` if
    /// nothing does.
    ///
    /// A private name leads to the endpoint even where the internet could be reached, so a wrong
    /// security group there breaks what worked before. Source: vpc.md sections 0.8 and 8.
    ///
    /// - Parameter service: As in the names of endpoints: `"ecr.api"`, `"s3"`, `"logs"`.
    public func blocker(from id: InterfaceID, toService service: String) -> Blocker? {
        guard interfaces.contains(id) else { return .noSuchAddress }
        let vpc = interfaces[id].vpc
        guard vpcs[vpc].hasDNSSupport else { return .noNameService(vpc) }
        if let endpoint = endpoint(for: service, from: id) {
            if case .dropped(let blocker) = connect(from: .interface(id), to: endpoint, port: 443) {
                return blocker
            }
            return nil
        }
        let address = PrefixList.firstAddress(of: service) ?? Self.internetClient
        let table = routeTable(of: interfaces[id].subnet)
        let hasRoute = vpcs[vpc].endpoints.contains {
            endpoints[$0].service == service && endpoints[$0].routeTables.contains(table)
        }
        return hasRoute
            ? blockerAtSource(id, to: address, port: 443)
            : blockerToInternet(from: id, to: address, port: 443)
    }
}
