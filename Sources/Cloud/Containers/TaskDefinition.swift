import CloudAPI
import Simulation

extension Containers {
    /// One revision of a family.
    public struct TaskDefinition: Sendable, Codable {
        public let place: Place
        public let family: String
        public let revision: Int
        /// As it was registered, with AWS's defaults filled in: what Describe answers.
        public internal(set) var registered: Wired<ECS.TaskDefinition>
        public internal(set) var isActive = true
        /// In units of 1/1024 vCPU; 0 where nothing is said.
        public let cpuUnits: Int
        public let memoryMebibytes: Int
        public let isARM: Bool
        public let networkMode: String
        public let containers: [ContainerDefinition]
        /// Whether containers wait for each other.
        public let isOrdered: Bool
        /// Whether an essential container has a health check.
        public let isChecked: Bool
        public let executionRole: String?
        public internal(set) var tags: [ResourceTag] = []
    }

    /// What the simulation reads of a container definition.
    public struct ContainerDefinition: Sendable, Codable {
        public let name: String
        public let image: ImageReference
        public let isEssential: Bool
        public let ports: [Int]
        /// `nil`: as ``Timing/stopTimeout`` has it.
        public let stopTimeout: Duration?
        public let logs: LogConfiguration?
        /// Whether the tag is resolved once for a deployment.
        public let isVersionConsistent: Bool
        public let environment: [ResourceTag]
        /// A hard limit of its own; `nil`: the task's.
        public let memoryMebibytes: Int?
        public let dependencies: [Dependency]
        /// How long others wait for it to become what they depend on; `nil`: as long as it takes.
        public let startTimeout: Duration?
        public let healthCheck: HealthCheck?
        public let restarts: RestartPolicy?
    }

    /// What a container waits for before it starts. Source: ecs.md section 7.7.
    public struct Dependency: Hashable, Sendable, Codable {
        public enum Condition: String, Sendable, Codable {
            case start = "START"
            case complete = "COMPLETE"
            case success = "SUCCESS"
            case healthy = "HEALTHY"
        }

        /// Its place in the definition.
        public let container: Int
        public let condition: Condition
    }

    /// Source: ecs.md section 7.8.
    public struct HealthCheck: Hashable, Sendable, Codable {
        public let interval: Duration
        public let timeout: Duration
        public let retries: Int
        /// From the start of the container; checks that fail until then do not count.
        public let startPeriod: Duration
    }

    /// Source: ecs.md section 7.15.
    public struct RestartPolicy: Hashable, Sendable, Codable {
        public let ignoredExitCodes: [Int]
        /// How long a container must have run to be started again.
        public let attemptPeriod: Duration
    }

    /// The options of the awslogs driver.
    public struct LogConfiguration: Hashable, Sendable, Codable {
        public let group: String
        public let region: String
        public let streamPrefix: String?
        public let createsGroup: Bool
    }
}
