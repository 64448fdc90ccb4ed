import Simulation

extension Chance.Purpose {
    static let restart = Chance.Purpose("restart")
}

// MARK: - ACTIVATING: the containers start, in their order

extension Cloud {
    /// Starts the containers of a task: all at once, unless some wait for others.
    mutating func startContainers(of id: TaskID) {
        let definition = containers.tasks[id].definition
        if containers.taskDefinitions[definition].isOrdered { return startReady(id) }
        for index in containers.tasks[id].containers.indices { start(id, index) }
        enter(.running, id)
    }

    private mutating func start(_ id: TaskID, _ index: Int, after wait: Duration = .zero) {
        let definition = containers.tasks[id].definition
        containers.tasks[id].containers[index].status = .running
        containers.tasks[id].containers[index].run += 1
        containers.tasks[id].containers[index].startedAt = now + wait
        let boot = profile(of: id, container: index).bootTime(cpuUnits: size(of: id).cpuUnits)
        schedule(
            .boots(
                id, container: UInt8(index), run: containers.tasks[id].containers[index].run),
            after: wait + boot)
        if let check = containers.taskDefinitions[definition].containers[index].healthCheck {
            beginChecks(of: id, index, check)
        }
    }

    /// Starts each container that has what it waits for; when all have been started, the task is
    /// RUNNING. If one waits for what can no longer come about, the task stops.
    ///
    /// Source: ecs.md sections 7.7 and 7.9; that a dependency which cannot be met stops the task at
    /// once is assumed.
    mutating func startReady(_ id: TaskID) {
        guard isStartingContainers(id) else { return }
        let definition = containers.tasks[id].definition
        var isHopeless = false
        var hasStartedOne = true
        while hasStartedOne {
            hasStartedOne = false
            for index in containers.tasks[id].containers.indices
            where containers.tasks[id].containers[index].run == 0 {
                let states = containers.taskDefinitions[definition].containers[index].dependencies
                    .map { state(of: $0, in: id) }
                if states.contains(.hopeless) { isHopeless = true }
                guard states.allSatisfy({ $0 == .met }) else { continue }
                start(id, index)
                awaitWhatOthersNeed(id, index)
                hasStartedOne = true
            }
        }
        if isHopeless {
            giveUp(id)
        } else if containers.tasks[id].containers.allSatisfy({ $0.run > 0 }) {
            enter(.running, id)
        }
    }

    /// Some of its containers may still be to be started, and none that must not has exited.
    func isStartingContainers(_ id: TaskID) -> Bool {
        containers.tasks[id].status == .activating && containers.tasks[id].isWanted
            && containers.tasks[id].exitedAt == nil
    }

    private enum DependencyState { case met, open, hopeless }

    private func state(of dependency: Containers.Dependency, in id: TaskID) -> DependencyState {
        let other = containers.tasks[id].containers[dependency.container]
        let hasStopped = other.run > 0 && other.status == .stopped
        switch dependency.condition {
        case .start: return other.run > 0 ? .met : .open
        case .complete: return hasStopped ? .met : .open
        case .success:
            if !hasStopped { return .open }
            return other.exitCode == 0 ? .met : .hopeless
        case .healthy:
            if other.health == .healthy { return .met }
            return hasStopped ? .hopeless : .open
        }
    }

    /// A container with a start timeout has that long to become what others wait for.
    private mutating func awaitWhatOthersNeed(_ id: TaskID, _ index: Int) {
        let definition = containers.tasks[id].definition
        guard
            let timeout = containers.taskDefinitions[definition].containers[index].startTimeout
        else { return }
        schedule(.dependencyFails(id, container: UInt8(index)), after: timeout)
    }

    /// The time is over. Source: ecs.md section 7.9.
    mutating func giveUpDependency(_ id: TaskID, on index: Int) {
        guard containers.tasks.contains(id), isStartingContainers(id) else { return }
        let definition = containers.tasks[id].definition
        let someWaits = containers.tasks[id].containers.indices.contains { other in
            containers.tasks[id].containers[other].run == 0
                && containers.taskDefinitions[definition].containers[other].dependencies.contains {
                    $0.container == index && state(of: $0, in: id) != .met
                }
        }
        if someWaits { giveUp(id) }
    }

    /// Source of code and text: ecs.md section 11.1.
    private mutating func giveUp(_ id: TaskID) {
        if containers.tasks[id].service != nil {
            noteStartFailure(of: id, "Task failed to start")
        }
        stop(id, because: .init(code: .taskFailedToStart, reason: .text("Task failed to start")))
    }
}

