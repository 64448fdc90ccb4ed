import Cloud
import Simulation

extension Trace {
    /// Plays the trace's scenario once and reads off when its moments came.
    ///
    /// - Returns: In the order of ``moments``, counted from the origin; `nil` where it never came.
    public func play(seed: UInt64) throws(ScenarioProblem) -> [Duration?] {
        var setup = try ScenarioSetup(scenario, seed: seed)
        let service = setup.service
        var since: (at: Instant, event: UInt32)?
        if call == .creation {
            since = (setup.live.cloud.containers.services[service].createdAt, 0)
        }
        let limit = setup.live.cloud.now + scenario.horizon
        for step in scenario.deploy {
            if case .updateService = step.action {
                let last = setup.live.cloud.containers.services[service].events.last
                since = since ?? (setup.live.cloud.now, last.map { $0.number + 1 } ?? 0)
            }
            try setup.perform(step, until: limit)
        }
        guard let since else {
            throw scenario.problem(at: "deploy", "Nothing is deployed in it that counts as a call.")
        }
        setup.live.run(until: limit, or: { $0.hasSettled(service) })
        let record = TraceRecord(
            of: service, since: since.at, event: since.event, in: setup.live.cloud)
        guard let zero = origin.map(record.time(of:)) ?? since.at else {
            return moments.map { _ in nil }
        }
        return moments.map { measured in record.time(of: measured.moment).map { $0 - zero } }
    }
}

/// What a cloud still knows, at the end of a run, of when things happened to a service.
private struct TraceRecord {
    private let events: [Containers.ServiceEvent]
    private let new: [Containers.Task]
    private let old: [Containers.Task]

    /// - Parameter first: The number of the first event that counts.
    init(of service: ServiceID, since: Instant, event first: UInt32, in cloud: Cloud) {
        let found = cloud.containers.services[service]
        events = found.events.filter { $0.number >= first }
        let tasks = (found.stoppedTasks + found.tasks).sorted().map { cloud.containers.tasks[$0] }
        new = tasks.filter { $0.createdAt >= since }
        old = tasks.filter { $0.createdAt < since }
    }

    func time(of moment: TraceMoment) -> Instant? {
        let times = times(of: moment.kind)
        return moment.number <= times.count ? times[moment.number - 1] : nil
    }

    /// In the order in which they came.
    private func times(of kind: TraceMoment.Kind) -> [Instant] {
        switch kind {
        case .started: events { if case .started = $0 { true } else { false } }
        case .registered: events { if case .registered = $0 { true } else { false } }
        case .stopped: events { if case .stoppedRunning = $0 { true } else { false } }
        case .deregistered: events { if case .deregistered = $0 { true } else { false } }
        case .completed: events { if case .completed = $0 { true } else { false } }
        case .steady: events { if case .steady = $0 { true } else { false } }
        case .failed: events { if case .failed = $0 { true } else { false } }
        case .rollingBack: events { if case .rollingBack = $0 { true } else { false } }
        case .failedChecks: events { if case .failedContainerChecks = $0 { true } else { false } }
        case .newTaskCreated: new.map(\.createdAt).sorted()
        case .newTaskConnected: new.compactMap(\.connectedAt).sorted()
        case .newTaskPulling: new.compactMap(\.pullStartedAt).sorted()
        case .newTaskPulled: new.compactMap(\.pullStoppedAt).sorted()
        case .newTaskRunning: new.compactMap(\.startedAt).sorted()
        case .newTaskStopped: new.compactMap(\.stoppedAt).sorted()
        case .oldTaskStopping: old.compactMap(\.stoppingAt).sorted()
        case .oldTaskSignalled: old.compactMap(\.signalledAt).sorted()
        case .oldTaskExecutionStopped: old.compactMap(\.executionStoppedAt).sorted()
        case .oldTaskStopped: old.compactMap(\.stoppedAt).sorted()
        }
    }

    private func events(_ isIt: (Containers.ServiceEvent.Kind) -> Bool) -> [Instant] {
        events.filter { isIt($0.kind) }.map(\.at)
    }
}

extension Cloud {
    /// Whether nothing more is going to happen to a service by itself.
    fileprivate func hasSettled(_ id: ServiceID) -> Bool {
        containers.services[id].isSteady
            && containers.services[id].tasks.allSatisfy {
                containers.tasks[$0].isWanted && containers.tasks[$0].status == .running
            }
    }
}
