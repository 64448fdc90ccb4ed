import Cloud
import Experiments
import Simulation

/// Who answers at each listener of a load balancer that faces the internet, from change to change:
/// what a deployment's own measure does not see, such as a listener that is switched.
package struct ListenerLog: Sendable {
    package struct Entry: Sendable {
        /// Of the load balancer.
        package var name: String
        package var port: Int
        /// Each holds until the next one.
        package var steps: [Step] = []
    }

    package struct Step: Sendable, Equatable {
        package var at: Instant
        /// The versions that may answer a new request, sorted.
        package var versions: [String]
        /// Whether some request would fail.
        package var fails: Bool
    }

    private var entries: [ListenerID: Entry] = [:]

    /// By load balancer and port.
    package var all: [Entry] {
        entries.values.sorted { ($0.name, $0.port) < ($1.name, $1.port) }
    }

    mutating func note(
        _ id: ListenerID, _ name: String, port: Int, versions: Set<String>, fails: Bool,
        at now: Instant
    ) {
        var entry = entries[id] ?? Entry(name: name, port: port)
        entry.port = port
        let versions = versions.sorted()
        if let last = entry.steps.last, last.versions == versions, last.fails == fails { return }
        if entry.steps.last?.at == now { entry.steps.removeLast() }
        entry.steps.append(Step(at: now, versions: versions, fails: fails))
        entries[id] = entry
    }
}

extension ListenerLog.Entry {
    /// The stretches in which a condition holds, from the first answer on until `end`.
    package func windows(
        since start: Instant, until end: Instant, where holds: (ListenerLog.Step) -> Bool
    ) -> DeploymentResult.Windows {
        var windows: [DeploymentResult.Windows.Window] = []
        guard let first = steps.firstIndex(where: { !$0.versions.isEmpty }) else { return .init() }
        for index in first..<steps.count where holds(steps[index]) {
            let from = max(start, steps[index].at)
            let to = index + 1 < steps.count ? steps[index + 1].at : end
            guard from < to else { continue }
            if windows.last?.to == from - start {
                windows[windows.count - 1].to = to - start
            } else {
                windows.append(.init(from: from - start, to: to - start))
            }
        }
        return .init(windows)
    }
}

extension World {
    /// Looks at every listener, if what has happened may have changed who answers.
    func lookAtListeners(always: Bool = false) {
        let mayDiffer =
            always
            || live.cloud.facts.contains {
                switch $0 {
                case .balancing(.routingChanged), .balancing(.loadBalancerActive),
                    .balancing(.targetRemoved), .network(.listenersChanged),
                    .network(.pathsChanged):
                    true
                default: false
                }
            }
        guard mayDiffer else { return }
        let cloud = live.cloud
        for (id, listener) in cloud.balancing.listeners {
            guard let balancer = cloud.balancing.loadBalancers.find(listener.loadBalancer),
                !balancer.isInternal
            else { continue }
            var versions: Set<String> = []
            var fails = false
            for share in cloud.answers(to: .internet, at: id) {
                guard case .answered(let owner, let status) = share.reply,
                    (200...399).contains(status)
                else {
                    fails = true
                    continue
                }
                let page = page(of: TaskID(rawValue: owner), status: status)
                versions.insert(page.version ?? page.digest.map { String($0.prefix(19)) } ?? "?")
            }
            listenerLog.note(
                id, balancer.name, port: listener.port, versions: versions, fails: fails,
                at: cloud.now)
        }
    }
}
