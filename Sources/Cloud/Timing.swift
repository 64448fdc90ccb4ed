import Simulation

/// How long things take, and the settings for what no source settles.
///
/// "Section" is one of the ECS fact sheet unless another is named; docs/fidelity.md has the
/// evidence. What stands here once is used everywhere: no other file has a delay in it.
public struct Timing: Hashable, Codable, Sendable {
    public init() {}

    // MARK: the service scheduler

    /// From CreateService or UpdateService to the scheduler's first action.
    /// Observed: 1.3 to 18.1 s; sections 13.9 and 18.8. The sheet's 3 to 17.5 s leave out the
    /// shortest and the longest of nine observations.
    public var firstAction = Spread.between(.seconds(1), .seconds(18.5))

    /// From one look of the scheduler at a service to the next, while there is work.
    /// Observed: 9.6 to 10.35 s, mode 10.05 s; section 13.8.
    public var tick = Spread.triangular(
        low: .seconds(9.75), high: .seconds(10.4), mode: .seconds(10.05))

    /// How long a task must have been RUNNING to count as healthy, without a load balancer and
    /// without a container health check. Documented; section 14, first row, and 14.1.
    public var minimumRunning = Duration.seconds(40)

    /// The same with a load balancer and without a container health check; 0 is the documented
    /// wording. Assumed: fits T1, T4, T16 and T17, contradicts the API's text; section 14.5.
    public var minimumRunningWithLoadBalancer = Duration.seconds(40)

    /// How late the scheduler learns that a task has been RUNNING for long enough.
    /// Assumed: "noticed up to 10 s late"; section 14.5.
    public var runningNotice = Spread.between(.zero, .seconds(10))

    /// The share of stops after which the target is deregistered at once instead of at the next
    /// tick. Observed: 1 of 8; section 34.
    public var deregistersAtOnce = 0.1

    /// "At once": from `has stopped` to `deregistered`. Observed: 1.5 s; section 13.8.
    public var promptDeregistration = Spread.always(.seconds(1.5))

    /// From the failure that is one too many to the circuit breaker's `deployment failed`.
    /// Assumed: 55 to 70 s, fits T8; section 18.8b.
    public var breakerNotice = Spread.between(.seconds(55), .seconds(70))

    /// Whether a task that is being stopped holds its place under the maximum, and its deployment,
    /// until its containers have exited; `false` is the API's wording, by which only RUNNING and
    /// PENDING tasks count. Observed: T1, T15 to T17; sections 13.2 and 13.13.
    public var stoppingHoldsPlace = true

    /// The same of a task that is stopped because it is unhealthy. Assumed: fits T8 and T12, while
    /// another account started the replacement during the drain; sections 13.2 and 35.3.
    public var sickHoldsPlace = true

    /// Which of equally placed tasks goes first. Assumed: the oldest; sections 13.10 and 35.4.
    public var stopsOldestFirst = true

    // MARK: the life of a task on Fargate

    /// Finding capacity and attaching the network interface: PROVISIONING.
    /// Observed: 10 to 18 s; section 34.
    public var capacity = Spread.between(.seconds(10), .seconds(18))

    /// From the creation of a task to the connection of its network interface, while it is still
    /// PROVISIONING. Observed: 3.3 to 5 s, of three; sections 9.7 and 34 and T19.
    public var connection = Spread.between(.seconds(2.5), .seconds(5.5))

    /// The part of an image pull that does not depend on the image's size.
    /// Observed: 1.5 to 3.5 s; section 34.
    public var pullFixed = Spread.between(.seconds(1.5), .seconds(3.5))

    /// Pulling and unpacking one MiB of compressed layers. Observed: 24 to 30 MiB/s; section 9.9.
    public var pullPerMebibyte = Spread.between(.seconds(1.0 / 30), .seconds(1.0 / 24))

    /// From the end of the pull to RUNNING. Observed: 2 to 3 s; section 34.
    public var start = Spread.between(.seconds(2), .seconds(3))

    // From RUNNING to the registration of the target there is no wait of its own: it happens at the
    // scheduler's next look. Section 9.4.

    /// How late ECS notices that a target's drain is over. Assumed: 0 to 10 s; section 10.8.
    public var drainNotice = Spread.between(.zero, .seconds(10))

