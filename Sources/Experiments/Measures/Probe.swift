import Cloud
import Simulation

extension Recorder {
    /// What a person sees who reloads the page once a period, from the call until `end`.
    ///
    /// The first request is made at the call. A client without keep-alive takes the load balancer's
    /// nodes in turn, as their addresses come in the DNS answer; one with keep-alive stays with one
    /// as long as it answers. A node takes its targets in turn. Computed from the signal: a probe
    /// costs the simulation no event.
    func probe(until end: Instant, in cloud: Cloud) -> DeploymentResult.ProbeResult {
        var result = DeploymentResult.ProbeResult()
        guard watch.listener != nil, !signal.isEmpty, watch.probe.period > .zero else {
            return result
        }
        var counts = [Int](repeating: 0, count: versionNames.count)
        var turns: [Int] = []
        var keptNode = 0
        var step = 0
        var moment = start
        while moment < end {
            while step + 1 < signal.count, signal[step + 1].at <= moment { step += 1 }
            let nodes = signal[step].nodes
            while turns.count < nodes.count { turns.append(0) }
            let node = (watch.probe.keepsAlive ? keptNode : result.requests) % nodes.count
            let reply = choose(nodes[node], turn: turns[node])
            turns[node] += 1
            result.requests += 1
            if let version = version(of: reply, in: cloud) {
                counts[version] += 1
            } else {
                result.failed += 1
                if reply == .unreachable { keptNode += 1 }
            }
            moment += watch.probe.period
        }
        result.byVersion = zip(versionNames, counts).map { .init(version: $0, requests: $1) }
        return result
    }

    /// Targets in turn where all are as likely; else by a sequence that keeps to the shares.
    private func choose(_ node: Balancing.NodeRoutes, turn: Int) -> Balancing.Reply {
        let isEven = node.probabilities.allSatisfy { $0 == node.probabilities[0] }
        if isEven { return node.replies[turn % node.replies.count] }
        // The golden ratio's multiples are spread evenly over the unit interval.
        let multiple = (Double(turn) + 0.5) * 0.618033988749895
        var point = multiple - Double(Int(multiple))
        for (reply, probability) in zip(node.replies, node.probabilities) {
            if point < probability { return reply }
            point -= probability
        }
        return node.replies.last!
    }
}
