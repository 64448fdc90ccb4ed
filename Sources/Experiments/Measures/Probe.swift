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
        var turns = [Int](repeating: 0, count: signal.reduce(0) { max($0, $1.nodes.count) })
        var keptNode = 0
        var moment = start
        for (index, step) in signal.enumerated() {
            let until = index + 1 < signal.count ? min(signal[index + 1].at, end) : end
            guard moment < until else { continue }
            var nodes = zip(step.nodes, turns).map { node, turn in
                ProbedNode(node, versions: node.shares.map { version(of: $0.reply) }, turn: turn)
            }
            var node = (watch.probe.keepsAlive ? keptNode : result.requests) % nodes.count
            if !watch.probe.keepsAlive, nodes.allSatisfy({ $0.isEven }) {
                // Round after round the same: counted, not played.
                let requests = Int(
                    (until - moment + watch.probe.period - Duration(nanoseconds: 1)).nanoseconds
                        / watch.probe.period.nanoseconds)
                for place in nodes.indices {
                    let first = (place - node + nodes.count) % nodes.count
                    guard first < requests else { continue }
                    let met = (requests - first + nodes.count - 1) / nodes.count
                    result.failed += nodes[place].choose(times: met, in: &counts)
                    turns[place] = nodes[place].turn
                }
                result.requests += requests
                moment += watch.probe.period * requests
                continue
            }
            while moment < until {
                let reply = nodes[node].choose()
                var moves = !watch.probe.keepsAlive
                result.requests += 1
                if let version = nodes[node].versions[reply] {
                    counts[version] += 1
                } else {
                    result.failed += 1
                    if step.nodes[node].shares[reply].reply == .unreachable {
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
    private let shares: [Balancing.Share]
    let isEven: Bool
    /// `nil`: a failure.
    let versions: [Int?]
    private(set) var turn: Int
    /// The turn, counted within a round of all replies.
    private var place: Int

    init(_ node: Balancing.NodeRoutes, versions: [Int?], turn: Int) {
        shares = node.shares
        isEven = node.shares.allSatisfy { $0.probability == node.shares[0].probability }
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
        for (index, share) in shares.enumerated() {
            if point < share.probability { return index }
            point -= share.probability
        }
        return versions.count - 1
    }

    /// The same many times over, where all targets are as likely.
    ///
    /// - Parameter counts: By version; what answers is added.
    /// - Returns: How many of the requests failed.
    mutating func choose(times: Int, in counts: inout [Int]) -> Int {
        var failed = 0
        for (index, version) in versions.enumerated() {
            let first = (index - place + versions.count) % versions.count
            guard first < times else { continue }
            let met = (times - first + versions.count - 1) / versions.count
            if let version { counts[version] += met } else { failed += met }
        }
        turn += times
        place = (place + times) % versions.count
        return failed
    }
}
