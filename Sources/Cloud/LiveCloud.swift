import CloudAPI
import Simulation

/// A cloud to hold on to: the handle that tests, scripts and experiments use.
///
/// It calls like an AWS SDK and stands still between calls; time passes only when told to:
///
/// ```swift
/// let live = LiveCloud(Cloud(seed: 1))
/// try live.ecs.createCluster(clusterName: "web")
/// live.run(for: .minutes(5))
/// ```
///
/// The cloud itself is a value: `live.cloud` is a snapshot, assigning it is an undo. One handle
/// belongs to one task at a time.
public final class LiveCloud: APIPerformer {
    public var cloud: Cloud
    /// Whom the calls come from.
    public var caller: Caller
    /// Told after every operation and every event that brought about facts: the cloud as it then
    /// is, with ``Cloud/facts`` still in it.
    public var watch: ((Cloud) -> Void)?

    public init(_ cloud: Cloud = Cloud(), as caller: Caller = Caller()) {
        self.cloud = cloud
        self.caller = caller
    }

    public func perform<O: APIOperation>(_ operation: O) throws(APIFailure) -> O.Output {
        guard let handled = operation as? any Handled else { throw .notSupported(O.self) }
        return try perform(handled) as! O.Output
    }

    private func perform<O: Handled>(_ operation: O) throws(APIFailure) -> Any {
        let output = try cloud.perform(operation, as: caller)
        if !cloud.facts.isEmpty { watch?(cloud) }
        return output
    }

    /// Lets the clock run for so long; everything due at the last instant is done.
    public func run(for wait: Duration) { run(until: cloud.now + wait) }

    /// Lets the clock run up to an instant, or at once to the first step after which `condition`
    /// holds.
    ///
    /// - Returns: Whether the condition held.
    @discardableResult
    public func run(until limit: Instant, or condition: (Cloud) -> Bool = { _ in false }) -> Bool {
        if condition(cloud) { return true }
        while cloud.step(until: limit) {
            if !cloud.facts.isEmpty { watch?(cloud) }
            if condition(cloud) { return true }
        }
        return false
    }

    public var ecs: ECSClient<LiveCloud> { ECSClient(self) }
    public var ecr: ECRClient<LiveCloud> { ECRClient(self) }
    public var elbv2: ELBv2Client<LiveCloud> { ELBv2Client(self) }
    public var ec2: EC2Client<LiveCloud> { EC2Client(self) }
    public var iam: IAMClient<LiveCloud> { IAMClient(self) }
    public var sts: STSClient<LiveCloud> { STSClient(self) }
    public var logs: CloudWatchLogsClient<LiveCloud> { CloudWatchLogsClient(self) }
}

extension APIFailure {
    /// An operation AWS has and Drydock does not.
    static func notSupported(_ operation: any APIOperation.Type) -> APIFailure {
        APIFailure(
            code: "UnsupportedOperationException",
            message: "Drydock does not support \(operation.service.id) \(operation.name) yet.",
            status: 501)
    }
}
