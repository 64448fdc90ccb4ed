import Simulation

/// A task's `lastStatus`. Source: Amazon ECS Developer Guide, "Amazon ECS task lifecycle".
public enum TaskStatus: String, Hashable, Codable, Sendable, BitwiseCopyable {
    case provisioning = "PROVISIONING"
    case pending = "PENDING"
    case activating = "ACTIVATING"
    case running = "RUNNING"
    case deactivating = "DEACTIVATING"
    case stopping = "STOPPING"
    case deprovisioning = "DEPROVISIONING"
    case stopped = "STOPPED"

    /// Whether a task with it holds a place under the maximum: from PROVISIONING through STOPPING,
    /// whatever the reason of its stop. Source: ecs.md section 13.2.
    var holdsPlace: Bool { self != .deprovisioning && self != .stopped }
}

extension Containers {
    public struct Task: Sendable, Codable {
        public let cluster: ClusterID
        public let definition: TaskDefinitionID
        /// `nil` for a task that RunTask started.
        public let service: ServiceID?
        /// The one it was started for; a rollback takes over tasks of the revision it restores.
        public internal(set) var deployment: DeploymentID?
        public internal(set) var status = TaskStatus.provisioning
        /// Whether `desiredStatus` is RUNNING; if not, it is STOPPED.
        public internal(set) var isWanted = true

        public let createdAt: Instant
        public internal(set) var connectedAt: Instant?
        public internal(set) var pullStartedAt: Instant?
        public internal(set) var pullStoppedAt: Instant?
        public internal(set) var startedAt: Instant?
        public internal(set) var listeningAt: Instant?
        public internal(set) var registeredAt: Instant?
        /// When it began to count as healthy for its service.
        public internal(set) var healthySince: Instant?
        public internal(set) var stoppingAt: Instant?
        public internal(set) var deregisteredAt: Instant?
        /// When the containers were sent the stop signal.
        public internal(set) var signalledAt: Instant?
        public internal(set) var exitedAt: Instant?
        public internal(set) var executionStoppedAt: Instant?
        public internal(set) var stoppedAt: Instant?

        public let subnet: SubnetID
        public internal(set) var interface: InterfaceID?
        /// The same, known also after it is gone.
        public internal(set) var attached: InterfaceID?
        /// Its private address; known also after its interface is gone.
        public internal(set) var address: IPv4Address?
        /// Where it is registered, in the order of the service's load balancers.
        public internal(set) var targets: [TargetID] = []
        /// In the order of the task definition.
        public internal(set) var containers: [Container]
        public internal(set) var stopCause: StopCause?
        /// Why it will not start, once its agent has found out.
        var startFailure: String?
        /// An event has said that its target is unhealthy.
        var isReportedUnhealthy = false
        public internal(set) var startedBy: String?
        public let group: String?
        public let hasPublicAddress: Bool
        public let securityGroups: [SecurityGroupID]
        /// What the health checks of its essential containers say; UNKNOWN where there are none.
        public internal(set) var health = Health.unknown
        /// Counts the changes that AWS would send an event for, from 1.
        public internal(set) var version = 1
        public internal(set) var tags: [ResourceTag] = []

        init(
            cluster: ClusterID, definition: TaskDefinitionID, service: ServiceID?,
            deployment: DeploymentID?, createdAt: Instant, subnet: SubnetID,
            containers: [Container], startedBy: String? = nil, group: String? = nil,
            hasPublicAddress: Bool, securityGroups: [SecurityGroupID], tags: [ResourceTag] = []
        ) {
            self.cluster = cluster
            self.definition = definition
            self.service = service
            self.deployment = deployment
            self.createdAt = createdAt
            self.subnet = subnet
            self.containers = containers
            self.startedBy = startedBy
            self.group = group
            self.hasPublicAddress = hasPublicAddress
            self.securityGroups = securityGroups
            self.tags = tags
        }
    }

    /// Source: ecs.md sections 8.8 and 14.3.
    public enum Health: String, Sendable, Codable, BitwiseCopyable {
        case unknown = "UNKNOWN"
        case healthy = "HEALTHY"
        case unhealthy = "UNHEALTHY"
    }

    public struct Container: Sendable, Codable {
        public internal(set) var status = TaskStatus.pending
        /// How often it has been started, and when last.
        var run: UInt8 = 0
        var startedAt: Instant?
        /// Its program has booted and has not exited.
        var isUp = false
        /// It has been sent its stop signal.
        var isSignalled = false
        public internal(set) var health = Health.unknown
        /// What was pulled; `nil` until then, and for an image of another registry.
        public internal(set) var image: ImageID?
        public internal(set) var digest: String?
        public internal(set) var exitCode: Int?
        public internal(set) var reason: String?

        init() {}
    }

    /// Why a task stops. The texts are in ``StopCause/reason``.
    public struct StopCause: Hashable, Sendable, Codable {
        public enum Code: String, Sendable, Codable {
            case taskFailedToStart = "TaskFailedToStart"
            case essentialContainerExited = "EssentialContainerExited"
            case userInitiated = "UserInitiated"
            case serviceSchedulerInitiated = "ServiceSchedulerInitiated"
        }

        /// What stands in `stoppedReason`, where names are not yet needed.
        public enum Reason: Hashable, Sendable, Codable {
            case text(String)
            /// Scaled in, or replaced; the deployment is the task's own.
            case scaling(DeploymentID)
            case failedTargetChecks(TargetGroupID)
            case failedContainerChecks

            /// Whether the task was found unhealthy.
            var isSickness: Bool {
                switch self {
                case .failedTargetChecks, .failedContainerChecks: true
                case .text, .scaling: false
                }
            }
        }

        public var code: Code
        public var reason: Reason
    }
}
