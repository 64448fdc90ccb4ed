import Cloud
import Simulation

/// What to watch of a service, and through whose eyes.
public struct Watch: Sendable, Codable {
    /// What makes two tasks the same version.
    public enum Version: String, Sendable, CaseIterable, Codable {
        /// The digest of the image that the load-balanced container runs.
        case version
        /// The service revision.
        case revision
    }

    public var service: ServiceID
    /// Where clients come in; `nil` for a service without a load balancer, whose answers nobody
    /// asks for.
    public var listener: ListenerID?
    public var origin: Network.Origin
    /// The status codes that count as an answer.
    public var expected: ClosedRange<Int>
    public var by: Version
    public var probe: ProbeSettings

    public init(
        service: ServiceID, listener: ListenerID?, origin: Network.Origin = .internet,
        expected: ClosedRange<Int> = 200...399, by: Version = .version,
        probe: ProbeSettings = ProbeSettings()
    ) {
        self.service = service
        self.listener = listener
        self.origin = origin
        self.expected = expected
        self.by = by
        self.probe = probe
    }
}

/// A person who reloads the page.
public struct ProbeSettings: Hashable, Sendable, Codable {
    public var period = Duration.seconds(1)
    /// Whether the connection to the load balancer is kept: such a client stays with one node.
    public var keepsAlive = false
    /// Whether cookies are sent back: such a client stays with one target where that is wanted.
    public var keepsCookies = false
    public init() {}
}

extension Watch {
    /// How clients on the internet see a service of which nothing else is known: through the first
    /// listener, in the order of creation, that leads to its first target group.
    public init(service: ServiceID, in cloud: Cloud) {
        let balancing = cloud.balancing
        let group = cloud.containers.services[service].settings.loadBalancers.first?.group
        let leads = { (actions: [Balancing.Action]) in
            actions.contains { action in
                guard case .forward(let forward) = action else { return false }
                return forward.groups.contains { $0.group == group }
            }
        }
        let balancer = group.flatMap { balancing.targetGroups.find($0)?.loadBalancer }
        let listeners = balancer.flatMap { balancing.loadBalancers.find($0)?.listeners } ?? []
        // A default action first: that is where a request for "/" ends.
        let listener =
            listeners.first { leads(balancing.listeners[$0].actions) }
            ?? listeners.first { id in
                balancing.listeners[id].rules.contains { leads(balancing.rules[$0].actions) }
            }
        self.init(service: service, listener: listener)
    }
}
