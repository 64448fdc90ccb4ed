import Cloud
import Simulation

/// The moments of one task's life, kept for when the cloud has forgotten it.
struct TaskRecord: Sendable {
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

    init(_ id: TaskID, _ task: Containers.Task, isNew: Bool) {
        self.task = id
        self.isNew = isNew
        take(task)
    }

    mutating func take(_ task: Containers.Task) {
        createdAt = task.createdAt
        pullStartedAt = task.pullStartedAt
        pullStoppedAt = task.pullStoppedAt
        startedAt = task.startedAt
        listeningAt = task.listeningAt
        registeredAt = task.registeredAt
        stoppingAt = task.stoppingAt
        deregisteredAt = task.deregisteredAt
        signalledAt = task.signalledAt
        executionStoppedAt = task.executionStoppedAt
        stoppedAt = task.stoppedAt
        targets = task.targets
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
