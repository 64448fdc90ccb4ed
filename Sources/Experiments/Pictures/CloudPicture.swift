import Cloud
import Simulation

/// How the parts of a service play together at an instant: repository, images, task definition,
/// service, deployments, tasks, target groups and load balancer. Facts alone; words are made of it
/// in the reports.
public struct CloudPicture: Sendable, Equatable {
    /// Since the clock's start.
    public var now: Duration
    public var cluster: String
    public var repositories: [Repository] = []
    public var definitions: [Definition] = []
    public var service: Service
    /// PRIMARY first.
    public var deployments: [Deployment] = []
    public var tasks: [Tasks] = []
    public var targetGroups: [TargetGroup] = []
    public var loadBalancers: [LoadBalancer] = []
    /// The share of new requests that fail; `nil` if nobody asks.
    public var failing: Double?

    public struct Repository: Sendable, Equatable {
        public var name: String
        /// Those with a tag, and those that tasks run.
        public var images: [Image] = []
    }

    public struct Image: Sendable, Equatable {
        /// What people call it: its label, or the first twelve digits of its digest.
        public var version: String
        public var digest: String
        public var tags: [String]
        public var sizeBytes: Int
        /// Its place among the images of its repository that are shown: its colour.
        public var series: Int
    }

    public struct Definition: Sendable, Equatable {
        public var family: String
        public var revision: Int
        public var cpuUnits: Int
        public var memoryMebibytes: Int
        /// Of the container behind the load balancer, or the first one.
        public var image: String
        public var port: Int?
        /// What the image's name means now: repository and image, by index.
        public var meaning: ImagePlace?
    }

    public struct ImagePlace: Sendable, Hashable {
        public var repository: Int
        public var image: Int
    }

    public struct Service: Sendable, Equatable {
        public var name: String
        public var desired: Int
        public var running: Int
        public var pending: Int
        public var minimumPercent: Int
        public var maximumPercent: Int
        public var isSteady: Bool
        /// The newest definition, by index.
        public var definition: Int
    }

    public struct Deployment: Sendable, Equatable {
        public var name: String
        public var status: String
        public var rolloutState: String
        public var desired: Int
        public var running: Int
        public var definition: Int
        public var isRollback: Bool
    }

    /// Tasks that are alike in all that is shown.
    public struct Tasks: Sendable, Equatable {
        /// Their short names: the first eight digits of their ids.
        public var names: [String]
        public var addresses: [String]
        public var zones: [String]
        public var status: String
        public var isWanted: Bool
        public var isHealthy: Bool
        public var version: String
        /// `nil` while its image is not known.
        public var series: Int?
        /// By index; `nil` of a deployment that is no longer shown.
        public var deployment: Int?
        /// The state in each target group of the picture; `nil` where it is not registered.
        public var targets: [String?]
        /// Of all new requests, the share that these answer.
        public var share: Double

        public var count: Int { names.count }
    }

    public struct TargetGroup: Sendable, Equatable {
        public var name: String
        public var `protocol`: String
        public var port: Int
        public var path: String?
        public var interval: Duration
        public var delay: Duration
        public var loadBalancer: Int?
        public var states: [State] = []

        public struct State: Sendable, Equatable {
            public var name: String
            public var count: Int
        }
    }

    public struct LoadBalancer: Sendable, Equatable {
        public var name: String
        public var isInternal: Bool
        public var state: String
        public var zones: [String]
        public var listeners: [String]
        /// Of the first listener.
        public var port: Int?
    }
}
