import Simulation

/// The health checks of containers. A check is not an event each: a program behaves the same until
/// it exits, so it is known when the first check passes and when too many have failed.
///
/// The first check comes one interval after the start of the container, the others follow. What the
/// command is does not matter: it passes if the program is up, answers in time and with a status
/// below 400. Source: ecs.md sections 7.8, 8.8 and 14.3; the command's meaning is assumed.
extension Cloud {
    /// A container has been started: sets down when its health turns.
    mutating func beginChecks(of id: TaskID, _ index: Int, _ check: Containers.HealthCheck) {
        setHealth(of: id, index, to: .unknown)
        let course = course(of: id, index, check)
        let run = containers.tasks[id].containers[index].run
        let (at, health): (Instant?, Containers.Health) =
            if let bad = course.unhealthy {
                (bad, .unhealthy)
            } else {
                (course.healthy, .healthy)
            }
        guard let at else { return }
        timeline.schedule(
            .containers(.healthTurns(id, container: UInt8(index), run: run, to: health)), at: at)
    }

    mutating func turnHealth(of id: TaskID, _ index: Int, run: UInt8, to health: Containers.Health)
    {
        guard containers.tasks.contains(id),
            containers.tasks[id].containers[index].status == .running,
            containers.tasks[id].containers[index].run == run
        else { return }
        setHealth(of: id, index, to: health)
        let definition = containers.tasks[id].definition
        if health == .unhealthy,
            let check = containers.taskDefinitions[definition].containers[index].healthCheck,
            let later = course(of: id, index, check).healthy
        {
            // It was only slow.
            timeline.schedule(
                .containers(.healthTurns(id, container: UInt8(index), run: run, to: .healthy)),
                at: later)
        }
        startReady(id)
    }

    /// When the first check passes, if one ever does, and when too many have failed before that.
    private func course(
        of id: TaskID, _ index: Int, _ check: Containers.HealthCheck
    ) -> (healthy: Instant?, unhealthy: Instant?) {
        let profile = profile(of: id, container: index)
        let start = containers.tasks[id].containers[index].startedAt!
        let boot = profile.bootTime(cpuUnits: size(of: id).cpuUnits)
        let isInTime = profile.check.after <= check.timeout
        let passes = isInTime && profile.check.status < 400
        let firstPass = max(1, checks(in: boot, check))
        let healthy = passes ? start + check.interval * firstPass + profile.check.after : nil
        // The first failure that counts, and the one that is too many.
        let last = max(1, checks(in: check.startPeriod, check)) + check.retries - 1
        if passes, last >= firstPass { return (healthy, nil) }
        // Before it is up a program refuses at once; later it may let the check wait.
        let takes =
            last < firstPass ? .zero : isInTime ? profile.check.after : check.timeout
        return (healthy, start + check.interval * last + takes)
    }

    /// Which check is the first that comes so long after the start, or later.
    private func checks(in time: Duration, _ check: Containers.HealthCheck) -> Int {
        Int((time.nanoseconds + check.interval.nanoseconds - 1) / check.interval.nanoseconds)
    }

    private mutating func setHealth(of id: TaskID, _ index: Int, to health: Containers.Health) {
        guard containers.tasks[id].containers[index].health != health else { return }
        containers.tasks[id].containers[index].health = health
        let overall = overallHealth(of: id)
        if overall != containers.tasks[id].health { containers.tasks[id].version += 1 }
        containers.tasks[id].health = overall
        record(.containers(.taskChecked(id)))
    }

    /// Containers that are not essential do not count; ecs.md section 8.8.
    private func overallHealth(of id: TaskID) -> Containers.Health {
        let definition = containers.tasks[id].definition
        var seen: [Containers.Health] = []
        for index in containers.tasks[id].containers.indices
        where containers.taskDefinitions[definition].containers[index].isEssential
            && containers.taskDefinitions[definition].containers[index].healthCheck != nil
        {
            seen.append(containers.tasks[id].containers[index].health)
        }
        if seen.contains(.unhealthy) { return .unhealthy }
        return seen.isEmpty || seen.contains(.unknown) ? .unknown : .healthy
    }
}
