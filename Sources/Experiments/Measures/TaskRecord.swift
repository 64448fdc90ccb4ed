import Cloud
import Simulation

/// The moments of one task's life, kept for when the cloud has forgotten it.
struct TaskRecord: Sendable, Codable {
    let task: TaskID
    let isNew: Bool
    var createdAt: Instant?
    var pullStartedAt: Instant?
    var pullStoppedAt: Instant?
    var startedAt: Instant?
    var listeningAt: Instant?
    var registeredAt: Instant?
    var targetHealthyAt: Instant?
    var stoppingAt: Instant?
    var deregisteredAt: Instant?
    var signalledAt: Instant?
    var executionStoppedAt: Instant?
    var stoppedAt: Instant?
    var targets: [TargetID] = []

    init(_ id: TaskID, in containers: borrowing Containers, isNew: Bool) {
        self.task = id
        self.isNew = isNew
        take(from: containers)
    }

    mutating func take(from containers: borrowing Containers) {
        createdAt = containers.tasks[task].createdAt
        pullStartedAt = containers.tasks[task].pullStartedAt
        pullStoppedAt = containers.tasks[task].pullStoppedAt
        startedAt = containers.tasks[task].startedAt
        listeningAt = containers.tasks[task].listeningAt
        registeredAt = containers.tasks[task].registeredAt
        stoppingAt = containers.tasks[task].stoppingAt
        deregisteredAt = containers.tasks[task].deregisteredAt
        signalledAt = containers.tasks[task].signalledAt
        executionStoppedAt = containers.tasks[task].executionStoppedAt
        stoppedAt = containers.tasks[task].stoppedAt
        targets = containers.tasks[task].targets
    }

    /// The stretches of its life since the call. A boot may still go on while the task is
    /// registered and checked: those phases overlap.
    func addPhases(
        task: String, version: String, since start: Instant,
        to phases: inout [DeploymentResult.Phase]
    ) {
        func add(_ kind: DeploymentResult.Phase.Kind, _ from: Instant?, _ to: Instant?) {
            guard let from, to.map({ $0 > start && $0 >= from }) ?? true else { return }
            phases.append(
                .init(
                    task: task, version: version, kind: kind, from: max(.zero, from - start),
                    to: to.map { $0 - start }))
        }
        if isNew {
            add(.waitScheduler, start, createdAt)
            add(.capacity, createdAt, pullStartedAt ?? stoppingAt)
            add(.pull, pullStartedAt, pullStoppedAt ?? stoppingAt)
            add(.boot, pullStoppedAt, listeningAt ?? stoppingAt)
            add(.register, startedAt, registeredAt ?? stoppingAt)
            add(.firstCheck, registeredAt, targetHealthyAt ?? stoppingAt)
        } else {
            add(.waitScheduler, start, stoppingAt)
        }
        if stoppingAt != nil {
            if !targets.isEmpty {
                add(.deregister, stoppingAt, deregisteredAt)
                add(.drain, deregisteredAt, signalledAt ?? executionStoppedAt)
            }
            add(.stop, signalledAt, executionStoppedAt)
            add(.release, executionStoppedAt, stoppedAt)
        }
    }
}
