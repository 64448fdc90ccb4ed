import Simulation

/// How the program in an image behaves: what the simulation needs to know of it.
public struct AppProfile: Hashable, Codable, Sendable {
    /// What people call this version: `"v2"`.
    public var version: String?
    /// The work of starting up, in seconds of one vCPU. With a quarter of a vCPU it takes four
    /// times as long; with more than one it takes no less (a start-up is mostly one thread).
    public var bootCPUSeconds = 1.0
    /// What it needs to run; with less the kernel kills it while it boots.
    public var memoryMebibytes = 64
    /// The port it listens on; `nil`: whichever the task definition maps.
    public var port: Int?
    /// What it answers to whoever asks for a page, once it is up.
    public var page = Network.Answer(status: 200, after: .milliseconds(20))
    /// What it answers to a health check.
    public var check = Network.Answer(status: 200, after: .milliseconds(20))
    /// What a page of it says.
    public var body: String?
    /// How long it takes to exit after SIGTERM; `nil` if it ignores the signal.
    public var exitsAfterTerm: Duration? = .milliseconds(500)
    /// If it crashes: how long after it is up, and with which code.
    public var crash: Crash?

    public struct Crash: Hashable, Codable, Sendable {
        public var after: Duration
        public var exitCode: Int
        public init(after: Duration, exitCode: Int) {
            self.after = after
            self.exitCode = exitCode
        }
    }

    public init() {}

    /// How long it takes from the start of its container until it listens.
    ///
    /// - Parameter cpuUnits: The task's CPU, 1024 to a vCPU; 0 means as much as it wants.
    public func bootTime(cpuUnits: Int) -> Duration {
        let share = cpuUnits == 0 ? 1 : min(1, Double(cpuUnits) / 1024)
        return .seconds(bootCPUSeconds / share)
    }
}
