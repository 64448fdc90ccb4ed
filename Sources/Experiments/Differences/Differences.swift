import Cloud
import CloudAPI
import Simulation

/// What has changed in a cloud between two instants, in the terms of those who use it.
///
/// Two clouds are compared, nothing is replayed: what came and went in between, such as a setting
/// that was changed and changed back, is not seen. A task is seen until the cloud forgets it, an
/// hour after its end.
public struct Differences: Sendable, Equatable {
    /// Of the earlier cloud and of the later one.
    public let from: Instant
    public let to: Instant
    public let fromCalendar: Timestamp
    public let toCalendar: Timestamp
    /// Those in which something has changed. IAM belongs to an account, so its place has no region.
    public let places: [PlaceChanges]

    /// Compares two states of a cloud, the earlier one with the later one, whichever comes first.
    public init(_ one: Cloud, _ other: Cloud) {
        let (before, after) = other.now < one.now ? (other, one) : (one, other)
        (from, to) = (before.now, after.now)
        (fromCalendar, toCalendar) = (before.calendar(before.now), after.calendar(after.now))
        let all = Set(before.placesInUse).union(after.placesInUse)
        places = all.sorted().compactMap { place in
            var things = Portrait.changes(
                from: before.portraits(of: place), to: after.portraits(of: place))
            ServiceStory.tell(of: place, from: before, to: after, in: &things)
            return things.isEmpty ? nil : PlaceChanges(place: place, things: things)
        }
    }

    /// What has changed in an account and a region.
    public struct PlaceChanges: Sendable, Equatable {
        public let place: Place
        /// By kind, in the order of ``Kind``.
        public let things: [Thing]
    }

    public enum Kind: String, Sendable, CaseIterable {
        case cluster, service, taskDefinition, repository
        case loadBalancer, targetGroup
        case vpc, subnet, routeTable, internetGateway, natGateway, elasticAddress
        case securityGroup, networkACL, vpcEndpoint
        case role, policy, logGroup
    }

    public enum Fate: String, Sendable { case added, removed, changed }

    /// A resource that has come, gone or changed.
    public struct Thing: Sendable, Equatable {
        public let kind: Kind
        public let name: String
        public var fate: Fate
        /// Of one that has come, what it is; of a revision of a task definition, what is otherwise
        /// than in the one before. Of one that is gone, none.
        public var fields: [Field] = []
        /// Of a service: its deployments that have begun or ended.
        public var deployments: [DeploymentStep] = []
        /// Of a service: its tasks that have started or stopped. Of a cluster: those of RunTask.
        public var tasks: [TaskCount] = []
    }

    public struct Field: Sendable, Equatable {
        public var name: String
        /// `nil`: it was not there, or nothing was set.
        public var from: String?
        public var to: String?
    }

    public struct DeploymentStep: Sendable, Equatable {
        /// `"ecs-svc/1234567890123456789"`
        public var name: String
        /// `"web:2"`
        public var taskDefinition: String
        public var isRollback: Bool
        /// `IN_PROGRESS`, `COMPLETED` or `FAILED`.
        public var state: String
        /// Since the earlier instant; `nil` if it had begun by then.
        public var beganAt: Duration?
        /// When it was completed, failed, or gave way to another.
        public var endedAt: Duration?
        /// Another one took its place before it was complete.
        public var isReplaced: Bool
    }

    /// The tasks that run one version.
    public struct TaskCount: Sendable, Equatable {
        /// The image's label, or the first letters of its digest; empty if it was never pulled.
        public var version: String
        public var started = 0
        public var stopped = 0
    }
}

extension Cloud {
    /// Every account and region that has something, and every account alone.
    fileprivate var placesInUse: [Place] {
        var places: Set<Place> = []
        for value in containers.clusters.values { places.insert(value.place) }
        for value in containers.taskDefinitions.values { places.insert(value.place) }
        for value in registry.repositories.values { places.insert(value.place) }
        for value in balancing.loadBalancers.values { places.insert(value.place) }
        for value in balancing.targetGroups.values { places.insert(value.place) }
        for value in network.vpcs.values { places.insert(value.place) }
        for value in network.addresses.values { places.insert(value.place) }
        for value in network.internetGateways.values { places.insert(value.place) }
        for value in logs.groups.values { places.insert(value.place) }
        for value in identity.roles.values {
            places.insert(Place(account: value.account, region: ""))
        }
        for value in identity.policies.values {
            places.insert(Place(account: value.account, region: ""))
        }
        return places.sorted()
    }

    /// What there is at a place, kind by kind.
    fileprivate func portraits(of place: Place) -> [Portrait] {
        if place.region.isEmpty { return identityPortraits(of: place.account) }
        return containerPortraits(of: place) + registryPortraits(of: place)
            + balancingPortraits(of: place) + networkPortraits(of: place) + logPortraits(of: place)
    }
}
