import Simulation

extension Containers {
    /// What there is to notice of a service's tasks, each in the order of creation.
    struct Survey {
        /// Told to stop, and still among the targets.
        var leaving: [TaskID] = []
        /// They count as healthy from now on, or no longer.
        var changes: [(task: TaskID, counts: Bool)] = []
        /// A target of theirs was found unhealthy, which nobody has said yet.
        var unhealthy: [(task: TaskID, target: TargetID)] = []
        /// Running, and not yet among the targets.
        var unregistered: [TaskID] = []
    }
}

extension Cloud {
    /// Looks once at every task of a service; mostly there is nothing to notice.
    func survey(_ id: ServiceID) -> Containers.Survey {
        var survey = Containers.Survey()
        for task in containers.services[id].tasks {
            if isLeavingItsTargets(task) { survey.leaving.append(task) }
            let counts = countsAsHealthy(task)
            if counts != (containers.tasks[task].healthySince != nil) {
                survey.changes.append((task, counts))
            }
            if !containers.tasks[task].isReportedUnhealthy,
                let target = unhealthyTarget(of: task)
            {
                survey.unhealthy.append((task, target))
            }
            if needsRegistration(task) { survey.unregistered.append(task) }
        }
        return survey
    }

    func isLeavingItsTargets(_ task: TaskID) -> Bool {
        !containers.tasks[task].isWanted && containers.tasks[task].deregisteredAt == nil
            && !containers.tasks[task].targets.isEmpty
    }

    /// Whether a task is on its way somewhere, so that the next look will find something new.
    func isMoving(_ task: TaskID) -> Bool {
        !containers.tasks[task].isWanted || containers.tasks[task].status != .running
            || containers.tasks[task].healthySince == nil
    }
}
