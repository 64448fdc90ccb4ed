import Cloud
import Simulation

/// What a service has gone through: deployments and tasks, counted.
enum ServiceStory {
    /// Adds to what has changed at a place what its services and clusters have gone through.
    static func tell(
        of place: Place, from before: Cloud, to after: Cloud, in things: inout [Differences.Thing]
    ) {
        let counts = TaskCounts(from: before, to: after)
        for (id, service) in after.containers.services where after.place(of: service) == place {
            let deployments = steps(of: id, from: before, to: after)
            let tasks = counts.ofServices[id] ?? []
            note(
                .service, after.fullName(of: service), isGone: service.status == .inactive,
                deployments, tasks, in: &things)
        }
        for (id, cluster) in after.containers.clusters where cluster.place == place {
            note(
                .cluster, cluster.name, isGone: !cluster.isActive, [],
                counts.standalone[id] ?? [], in: &things)
        }
        things = Portrait.sorted(things)
    }

    /// - Parameter isGone: It is INACTIVE, and another one may have its name by now.
    private static func note(
        _ kind: Differences.Kind, _ name: String, isGone: Bool,
        _ deployments: [Differences.DeploymentStep], _ tasks: [Differences.TaskCount],
        in things: inout [Differences.Thing]
    ) {
        if deployments.isEmpty && tasks.isEmpty { return }
        let known = things.firstIndex {
            $0.kind == kind && $0.name == name && ($0.fate == .removed) == isGone
        }
        if known == nil, isGone { return }
        if known == nil { things.append(.init(kind: kind, name: name, fate: .changed)) }
        let index = known ?? things.count - 1
        things[index].deployments = deployments
        things[index].tasks = tasks
    }

    private static func steps(
        of service: ServiceID, from before: Cloud, to after: Cloud
    ) -> [Differences.DeploymentStep] {
        var steps: [Differences.DeploymentStep] = []
        for (id, now) in after.containers.deployments where now.service == service {
            let found = before.containers.deployments.find(id)
            let was = found.flatMap { $0.createdAt == now.createdAt ? $0 : nil }
            if let was, was.rolloutState == now.rolloutState, was.stoppedAt == now.stoppedAt {
                continue
            }
            let end = now.completedAt ?? now.stoppedAt
            steps.append(
                .init(
                    name: after.name(of: id),
                    taskDefinition: after.name(of: now.settings.definition),
                    isRollback: now.undoes != nil, state: now.rolloutState.rawValue,
                    beganAt: was == nil ? now.createdAt - before.now : nil,
                    endedAt: end.map { $0 - before.now },
                    isReplaced: now.rolloutState == .inProgress && now.stoppedAt != nil))
        }
        return steps
    }
}

/// Which tasks have started and stopped.
private struct TaskCounts {
    private(set) var ofServices: [ServiceID: [Differences.TaskCount]] = [:]
    private(set) var standalone: [ClusterID: [Differences.TaskCount]] = [:]

    init(from before: Cloud, to after: Cloud) {
        for (id, task) in after.containers.tasks {
            let found = before.containers.tasks.find(id)
            let was = found.flatMap { $0.createdAt == task.createdAt ? $0 : nil }
            let hasStarted = was == nil
            let hasStopped = task.status == .stopped && was?.status != .stopped
            if hasStarted || hasStopped {
                count(task, in: after, started: hasStarted, stopped: hasStopped)
            }
        }
        // What has stopped and been forgotten since.
        for (id, task) in before.containers.tasks where task.status != .stopped {
            if after.containers.tasks.find(id)?.createdAt == task.createdAt { continue }
            count(task, in: before, started: false, stopped: true)
        }
    }

    private mutating func count(
        _ task: Containers.Task, in cloud: Cloud, started: Bool, stopped: Bool
    ) {
        let version = cloud.versionName(of: task)
        func add(to counts: inout [Differences.TaskCount]) {
            if !counts.contains(where: { $0.version == version }) {
                counts.append(.init(version: version))
            }
            let index = counts.firstIndex { $0.version == version }!
            counts[index].started += started ? 1 : 0
            counts[index].stopped += stopped ? 1 : 0
        }
        if let service = task.service {
            add(to: &ofServices[service, default: []])
        } else {
            add(to: &standalone[task.cluster, default: []])
        }
    }
}

extension Cloud {
    /// What people call the image that a task runs; empty if it is not known.
    func versionName(of task: Containers.Task) -> String {
        let name = task.service.flatMap {
            containers.services.find($0)?.settings.loadBalancers.first?.container
        }
        let definition = containers.taskDefinitions.find(task.definition)
        let index = definition?.containers.firstIndex { $0.name == name } ?? 0
        guard index < task.containers.count else { return "" }
        let container = task.containers[index]
        if let image = container.image, registry.images.contains(image) {
            return versionName(of: image)
        }
        return container.digest.map(Self.short) ?? ""
    }
}
