import Experiments
import Simulation

/// The phases of one task, sorted into its start and its end.
struct TaskLife: Equatable {
    typealias Phase = DeploymentResult.Phase

    var task: String
    var version: String
    var starting: [Phase] = []
    var stopping: [Phase] = []

    static let startingKinds: [Phase.Kind] = [
        .waitScheduler, .capacity, .pull, .boot, .register, .firstCheck,
    ]
    static let stoppingKinds: [Phase.Kind] = [.waitScheduler, .deregister, .drain, .stop, .release]

    /// From when to when the task counted as healthy and was not yet called back.
    ///
    /// `from` is `nil` for a task older than the deployment, `to` while it lasts. The whole is
    /// `nil` for a task that never passed its first health check.
    var service: (from: Duration?, to: Duration?)? {
        let end = stopping.map(\.from).min()
        if starting.isEmpty { return (nil, end) }
        guard let from = starting.last(where: { $0.kind == .firstCheck })?.to else { return nil }
        return (from, end)
    }

    /// From the beginning of the first of the phases to the end of the last one.
    ///
    /// `nil` if there are none, or one of them lasts.
    static func span(of phases: [Phase]) -> Duration? {
        guard let from = phases.map(\.from).min(), phases.allSatisfy({ $0.to != nil }),
            let to = phases.compactMap(\.to).max()
        else { return nil }
        return to - from
    }
}

extension DeploymentResult {
    /// The versions that answered and then those that only have tasks; the old one first.
    var allVersions: [String] {
        var all = versions
        var seen = Set(all)
        for phase in phases where seen.insert(phase.version).inserted { all.append(phase.version) }
        return all
    }

    /// The versions of the tasks that it started.
    var newVersions: Set<String> {
        Set(lives.lazy.filter { !$0.starting.isEmpty }.map(\.version))
    }

    /// The tasks by version, the old one first, and then in the order in which things happened.
    var lives: [TaskLife] {
        var lives: [TaskLife] = []
        var places: [String: Int] = [:]
        for phase in phases {
            let place = places[phase.task] ?? lives.count
            if place == lives.count {
                places[phase.task] = place
                lives.append(TaskLife(task: phase.task, version: phase.version))
            }
            lives[place].add(phase)
        }
        for place in lives.indices { lives[place].settle() }
        let ranks = allVersions
        let keys = lives.enumerated().map { index, life in
            (ranks.firstIndex(of: life.version) ?? ranks.count, life.began, index)
        }
        return keys.sorted { $0 < $1 }.map { lives[$0.2] }
    }
}

extension TaskLife {
    fileprivate mutating func add(_ phase: Phase) {
        switch phase.kind {
        case .capacity, .pull, .boot, .register, .firstCheck: starting.append(phase)
        case .deregister, .drain, .stop, .release: stopping.append(phase)
        case .waitScheduler:
            // The scheduler is waited for at both ends. A wait that other phases of the start
            // went before is one for being stopped, and so is one that none follows (`settle`).
            starting.isEmpty ? starting.append(phase) : stopping.append(phase)
        }
    }

    fileprivate var began: Duration { (starting + stopping).map(\.from).min() ?? .zero }

    /// Moves a lone wait from the start to the end. One that lasts is that of a task which was
    /// there before and is not told to stop: it neither starts nor stops.
    fileprivate mutating func settle() {
        guard starting.count == 1, starting[0].kind == .waitScheduler else { return }
        if starting[0].to == nil {
            starting = []
        } else if !stopping.isEmpty {
            stopping.insert(starting.removeFirst(), at: 0)
        }
    }
}
