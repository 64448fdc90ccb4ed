import Cloud
import Simulation

/// A story to be played: a small cloud, an application in it, and how a new version is brought out.
///
/// It is the value of one YAML file; docs/scenarios.md has every key and its default. Nothing in it
/// is checked twice: what AWS would refuse, the cloud refuses when the scenario is set up.
public struct Scenario: Sendable, Equatable {
    /// Letters, digits and hyphens; resources are named after it unless they have names.
    public internal(set) var name: String
    public internal(set) var title: String
    /// One sentence: what there is to learn.
    public internal(set) var teaches: String
    /// Title and lesson in German, if they are there.
    public internal(set) var german: Lesson?
    public internal(set) var place: Place
    public internal(set) var network: Network
    public internal(set) var securityGroups: [SecurityGroup]
    public internal(set) var roles: [Role]
    /// The name of the repository that the images are pushed to.
    public internal(set) var repository: String
    /// The versions. The first one runs before anything is measured.
    public internal(set) var images: [Image]
    public internal(set) var task: Task
    /// `nil`: the service has none, and nobody can be told which version answers from outside.
    public internal(set) var loadBalancer: LoadBalancer?
    public internal(set) var service: Service
    public internal(set) var timing: Timing
    /// What is done once the first version is steady, in this order.
    public internal(set) var deploy: [Step]
    public internal(set) var probe: Probe
    /// How long the measurement goes on at most, from the first step of `deploy`.
    public internal(set) var horizon: Duration

    /// The file's name, as problems name it.
    public let file: String
    /// What was written, for settings and to name places.
    let tree: ScenarioNode

    /// Reads a scenario.
    ///
    /// - Parameters:
    ///   - yaml: The text of its file.
    ///   - file: The file's name, as problems name it.
    ///   - settings: What to change in it, each `key=value` (``applying(setting:)``).
    /// - Throws: The first problem found.
    public init(
        yaml: String, file: String, settings: [String] = []
    ) throws(ScenarioProblem) {
        var tree = try ScenarioNode(yaml: yaml, file: file)
        for setting in settings { tree = try tree.applying(setting: setting, file: file) }
        try self.init(tree: tree, file: file)
    }

    /// The same scenario with one value changed, as `--set` does it.
    ///
    /// - Parameter setting: A path of keys, `=` and a value in YAML:
    ///   `"service.minimumHealthyPercent=50"`. The parts of a list are counted from 1.
    public func applying(setting: String) throws(ScenarioProblem) -> Scenario {
        try Scenario(tree: tree.applying(setting: setting, file: file), file: file)
    }

    /// A problem with what stands at a path of keys, or would.
    public func problem(at path: String, _ sentence: String) -> ScenarioProblem {
        ScenarioProblem(file: file, place: tree.nearest(to: path).place, sentence: sentence)
    }
}

extension Scenario {
    /// What people read of a scenario in one language.
    public struct Lesson: Sendable, Equatable {
        public var title: String
        public var teaches: String

        public init(title: String, teaches: String) {
            (self.title, self.teaches) = (title, teaches)
        }
    }

    public struct Network: Sendable, Equatable {
        public enum Nat: Sendable, Equatable { case none, one, onePerZone }

        public var vpc: CIDRBlock
        /// How many of the region's zones are used.
        public var zones: Int
        /// The first lies in the first zone, the second in the second one, and round again.
        public var publicSubnets: [CIDRBlock]
        public var privateSubnets: [CIDRBlock]
        public var nat: Nat
    }

    public struct SecurityGroup: Sendable, Equatable {
        public enum Source: Sendable, Equatable {
            case block(CIDRBlock)
            /// By its name in the scenario.
            case group(String)
        }

        /// Lets TCP in. Everything may go out, as in a group that AWS makes.
        public struct Rule: Sendable, Equatable {
            public var ports: ClosedRange<Int>
            public var from: Source
        }

        public var name: String
        public var rules: [Rule]
    }

    /// A role that tasks take on.
    public struct Role: Sendable, Equatable {
        public var name: String
        /// ARNs of managed policies, or their names alone.
        public var policies: [String]
    }

    /// A version of the application.
    public struct Image: Sendable, Equatable {
        public enum Architecture: String, Sendable, CaseIterable {
            case x86 = "X86_64"
            case arm = "ARM64"
        }

        public var version: String
        /// Compressed, as a registry keeps it.
        public var sizeMebibytes = 180
        public var architecture = Architecture.x86
        public var profile: AppProfile
    }

    /// What the service's task definition says.
    public struct Task: Sendable, Equatable {
        /// With ECS's own defaults.
        public struct HealthCheck: Sendable, Equatable {
            public var interval = Duration.seconds(30)
            public var timeout = Duration.seconds(5)
            public var retries = 3
            public var startPeriod = Duration.zero
        }

