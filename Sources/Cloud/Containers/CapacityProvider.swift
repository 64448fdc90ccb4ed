import CloudAPI
import Simulation

public struct CapacityProviderID: Identifier {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
}

extension Containers {
    /// One that was made for an Auto Scaling group. It is kept and described; Drydock has no
    /// instances, so no task runs on it.
    struct CapacityProvider: Sendable, Codable {
        let place: Place
        let name: String
        var group: Wired<ECS.AutoScalingGroupProvider>
        var wasUpdated = false
        var tags: [ResourceTag] = []
    }

    /// Present in every account. Source: ecs.md section 31.1.
    static let fargateProviders = ["FARGATE", "FARGATE_SPOT"]

    /// One line of a strategy. Source: ecs.md section 31.2.
    struct StrategyItem: Hashable, Sendable, Codable {
        let provider: String
        let weight: Int
        let base: Int
    }
}

extension Cloud {
    func arn(_ id: CapacityProviderID) -> String {
        let provider = containers.capacityProviders[id]
        return Self.providerARN(provider.name, in: provider.place)
    }

    static func providerARN(_ name: String, in place: Place) -> String {
        "arn:aws:ecs:\(place.region):\(place.account):capacity-provider/\(name)"
    }

    /// The name in a name or an ARN; `nil` for an ARN of something else.
    func providerName(_ reference: String, for caller: Caller) -> String? {
        guard reference.hasPrefix("arn:") else { return reference }
        let start = "capacity-provider/"
        guard let rest = resource(ofARN: reference, service: "ecs", in: caller.place),
            rest.hasPrefix(start)
        else { return nil }
        return String(rest.dropFirst(start.count))
    }

    /// One that was made, not FARGATE or FARGATE_SPOT.
    func findProvider(_ reference: String, for caller: Caller) -> CapacityProviderID? {
        providerName(reference, for: caller).flatMap {
            containers.capacityProviderIDs[PlacedName($0, in: caller.place)]
        }
    }

    func isProvider(_ reference: String, for caller: Caller) -> Bool {
        Containers.fargateProviders.contains(reference)
            || findProvider(reference, for: caller) != nil
    }

    /// Reads a strategy. Source: ecs.md sections 31.2 and 31.3; the other texts: assumed.
    ///
    /// - Parameter associated: The providers of the cluster; each item must be one of them.
    func strategy(
        _ given: [ECS.CapacityProviderStrategyItem], among associated: [String], for caller: Caller
    ) throws(APIFailure) -> [Containers.StrategyItem] {
        for provider in associated where !isProvider(provider, for: caller) {
            throw .capacityProviderNotFound
        }
        guard associated.count <= 20, given.count <= 20 else { throw .tooManyCapacityProviders }
        let names = associated.map { providerName($0, for: caller) }
        var items: [Containers.StrategyItem] = []
        for item in given {
            guard let name = providerName(item.capacityProvider ?? "", for: caller),
                names.contains(name)
            else { throw .capacityProviderNotAssociated }
            let (weight, base) = (item.weight ?? 0, item.base ?? 0)
            guard (0...1000).contains(weight), (0...100_000).contains(base) else {
                throw .strategyOutOfRange
            }
            items.append(.init(provider: name, weight: weight, base: base))
        }
        guard items.count(where: { $0.base > 0 }) <= 1 else { throw .strategyWithTwoBases }
        guard items.isEmpty || items.contains(where: { $0.weight > 0 }) else {
            throw .strategyWithoutWeight
        }
        let onFargate = items.count { Containers.fargateProviders.contains($0.provider) }
        guard onFargate == 0 || onFargate == items.count else { throw .strategyMixed }
        return items
    }
}

extension [Containers.StrategyItem] {
    /// The provider of the next task: first what the base asks for, then by weight; of two that
    /// are as far behind, the one that stands first. Source: ecs.md section 31.2.
    ///
    /// - Parameter counts: How many tasks each provider has.
    /// - Returns: `nil` for an empty strategy.
    func provider(after counts: [String: Int]) -> String? {
        for item in self where counts[item.provider, default: 0] < item.base {
            return item.provider
        }
        func share(_ item: Containers.StrategyItem) -> (tasks: Int, weight: Int) {
            (counts[item.provider, default: 0] - item.base + 1, item.weight)
        }
        return filter { $0.weight > 0 }.min { one, other in
            let (one, other) = (share(one), share(other))
            return one.tasks * other.weight < other.tasks * one.weight
        }?.provider
    }
}

extension Cloud {
    /// By what the service's other tasks have.
    mutating func chooseProvider(of task: TaskID, in id: ServiceID) {
        var counts: [String: Int] = [:]
        for other in containers.services[id].tasks where containers.tasks[other].isWanted {
            if let provider = containers.providers[other] { counts[provider, default: 0] += 1 }
        }
        containers.providers[task] = containers.services[id].settings.strategy
            .provider(after: counts)
    }
}

extension [ECS.CapacityProviderStrategyItem]? {
    /// Only there if there is a strategy.
    init(_ strategy: [Containers.StrategyItem]) {
        self = strategy.isEmpty ? nil : strategy.map(ECS.CapacityProviderStrategyItem.init)
    }
}

extension ECS.CapacityProviderStrategyItem {
    init(_ item: Containers.StrategyItem) {
        self.init(capacityProvider: item.provider, weight: item.weight, base: item.base)
    }
}

extension ECS.CapacityProvider {
    init(_ id: CapacityProviderID, in cloud: borrowing Cloud, withTags: Bool = false) {
        let provider = cloud.containers.capacityProviders[id]
        self.init(
            capacityProviderArn: cloud.arn(id), name: provider.name, status: .active,
            autoScalingGroupProvider: provider.group.shape,
            updateStatus: provider.wasUpdated ? .updateComplete : .createComplete,
            tags: withTags ? provider.tags.map(ECS.Tag.init) : [], type: .ec2Autoscaling)
    }

    /// FARGATE or FARGATE_SPOT.
    init(fargate name: String, in place: Place) {
        self.init(
            capacityProviderArn: Cloud.providerARN(name, in: place), name: name, status: .active,
            tags: [], type: name == "FARGATE" ? .fargate : .fargateSpot)
    }
}
