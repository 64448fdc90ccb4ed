import Cloud
import Simulation

/// What AWS bills a task by: its size, not its use, from the start of the image pull until it is
/// STOPPED. Draining and stopping are paid for.
///
/// Source: surroundings.md section 10.4.
public struct BilledTask: Sendable, Equatable {
    public var cpuUnits: Int
    public var memoryMebibytes: Int
    public var isARM = false
    /// Run by FARGATE_SPOT.
    public var isSpot = false
    /// Assumed: billed for as long as the task is.
    public var hasPublicAddress = false
    public var pullStartedAt: Instant
    /// `nil` while it is not.
    public var stoppedAt: Instant?

    public init(
        cpuUnits: Int, memoryMebibytes: Int, isARM: Bool = false, isSpot: Bool = false,
        hasPublicAddress: Bool = false, pullStartedAt: Instant, stoppedAt: Instant?
    ) {
        self.cpuUnits = cpuUnits
        self.memoryMebibytes = memoryMebibytes
        self.isARM = isARM
        self.isSpot = isSpot
        self.hasPublicAddress = hasPublicAddress
        self.pullStartedAt = pullStartedAt
        self.stoppedAt = stoppedAt
    }

    /// - Returns: `nil` if the task never came as far as pulling its image, and is free.
    public init?(_ id: TaskID, in cloud: Cloud) {
        let task = cloud.containers.tasks[id]
        guard let pullStartedAt = task.pullStartedAt else { return nil }
        let definition = cloud.containers.taskDefinitions[task.definition]
        self.init(
            cpuUnits: definition.cpuUnits, memoryMebibytes: definition.memoryMebibytes,
            isARM: definition.isARM,
            isSpot: cloud.containers.capacityProvider(of: id) == "FARGATE_SPOT",
            hasPublicAddress: task.hasPublicAddress, pullStartedAt: pullStartedAt,
            stoppedAt: task.stoppedAt)
    }

    /// When its bill ends; `.never` while it has not stopped. A minute is paid for at least.
    var billedUntil: Instant {
        guard let stoppedAt else { return .never }
        return max(stoppedAt, pullStartedAt + Prices.shortest)
    }
}

extension Prices {
    /// What an hour of a task costs, its public address included.
    public func hour(of task: BilledTask) -> Double {
        let fargate = task.isSpot ? spot : task.isARM ? arm : x86
        return Double(task.cpuUnits) / 1024 * fargate.vcpuHour.usd
            + Double(task.memoryMebibytes) / 1024 * fargate.gigabyteHour.usd
            + (task.hasPublicAddress ? publicAddressHour.usd : 0)
    }

    /// What the tasks cost between two instants.
    ///
    /// Reckoned to the nanosecond; AWS rounds each task up to a whole second.
    public func cost(of tasks: [BilledTask], from start: Instant, to end: Instant) -> Double {
        tasks.reduce(0) { sum, task in
            let from = max(start, task.pullStartedAt)
            let to = min(end, task.billedUntil)
            return from < to ? sum + hour(of: task) * ((to - from) / .hours(1)) : sum
        }
    }

    /// What a deployment costs: the tasks beyond the desired count, for as long as there are any.
    ///
    /// The service would have cost its desired count anyway. At each instant the tasks that began
    /// first are the service, and those that are more than the desired count are the deployment's.
    /// An instant with fewer tasks than desired saves nothing. Load balancers and NAT gateways cost
    /// the same with and without a deployment, so they are not in it.
    public func costOfDeployment(
        tasks: [BilledTask], desiredCount: Int, from start: Instant, to end: Instant
    ) -> Double {
        let ordered = tasks.enumerated().sorted {
            ($0.element.pullStartedAt, $0.offset) < ($1.element.pullStartedAt, $1.offset)
        }.map(\.element)
        let turns = ordered.flatMap { [$0.pullStartedAt, $0.billedUntil] }
            .filter { start < $0 && $0 < end }
        let moments = [start] + turns.sorted() + [end]
        var cost = 0.0
        for (from, to) in zip(moments, moments.dropFirst()) where from < to {
            let billed = ordered.filter { $0.pullStartedAt <= from && to <= $0.billedUntil }
            let perHour = billed.dropFirst(desiredCount).reduce(0) { $0 + hour(of: $1) }
            cost += perHour * ((to - from) / .hours(1))
        }
        return cost
    }

    /// The same for the deployment that a call began: until the last task that was there before it
    /// has STOPPED, or until now.
    ///
    /// Reads the tasks that can still be described: to be asked within an hour of their end.
    public func costOfDeployment(
        of id: ServiceID, since call: Instant, in cloud: Cloud
    ) -> Double {
        let service = cloud.containers.services[id]
        let tasks = (service.stoppedTasks + service.tasks).sorted()
        let old = tasks.filter { cloud.containers.tasks[$0].createdAt < call }
        let end = old.map { cloud.containers.tasks[$0].stoppedAt ?? cloud.now }.max() ?? cloud.now
        return costOfDeployment(
            tasks: tasks.compactMap { BilledTask($0, in: cloud) },
            desiredCount: service.desiredCount, from: call, to: max(call, end))
    }
}