    /// And what share of the deregistration delay comes on top of that, at most.
    /// Assumed: 0 to 17 %, fits 10.8 and T15; section 10.8.
    public var drainNoticeShare = 0.17

    /// From the exit of the last container to ECS's knowing of it (`executionStoppedAt`).
    /// Observed: 9 to 13 s, for a clean exit too; section 10.7b.
    public var exitNotice = Spread.between(.seconds(9), .seconds(13))

    /// From `executionStoppedAt` to STOPPED: the network interface is removed.
    /// Observed: 10 to 24.3 s; section 34.
    public var release = Spread.between(.seconds(10), .seconds(24))

    /// From SIGTERM to SIGKILL, if the task definition does not say.
    /// Documented: `stopTimeout`, default 30 s; section 7.10.
    public var stopTimeout = Duration.seconds(30)

    /// Whether StopTask waits for the drain before it signals the containers.
    /// Assumed: no; reports differ; section 10.3.
    public var stopTaskWaitsForDrain = false

    /// From the creation of a task to STOPPED if no network path leads to the registry.
    /// Observed: 4 min 49 s; section 11.5.
    public var unreachableRegistry = Spread.always(.seconds(289))

    /// The same if the image is not there or not allowed.
    /// Observed: 42 s in one capture; assumed 30 to 60 s; section 11.5.
    public var missingImage = Spread.between(.seconds(30), .seconds(60))

    /// How long a stopped task can still be described. Documented: at least 1 h; section 8.11.
    public var stoppedTaskKept = Duration.hours(1)

    /// How long a service deployment is listed and described. Section 21.6.
    public var serviceDeploymentsKept = Duration.hours(90 * 24)

    /// How long the token of a call is remembered. Documented for RunTask: 24 h; section 25.2.
    /// Assumed for the calls of EC2.
    public var clientTokenKept = Duration.hours(24)

    /// How long an INACTIVE cluster or service can still be described. Assumed; 3.5, 12.18.
    public var inactiveKept = Duration.hours(1)

    /// The wait before the n-th attempt after n consecutive failures to start; the last repeats.
    /// Assumed: 60, 180, 720, 1620 s, fits T10; section 19.4.
    public var startBackoff: [Duration] = [
        .seconds(60), .seconds(180), .seconds(720), .seconds(1620),
    ]

    // MARK: the load balancer

    /// From CreateLoadBalancer to `active`. Observed: 2 to 3 min; elbv2.md section 3.
    public var loadBalancerProvisioning = Spread.always(.seconds(120))

    /// From RegisterTargets to the first check of the target by the first node.
    /// Observed: within 0.5 to 3 s; section 14.4.
    public var firstCheck = Spread.between(.seconds(0.5), .seconds(3))

    /// How much later than the first node another one checks. Observed: within 0.5 s; 14.4.
    public var nodeStagger = Spread.between(.zero, .seconds(0.5))

    /// From DeregisterTargets to `draining` in DescribeTargetHealth.
    /// Observed: 1.1 to 1.6 s; section 34.
    public var drainVisible = Spread.between(.seconds(1.1), .seconds(1.6))

    /// From DeregisterTargets to a node's sending no more new requests to the target.
    /// Assumed: 0 to 10 s per node; elbv2.md section 6, section 35.9 of ecs.md.
    public var deregistrationReachesNode = Spread.between(.zero, .seconds(10))

    /// How much longer a network load balancer takes until it checks a new target. Observed: two to
    /// three minutes until it is healthy, of which five checks take two; elbv2.md section 0.1.
    public var networkRegistration = Spread.between(.zero, .seconds(60))

    /// The same as ``deregistrationReachesNode`` of a network load balancer.
    /// Observed: 30 to 120 s, whatever the delay; elbv2.md sections 6 and 12.
    public var networkDeregistrationReachesNode = Spread.between(.seconds(30), .seconds(120))

    /// From too few healthy targets in a zone to the last client that still has the address of its
    /// node, and from enough of them to the first that has it again.
    /// Documented: names live for 60 s; elbv2.md section 6. The spread is assumed.
    public var dnsFailover = Spread.between(.zero, .seconds(60))

