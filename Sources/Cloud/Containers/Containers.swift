import CloudAPI
import Simulation

public struct ClusterID: Identifier {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
}
public struct TaskDefinitionID: Identifier {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
}
public struct ServiceID: Identifier {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
}
/// A deployment of a service, and the service revision of the same number.
public struct DeploymentID: Identifier {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
}
public struct TaskID: Identifier {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// The state of ECS.
public struct Containers: Sendable, Codable {
    public internal(set) var clusters = Table<ClusterID, Cluster>()
    public internal(set) var taskDefinitions = Table<TaskDefinitionID, TaskDefinition>()
    public internal(set) var services = Table<ServiceID, Service>()
    public internal(set) var deployments = Table<DeploymentID, Deployment>()
    public internal(set) var tasks = Table<TaskID, Task>()

    var capacityProviders = Table<CapacityProviderID, CapacityProvider>()
    /// Those that were made; FARGATE and FARGATE_SPOT are everywhere.
    var capacityProviderIDs = Index<PlacedName, CapacityProviderID>()
    var accountSettings = Index<Place, AccountSettings>()

    /// Until when tasks are under protection; of few, so not kept in the tasks.
    var protectedUntil = Index<TaskID, Instant>()

    /// What RunTask said otherwise than the definition; of few, so not kept in the tasks.
    var overrides = Index<TaskID, Wired<ECS.TaskOverride>>()
    /// Which capacity provider a strategy has chosen for a task.
    var providers = Index<TaskID, String>()
    /// The tasks that RunTask started for a token.
    var runs = Index<PlacedName, RunRecord>()

    var clusterIDs = Index<PlacedName, ClusterID>()
    var families = Index<PlacedName, Family>()
    /// What belongs to a place, in the order of creation.
    var clustersByPlace = Index<Place, [ClusterID]>()
    var definitionsByPlace = Index<Place, [TaskDefinitionID]>()

    /// The capacity provider that runs a task, where a strategy has chosen one.
    public func capacityProvider(of task: TaskID) -> String? { providers[task] }

    /// In the order of creation.
    public func clusters(in place: Place) -> [ClusterID] { clustersByPlace[place] ?? [] }
}

extension Containers {
    public enum Event: Hashable, Codable, Sendable, BitwiseCopyable {
        /// The scheduler looks at a service. The turn counts its looks: a later one cancels it.
        case schedulerLooks(ServiceID, turn: UInt32)
        /// A stage of a task's life is over, unless the task is in another one by now.
        case stageEnds(TaskID, TaskStatus)
        case pullEnds(TaskID)
        /// The task gives up trying to start.
        case startFails(TaskID)
        /// The program in a container has started up.
        ///
        /// The run counts the starts of the container: what was meant for an earlier one is over.
        case boots(TaskID, container: UInt8, run: UInt8)
        /// The program in a container exits, of its own accord or because it was told to.
        case exits(TaskID, container: UInt8, run: UInt8, code: Int32)
        /// The health check of a container changes its mind.
        case healthTurns(TaskID, container: UInt8, run: UInt8, to: Health)
        /// A container has had its time to become what others wait for.
        case dependencyFails(TaskID, container: UInt8)
        /// ECS learns that the containers have exited.
        case exitNoticed(TaskID)
        /// The target of a stopped task is deregistered without waiting for the next look.
        case deregisters(TaskID)
        /// The wait after failures to start is over.
        case startsAgain(ServiceID)
        /// The circuit breaker acts on what it has counted.
        case breakerTrips(DeploymentID)
        /// The protection of a task may be over.
        case protectionEnds(TaskID)
        case forgetTask(TaskID)
        case forgetService(ServiceID)
        case forgetCluster(ClusterID)
    }

    public enum Fact: Hashable, Sendable, BitwiseCopyable {
        case taskMoved(TaskID, from: TaskStatus?, to: TaskStatus)
        /// Its desired status became STOPPED.
        case taskWanted(TaskID)
        case taskListening(TaskID)
        case taskRegistered(TaskID)
        case taskDeregistered(TaskID)
        case taskExited(TaskID, code: Int32)
        /// The health of a container of it, or its own, turned.
        case taskChecked(TaskID)
        /// It began to count as healthy.
        case taskHealthy(TaskID)
        case deploymentBegan(DeploymentID)
        /// Its rollout state became COMPLETED or FAILED.
        case deploymentEnded(DeploymentID)
        case serviceSteady(ServiceID)
        /// Of its events, the one with this number is new.
        case serviceEvent(ServiceID, number: UInt32)
    }

    public struct Cluster: Sendable, Codable {
        public let place: Place
        public let name: String
        public let createdAt: Instant
        public var isActive = true
        /// By name; services that are INACTIVE stay until they are forgotten.
        var serviceIDs = Index<String, ServiceID>()
        /// Tasks that belong to no service, the stopped ones included, in the order of creation.
        public var standaloneTasks: [TaskID] = []
        public var containerInsights = "disabled"
        public var capacityProviders: [String] = []
        var defaultStrategy: [StrategyItem] = []
        var configuration: Wired<ECS.ClusterConfiguration>?
        var serviceConnectNamespace: String?
        public var tags: [ResourceTag] = []
    }

    /// A call of RunTask that had a token.
    struct RunRecord: Sendable, Codable {
        /// The call, as AWS would be sent it.
        var request: String
        var tasks: [TaskID]
        var at: Instant
    }

    /// The revisions that share a name.
    struct Family: Sendable, Codable {
        /// By revision, from 1; a deleted one leaves a gap.
        var revisions: [TaskDefinitionID?] = []
    }
}
