import Cloud
import CloudAPI

/// How a server is to be: what `drydock serve` takes as options.
public struct ServerSettings: Sendable {
    /// How the registry is called in `repositoryUri`.
    public enum RegistryHost: String, Sendable, CaseIterable { case path, subdomain }

    public var host = "127.0.0.1"
    /// 0: any that is free.
    public var port = 4566
    /// Whose the calls are that no key assigns to anyone.
    public var account = "000000000000"
    /// Where the calls go that name no region.
    public var region = "us-east-1"
    public var clock = Pace.Mode.demand
    /// Virtual seconds in a second.
    public var speed = 1.0
    /// Decides delays and choices.
    public var seed: UInt64 = 1
    /// Decides ids and names.
    public var idSeed: UInt64 = 1
    /// The calendar instant at which the virtual clock starts; `nil`: now.
    public var epoch: Timestamp?
    /// Whose signatures count. Without them no signature is looked at.
    public var credentials: Credentials?
    public var registryHost = RegistryHost.path
    /// Whether each listener of a load balancer also gets a port of this machine.
    public var listenerPorts = false
    /// Where images are kept, so that they outlive the server; `nil`: in a folder that goes with
    /// it.
    public var images: String?
    /// The file in which the cloud is kept, so that it outlives the server; `nil`: in memory.
    public var state: String?
    /// How the programs in images behave, beside what their labels say.
    public var profiles = ImageProfiles()
    /// The cloud to begin with, by the calendar instant of its clock's start; `nil`: an empty one.
    package var start: (@Sendable (Timestamp) -> Cloud)?
    /// Where there have been calls in that cloud: each place gets its default VPC once.
    package var places: [Place] = []
    /// Whether to write down what clients ask.
    package var keepsTranscript = false
    /// Makes what a call names and what is not there, before the call is carried out; says what it
    /// has made.
    package var assume: (@Sendable (any APIOperation, LiveCloud) -> [Assumed])?

    /// A thing that was made because a call named it.
    package struct Assumed: Sendable {
        package var kind: String
        package var name: String
        /// Of a service, whose first deployment is nobody's work.
        package var service: ServiceID?

        package init(kind: String, name: String, service: ServiceID? = nil) {
            (self.kind, self.name, self.service) = (kind, name, service)
        }
    }

    public init() {}

    /// Whether others than this machine can reach the server.
    public var isOpen: Bool {
        let isFour = host.hasPrefix("127.") && host.allSatisfy { "0123456789.".contains($0) }
        return !(host == "localhost" || host == "::1" || isFour)
    }
}