        public var family: String
        /// 1024 to a vCPU.
        public var cpuUnits = 256
        public var memoryMebibytes = 512
        public var architecture = Image.Architecture.x86
        public var container: String
        public var containerPort = 8080
        /// The tag in the container's image; the first version is pushed to it.
        public var tag = "latest"
        public var stopTimeout: Duration?
        /// The container's own, beside the load balancer's.
        public var healthCheck: HealthCheck?
        /// `nil`: the container writes no logs.
        public var logGroup: String?
        /// A role of the scenario, by its name.
        public var executionRole: String?
        public var taskRole: String?
    }

    public struct LoadBalancer: Sendable, Equatable {
        public struct HealthCheck: Sendable, Equatable {
            /// `nil`: the check is passed once the connection is accepted (TCP).
            public var path: String? = "/"
            public var interval = Duration.seconds(30)
            public var timeout = Duration.seconds(5)
            public var healthyThreshold = 5
            public var unhealthyThreshold = 2
            /// The codes that pass: `"200"`, `"200,202"`, `"200-299"`.
            public var matcher = "200"
        }

        public enum Kind: String, Sendable, CaseIterable { case application, network }

        public var name: String
        public var kind = Kind.application
        /// Without public addresses: only who is in the VPC reaches it.
        public var isInternal = false
        public var port = 80
        /// By their names in the scenario.
        public var securityGroups: [String]
        public var healthCheck = HealthCheck()
        public var deregistrationDelay = Duration.seconds(300)
        /// Whether clients get a cookie that leads them to the same target again.
        public var isSticky = false
        /// How long a new target's share grows; zero: it has its full share at once.
        public var slowStart = Duration.zero
        /// Whether nodes send requests to other zones; `nil`: as AWS has it for the kind.
        public var crossesZones: Bool?
        /// Whether tasks see the client's address; of network load balancers only.
        public var keepsClientAddress: Bool?
    }

    public struct Service: Sendable, Equatable {
        public enum Subnets: String, Sendable, CaseIterable { case `private`, `public` }

        public var name: String
        public var cluster: String
        public var subnets = Subnets.private
        /// By their names in the scenario.
        public var securityGroups: [String]
        public var assignsPublicAddress = false
        public var settings = Settings()

        /// What an update may change.
        public struct Settings: Sendable, Equatable {
            public var desiredCount = 1
            public var minimumHealthyPercent = 100
            public var maximumPercent = 200
            public var healthCheckGracePeriod = Duration.zero
            public var circuitBreaker = CircuitBreaker()
        }

        public struct CircuitBreaker: Sendable, Equatable {
            public var isEnabled = false
            public var rollsBack = false
        }
    }

    /// Something that is done to bring out a new version.
    public struct Step: Sendable, Equatable {
        public enum Action: Sendable, Equatable {
            /// `docker push`: the image of a version, to a tag.
            case push(version: String, tag: String)
            case registerTaskDefinition(Task)
            case updateService(Update)
            /// Until the service says that it has reached a steady state.
            case waitUntilSteady
            case wait(Duration)
            /// A rule of a security group, by its number in the scenario, is revoked, or put back.
            case removeRule(group: String, number: Int)
            case addRule(group: String, number: Int)
        }

        /// What `UpdateService` is called with; `nil` is left out of the call.
        public struct Update: Sendable, Equatable {
            public enum TaskDefinition: Sendable, Equatable {
                case latest
                case revision(Int)
            }
            public var taskDefinition: TaskDefinition?
            public var forcesNewDeployment = false
            public var desiredCount: Int?
            public var minimumHealthyPercent: Int?
            public var maximumPercent: Int?
            public var healthCheckGracePeriod: Duration?
            public var circuitBreaker: Service.CircuitBreaker?
        }

        public var action: Action
        /// Its path of keys: `"deploy.2"`.
        public var path: String
    }

    /// Who asks while the new version comes.
    public struct Probe: Sendable, Equatable {
        public enum Origin: String, Sendable, CaseIterable {
            case internet
            /// From another interface in the same VPC.
            case inside
        }

        /// From one request to the next.
        public var period = Duration.seconds(1)
        /// Whether it keeps its connection, or opens one for each request.
        public var keepsAlive = false
        public var keepsCookies = false
        public var from = Origin.internet
        /// Where a probe inside the VPC stands; `nil`: where there are private subnets, there.
        public var subnets: Service.Subnets?
        /// Its groups, by their names in the scenario; empty: the VPC's default group.
        public var securityGroups: [String] = []
        /// The codes that count as an answer.
        public var expect = 200...399
    }
}
