import CloudAPI
import Simulation

extension Containers {
    public struct Service: Sendable, Codable {
        public enum Status: String, Sendable, Codable {
            case active = "ACTIVE"
            case draining = "DRAINING"
            case inactive = "INACTIVE"
        }

        public let cluster: ClusterID
        public let name: String
        public let createdAt: Instant
        public let createdBy: String
        public internal(set) var status = Status.active
        public internal(set) var desiredCount: Int
        public internal(set) var settings: Settings
        /// PRIMARY first, then the newer ACTIVE ones.
        public internal(set) var deployments: [DeploymentID] = []
        /// Every task that is not STOPPED, in the order of creation.
        public internal(set) var tasks: [TaskID] = []
        /// STOPPED ones that can still be described.
        public internal(set) var stoppedTasks: [TaskID] = []
        /// The last hundred, oldest first.
        public internal(set) var events: [ServiceEvent] = []
        /// How many there ever were.
        var eventCount: UInt32 = 0
        public internal(set) var tags: [ResourceTag] = []

        // The scheduler's diary.

        /// How often the scheduler has been asked to look; events of earlier turns mean nothing.
        var turn: UInt32 = 0
        /// When the scheduler looks next; `nil` while there is nothing to do.
        public internal(set) var looksAt: Instant?
        /// When it looked last: looks lie on a grid that starts at a deployment's first one.
        var lookedAt: Instant?
        public internal(set) var isSteady = false
        /// Consecutive tasks that failed to start, and until when no other is tried.
        var startFailures = 0
        var startsAgainAt: Instant?
        /// Said once for a deployment that its percentages do not let move.
        var saidItCannotMove = false
        /// Said once for a deployment that tasks under protection hold up.
        var saidItIsHeldUp = false
        /// Tasks are on their way from one zone to another.
        var isRebalancing = false

        // Its deployments in the long run.

        /// Every service deployment there was, oldest first.
        var history: [DeploymentID] = []
        /// What a rollback goes back to, and what replaces its own tasks in a deployment.
        var lastCompleted: DeploymentID?
        /// How many tasks that one may have while a newer one is deployed: the desired count as it
        /// was before, and what it was changed to since.
        var countOfLastCompleted = 0

        /// What an update may change without a new deployment, and what every deployment copies.
        public struct Settings: Hashable, Sendable, Codable {
            public var definition: TaskDefinitionID
            public var network: NetworkConfiguration?
            public var loadBalancers: [LoadBalancer]
            public var minimumHealthyPercent: Int
            public var maximumPercent: Int
            /// From RUNNING; failed checks of a load balancer do not count until then.
            public var gracePeriod: Duration?
            public var platformVersion: String
            public var circuitBreaker: CircuitBreaker
            public var rebalancesZones: Bool
            public var propagatesTags: String
            public var hasManagedTags: Bool
            public var hasExecuteCommand: Bool
            public var launchType: String?
            /// Empty if the launch type says where tasks run.
            var strategy: [StrategyItem] = []
        }

        public struct NetworkConfiguration: Hashable, Sendable, Codable {
            public var subnets: [SubnetID]
            public var securityGroups: [SecurityGroupID]
            public var assignsPublicAddress: Bool
        }

        public struct LoadBalancer: Hashable, Sendable, Codable {
            public var group: TargetGroupID
            public var container: String
            public var port: Int
        }

        public struct CircuitBreaker: Hashable, Sendable, Codable {
            public var isEnabled = false
            public var rollsBack = false
            public init() {}
        }
    }

    /// One deployment: a revision of the service on its way to being all there is of it.
    public struct Deployment: Sendable, Codable {
        public enum Status: String, Sendable, Codable {
            case primary = "PRIMARY"
            case active = "ACTIVE"
            case inactive = "INACTIVE"
        }
        public enum RolloutState: String, Sendable, Codable {
            case inProgress = "IN_PROGRESS"
            case completed = "COMPLETED"
            case failed = "FAILED"
        }

        /// Why a deployment failed.
        public enum Failure: String, Sendable, Codable {
            case circuitBreaker
            /// StopServiceDeployment.
            case stopped
        }

        public let service: ServiceID
        public internal(set) var status = Status.primary
        public internal(set) var rolloutState = RolloutState.inProgress
        /// What it deploys, as the service was when it began.
        public let settings: Service.Settings
        public internal(set) var desiredCount = 0
        public let createdAt: Instant
        public internal(set) var updatedAt: Instant
        /// When the scheduler first looked at it.
        public internal(set) var startedAt: Instant?
        public internal(set) var completedAt: Instant?
        /// When it failed, or when another one took its place before it had completed.
        public internal(set) var stoppedAt: Instant?
        /// Consecutive tasks that failed before they were healthy: what the circuit breaker counts.
        public internal(set) var failedTasks = 0
        /// The failures that were too many, once the deployment has ended.
        var thresholdAtEnd: Int?
        /// The circuit breaker has seen enough, and acts after a while.
        var isBreakerDue = false
        public internal(set) var failure: Failure?
        /// The deployments whose revisions had tasks when it began.
        public internal(set) var sources: [DeploymentID] = []
        /// The one whose revision it deploys, if that is not its own: it is a rollback.
        public let restores: DeploymentID?
        /// The failed one in whose place it stands, if it is a rollback.
        public let undoes: DeploymentID?
        /// The one that takes it back, if it failed and is rolled back.
        public internal(set) var rollback: DeploymentID?
        /// By container: the digest that its tag meant when the first task pulled it.
        public internal(set) var digests: [String?]

        init(
            _ service: ServiceID, _ settings: Service.Settings, at now: Instant,
            digests: [String?], restores: DeploymentID? = nil, undoes: DeploymentID? = nil
        ) {
            self.service = service
            self.settings = settings
            self.digests = digests
            self.restores = restores
            self.undoes = undoes
            createdAt = now
            updatedAt = now
        }
    }

    /// The deployment whose number the revision of a deployment has: its own, or, of a rollback,
    /// that of the one it goes back to. Source: ecs.md section 2.6.
    public func revision(of id: DeploymentID) -> DeploymentID { deployments[id].restores ?? id }
}