// MARK: - The program in a container

extension Cloud {
    mutating func boot(_ id: TaskID, _ index: Int, run: UInt8) {
        guard containers.tasks.contains(id),
            containers.tasks[id].containers[index].status == .running,
            containers.tasks[id].containers[index].run == run,
            let interface = containers.tasks[id].interface,
            containers.tasks[id].signalledAt == nil
        else { return }
        let profile = profile(of: id, container: index)
        if isOutOfMemory(id, index, wanting: profile.memoryMebibytes) {
            // Source: ecs.md section 11.2.
            containers.tasks[id].containers[index].reason =
                "OutOfMemoryError: Container killed due to memory usage"
            return exit(id, index, run: run, code: 137)
        }
        let port = port(of: id, container: index)
        // The containers of a task share one interface: a port is taken by the first program that
        // opens it, and the next one that wants it ends. Source: vpc.md section 7; the code is
        // assumed.
        if let port, network.interfaces[interface].listeners.contains(where: { $0.port == port }) {
            return exit(id, index, run: run, code: 1)
        }
        containers.tasks[id].containers[index].isUp = true
        if let port {
            listen(
                Network.Listener(
                    port: port, page: profile.page, check: profile.check, owner: id.rawValue),
                on: interface)
            if containers.tasks[id].listeningAt == nil { containers.tasks[id].listeningAt = now }
            record(.containers(.taskListening(id)))
        }
        log(of: id, container: index, profile)
        if let crash = profile.crash {
            schedule(
                .exits(
                    id, container: UInt8(index), run: run, code: Int32(crash.exitCode)),
                after: crash.after)
        }
    }

    /// Whether a program wants more than its container may have, or than the others of the task
    /// have left. Which of them the kernel kills is assumed: the one that comes last.
    private func isOutOfMemory(_ id: TaskID, _ index: Int, wanting wanted: Int) -> Bool {
        let definition = containers.tasks[id].definition
        let own = containers.taskDefinitions[definition].containers[index].memoryMebibytes
        if let own, wanted > own { return true }
        let all = size(of: id).memoryMebibytes
        guard all > 0 else { return false }
        if containers.tasks[id].containers.count == 1 { return wanted > all }
        let others = containers.tasks[id].containers.indices
            .filter { $0 != index && containers.tasks[id].containers[$0].isUp }
            .reduce(0) { $0 + profile(of: id, container: $1).memoryMebibytes }
        return wanted + others > all
    }

    /// What a task has, by its definition or by what RunTask put in its place; 0 is no limit.
    func size(of id: TaskID) -> (cpuUnits: Int, memoryMebibytes: Int) {
        let definition = containers.tasks[id].definition
        let size = (
            cpuUnits: containers.taskDefinitions[definition].cpuUnits,
            memoryMebibytes: containers.taskDefinitions[definition].memoryMebibytes
        )
        if containers.overrides.isEmpty { return size }
        let given = containers.overrides[id]?.shape
        return (
            given?.cpu.flatMap(FargateSize.cpuUnits) ?? size.cpuUnits,
            given?.memory.flatMap(FargateSize.mebibytes) ?? size.memoryMebibytes
        )
    }

    // MARK: restarts

    /// Whether a container that exits by itself is started again in place.
    /// Source: ecs.md section 7.15.
    func restarts(_ id: TaskID, _ index: Int, code: Int) -> Bool {
        let definition = containers.tasks[id].definition
        guard let policy = containers.taskDefinitions[definition].containers[index].restarts,
            !containers.tasks[id].containers[index].isSignalled,
            containers.tasks[id].signalledAt == nil, containers.tasks[id].isWanted,
            let startedAt = containers.tasks[id].containers[index].startedAt
        else { return false }
        return !policy.ignoredExitCodes.contains(code) && now - startedAt >= policy.attemptPeriod
            && containers.tasks[id].containers[index].run < .max
    }

    /// A restart takes as long as the start of a container whose image is there; that is assumed.
    mutating func restart(_ id: TaskID, _ index: Int) {
        let subject = UInt64(id.rawValue) << 8 | UInt64(index)
        let run = UInt64(containers.tasks[id].containers[index].run)
        containers.tasks[id].containers[index].reason = nil
        start(
            id, index,
            after: chance.draw(timing.start, for: .restart, of: subject, nth: run))
    }
}
