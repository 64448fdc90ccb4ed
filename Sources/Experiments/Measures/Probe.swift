import Cloud
import Simulation

extension Recorder {
    /// What a person sees who reloads the page once a period, from the call until `end`.
    ///
    /// The first request is made at the call. A client without keep-alive takes the load balancer's
    /// nodes in turn, as their addresses come in the DNS answer; one with keep-alive stays with one
    /// as long as it answers. A node takes its targets in turn. Computed from the signal: a probe
    /// costs the simulation no event.
    func probe(until end: Instant) -> DeploymentResult.ProbeResult {
        var result = DeploymentResult.ProbeResult()
        guard watch.listener != nil, !signal.isEmpty, watch.probe.period > .zero else {
            return result
        }
        var counts = [Int](repeating: 0, count: versionNames.count)
        var turns = [Int](repeating: 0, count: signal.map(\.nodes.count).max() ?? 0)
        var keptNode = 0
        var moment = start
        for (index, step) in signal.enumerated() {
            let until = index + 1 < signal.count ? min(signal[index + 1].at, end) : end
            guard moment < until else { continue }
            var nodes = zip(step.nodes, turns).map { node, turn in
                ProbedNode(node, versions: node.replies.map { version(of: $0) }, turn: turn)
            }
            var node = (watch.probe.keepsAlive ? keptNode : result.requests) % nodes.count
            while moment < until {
                let reply = nodes[node].choose()
                var moves = !watch.probe.keepsAlive
                result.requests += 1
                if let version = nodes[node].versions[reply] {
                    counts[version] += 1
                } else {
                    result.failed += 1
                    if step.nodes[node].replies[reply] == .unreachable {
                        keptNode += 1
                        moves = true
                    }
                }
                if moves { node = node + 1 == nodes.count ? 0 : node + 1 }
                moment += watch.probe.period
            }
            for node in nodes.indices { turns[node] = nodes[node].turn }
        }
        result.byVersion = zip(versionNames, counts).map { .init(version: $0, requests: $1) }
        return result
    }
}

/// A node as a probe meets it: which version each of its replies is.
private struct ProbedNode {
    let probabilities: [Double]
    let isEven: Bool
    /// `nil`: a failure.
    let versions: [Int?]
    private(set) var turn: Int
    /// The turn, counted within a round of all replies.
    private var place: Int

    init(_ node: Balancing.NodeRoutes, versions: [Int?], turn: Int) {
        probabilities = node.probabilities
        isEven = node.probabilities.allSatisfy { $0 == node.probabilities[0] }
        self.versions = versions
        self.turn = turn
        place = turn % versions.count
    }

    /// Targets in turn where all are as likely; else by a sequence that keeps to the shares.
    mutating func choose() -> Int {
        defer {
            turn += 1
            place = place + 1 == versions.count ? 0 : place + 1
        }
        if isEven { return place }
        // The golden ratio's multiples are spread evenly over the unit interval.
        let multiple = (Double(turn) + 0.5) * 0.618033988749895
        var point = multiple - Double(Int(multiple))
        for (index, probability) in probabilities.enumerated() {
            if point < probability { return index }
            point -= probability
        }
        return versions.count - 1
    }
}