    /// How much earlier than its delay a drain may end, and how much later that can be.
    /// Observed: -1 to +0.7 s; section 34.
    public var drainEarliest = Duration.seconds(1)
    public var drainSlack = Spread.between(.zero, .seconds(1.7))

    /// From ModifyCapacityReservation to the capacity's being provisioned. Assumed.
    public var capacityReservation = Spread.between(.minutes(1), .minutes(5))

    /// How long a node waits for a target to accept a connection. Documented; elbv2.md section 7.
    public var connectTimeout = Duration.seconds(10)

    // MARK: the network

    /// From CreateNatGateway to `available`. Assumed: 60 to 90 s; vpc.md section 4.
    public var natProvisioning = Spread.between(.seconds(60), .seconds(90))

    /// From DeleteNatGateway to `deleted`. Assumed; vpc.md section 4.
    public var natDeletion = Spread.always(.seconds(60))

    /// From CreateVpcEndpoint to `available`, of one with interfaces.
    /// Assumed: 60 to 120 s; vpc.md section 4.
    public var endpointProvisioning = Spread.between(.seconds(60), .seconds(120))

    /// How long a deleted NAT gateway can still be described. Documented: about an hour.
    public var deletedNatKept = Duration.hours(1)

    // MARK: the registry

    /// A basic scan of an image. Assumed: the waiter asks every 5 s for 5 min; ecr.md section 19.1.
    public var imageScan = Spread.between(.seconds(5), .seconds(30))

    /// From one evaluation of a lifecycle policy to the next.
    /// Documented: within 24 h; ecr.md section 11.6.
    public var lifecycleInterval = Duration.hours(24)

    /// Trying out a lifecycle policy.
    /// Assumed: the waiter asks every 5 s for 100 s; ecr.md section 19.1.
    public var lifecyclePreview = Spread.between(.seconds(5), .seconds(15))

    /// Bringing an image back from the archive.
    /// Documented: up to 20 min; the lower end is assumed; ecr.md section 17.
    public var imageRestore = Spread.between(.minutes(5), .minutes(20))

    /// Copying an image to another registry.
    /// Documented: usually under 30 min; the spread is assumed; ecr.md section 14.3.
    public var replication = Spread.between(.minutes(1), .minutes(30))
}

extension Timing {
    /// Every spread by its name, for settings in scenarios and for reports.
    public static let spreads: [(name: String, path: WritableKeyPath<Timing, Spread> & Sendable)] =
        [
            ("firstAction", \.firstAction), ("tick", \.tick), ("runningNotice", \.runningNotice),
            ("promptDeregistration", \.promptDeregistration),
            ("breakerNotice", \.breakerNotice), ("capacity", \.capacity),
            ("connection", \.connection),
            ("pullFixed", \.pullFixed), ("pullPerMebibyte", \.pullPerMebibyte), ("start", \.start),
            ("drainNotice", \.drainNotice), ("exitNotice", \.exitNotice), ("release", \.release),
            ("unreachableRegistry", \.unreachableRegistry), ("missingImage", \.missingImage),
            ("loadBalancerProvisioning", \.loadBalancerProvisioning), ("firstCheck", \.firstCheck),
            ("nodeStagger", \.nodeStagger), ("drainVisible", \.drainVisible),
            ("deregistrationReachesNode", \.deregistrationReachesNode),
            ("drainSlack", \.drainSlack), ("networkRegistration", \.networkRegistration),
            ("networkDeregistrationReachesNode", \.networkDeregistrationReachesNode),
            ("dnsFailover", \.dnsFailover),
            ("natProvisioning", \.natProvisioning), ("natDeletion", \.natDeletion),
            ("endpointProvisioning", \.endpointProvisioning), ("imageScan", \.imageScan),
            ("lifecyclePreview", \.lifecyclePreview), ("imageRestore", \.imageRestore),
            ("replication", \.replication), ("capacityReservation", \.capacityReservation),
        ]

    /// Every fixed duration by its name.
    public static let durations:
        [(name: String, path: WritableKeyPath<Timing, Duration> & Sendable)] = [
            ("minimumRunning", \.minimumRunning),
            ("minimumRunningWithLoadBalancer", \.minimumRunningWithLoadBalancer),
            ("stopTimeout", \.stopTimeout), ("drainEarliest", \.drainEarliest),
            ("connectTimeout", \.connectTimeout), ("inactiveKept", \.inactiveKept),
        ]

