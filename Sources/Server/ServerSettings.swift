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
    /// How the programs in images behave, beside what their labels say.
    public var profiles = ImageProfiles()

    public init() {}

    /// Whether others than this machine can reach the server.
    public var isOpen: Bool {
        let isFour = host.hasPrefix("127.") && host.allSatisfy { "0123456789.".contains($0) }
        return !(host == "localhost" || host == "::1" || isFour)
    }
}
