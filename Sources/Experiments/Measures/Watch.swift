import Cloud
import Simulation

/// What to watch of a service, and through whose eyes.
public struct Watch: Sendable {
    /// What makes two tasks the same version.
    public enum Version: String, Sendable, CaseIterable {
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
public struct ProbeSettings: Hashable, Sendable {
    public var period = Duration.seconds(1)
    /// Whether the connection to the load balancer is kept: such a client stays with one node.
    public var keepsAlive = false
    /// Whether cookies are sent back: such a client stays with one target where that is wanted.
    public var keepsCookies = false
    public init() {}
}