    /// Every share and every choice by its name.
    public static let shares: [(name: String, path: WritableKeyPath<Timing, Double> & Sendable)] =
        [("deregistersAtOnce", \.deregistersAtOnce), ("drainNoticeShare", \.drainNoticeShare)]
    public static let choices: [(name: String, path: WritableKeyPath<Timing, Bool> & Sendable)] = [
        ("stoppingHoldsPlace", \.stoppingHoldsPlace), ("sickHoldsPlace", \.sickHoldsPlace),
        ("stopsOldestFirst", \.stopsOldestFirst),
        ("stopTaskWaitsForDrain", \.stopTaskWaitsForDrain),
    ]

    /// The same timing with every spread at its typical value: one number where one is needed.
    public var typical: Timing {
        var timing = self
        for (_, path) in Self.spreads { timing[keyPath: path] = timing[keyPath: path].atTypical }
        timing.deregistersAtOnce = 0
        return timing
    }
}

/// What no source settles, and the ways in which it may be read.
extension Timing {
    public struct Switch: Sendable {
        /// Of the setting, or of the first of several that belong together.
        public let name: String
        /// Each as settings of a scenario: `"timing.minimumRunning=0s"`. The first is what Drydock
        /// has unless told otherwise.
        public let readings: [[String]]

        init(_ name: String, _ readings: [String]...) {
            self.name = name
            self.readings = readings
        }

        init(_ name: String, ours: String, others: String...) {
            self.name = name
            readings = ([ours] + others).map { ["timing.\(name)=\($0)"] }
        }
    }

    /// Every open point that can move the result of a run, with its evidence where its setting
    /// stands above. Source: section 35, and each rule that another source contradicts.
    public static let switches = [
        // 14.5 and 35.3: the API's wording is that a healthy target is enough.
        Switch("minimumRunningWithLoadBalancer", ours: "40s", others: "0s"),
        // 14.1: in 2021 a task counted as soon as it was RUNNING.
        Switch("minimumRunning", ours: "40s", others: "0s"),
        // 14.5: whether the scheduler learns of it at its next look, or later.
        Switch("runningNotice", ours: "{between: [0s, 10s]}", others: "0s"),
        // 35.9: ten seconds at most by elbv2.md section 6, 1.5 s by 15.1.
        Switch("deregistrationReachesNode", ours: "{between: [0s, 10s]}", others: "1.5s"),
        // 35.8: a drain was once noticed a minute late; it need not be so each time.
        Switch(
            "drainNotice",
            ["timing.drainNotice={between: [0s, 10s]}", "timing.drainNoticeShare=0.17"],
            ["timing.drainNotice=0s", "timing.drainNoticeShare=0"]),
        // 13.8: seen once in eight stops.
        Switch("deregistersAtOnce", ours: "0.1", others: "0"),
        // 14.4: within 3 s by T18, 1 to 10 s by elbv2.md section 6.
        Switch(
            "firstCheck", ours: "{between: [500ms, 3s]}", others: "{between: [1s, 10s]}"),
        // 13.2 and 13.13: the API counts RUNNING and PENDING tasks only.
        Switch("stoppingHoldsPlace", ours: "true", others: "false"),
        // 13.2 and 35.3.
        Switch("sickHoldsPlace", ours: "true", others: "false"),
        // 13.10 and 35.4.
        Switch("stopsOldestFirst", ours: "true", others: "false"),
        // 18.8b: seen once; the guide says nothing of a wait.
        Switch("breakerNotice", ours: "{between: [55s, 70s]}", others: "0s"),
        // 19.4 and 35.2: the schedule is not published; the other one doubles from a minute on.
        Switch(
            "startBackoff", ours: "[60s, 180s, 720s, 1620s]",
            others: "[60s, 120s, 240s, 480s, 960s, 1620s]"),
        // 10.3 and 35.1: reports differ.
        Switch("stopTaskWaitsForDrain", ours: "false", others: "true"),
    ]
}
