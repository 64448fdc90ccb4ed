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
        guard watch.listener != nil, !signal.isEmpty, watch.probe.period > .zero else {
            return DeploymentResult.ProbeResult()
        }
        var client = ProbingClient(
            watch.probe, at: start, versions: versionNames.count,
            nodes: signal.reduce(0) { max($0, $1.nodes.count) }, kept: kept)
        for (index, step) in signal.enumerated() {
            let until = index + 1 < signal.count ? min(signal[index + 1].at, end) : end
            guard client.moment < until else { continue }
            let nodes = zip(step.nodes, client.turns).map { node, turn in
                ProbedNode(node, versions: node.shares.map { version(of: $0.reply) }, turn: turn)
            }
            client.ask(nodes, until: until)
        }
        return DeploymentResult.ProbeResult(
            requests: client.requests, failed: client.failed,
            byVersion: zip(versionNames, client.counts).map { .init(version: $0, requests: $1) })
    }
}

/// Whoever reloads the page, from one step of the signal to the next.
private struct ProbingClient {
    let settings: ProbeSettings
    /// When the next request is made.
    private(set) var moment: Instant
    /// The answers of each version.
    private(set) var counts: [Int]
    /// How many requests each node has had.
    private(set) var turns: [Int]
    private(set) var requests = 0
    private(set) var failed = 0
    /// The node of the connection that is kept.
    private var keptNode = 0
    /// The connection to a target that a network load balancer has passed on, if it is kept.
    private var held: Recorder.KeptConnection?
    private let kept: [Recorder.KeptConnection]
    /// Whom its cookie names.
    private var cookie: UInt32?
    /// Which target group another one names, and until when.
    private var groupCookie: (group: TargetGroupID, until: Instant)?

    init(
        _ settings: ProbeSettings, at start: Instant, versions: Int, nodes: Int,
        kept: [Recorder.KeptConnection]
    ) {
        self.settings = settings
        self.kept = kept
        moment = start
        counts = [Int](repeating: 0, count: versions)
        turns = [Int](repeating: 0, count: nodes)
    }

    /// Makes the requests that fall before an instant, until which the nodes stay as they are.
    mutating func ask(_ nodes: [ProbedNode], until end: Instant) {
        var nodes = nodes
        let usesCookies =
            settings.keepsCookies && nodes.contains { $0.isSticky || $0.stickyGroups != nil }
        if !settings.keepsAlive, !usesCookies, nodes.allSatisfy({ $0.isEven }) {
            count(&nodes, until: end)
        } else {
            play(&nodes, until: end, usesCookies: usesCookies)
        }
        for node in nodes.indices { turns[node] = nodes[node].turn }
    }

    /// Round after round is the same: counted, not played.
    private mutating func count(_ nodes: inout [ProbedNode], until end: Instant) {
        let period = settings.period
        let made = Int(
            (end - moment + period - Duration(nanoseconds: 1)).nanoseconds / period.nanoseconds)
        let start = requests % nodes.count
        for place in nodes.indices {
            let first = (place - start + nodes.count) % nodes.count
            guard first < made else { continue }
            let met = (made - first + nodes.count - 1) / nodes.count
            failed += nodes[place].choose(times: met, in: &counts)
        }
        requests += made
        moment += period * made
    }

    private mutating func play(
        _ nodes: inout [ProbedNode], until end: Instant, usesCookies: Bool
    ) {
        var node = (settings.keepsAlive ? keptNode : requests) % nodes.count
        while moment < end {
            if let held, held.isOpen(at: moment) {
                (requests, counts[held.version]) = (requests + 1, counts[held.version] + 1)
                moment += settings.period
                continue
            }
            let reply = usesCookies ? chooseByCookie(&nodes[node]) : nodes[node].choose()
            var moves = !settings.keepsAlive
            requests += 1
            if let version = nodes[node].versions[reply] {
                counts[version] += 1
                hold(nodes[node], reply)
            } else {
                failed += 1
                if nodes[node].isUnreachable {
                    keptNode += 1
                    moves = true
                }
            }
            if moves { node = node + 1 == nodes.count ? 0 : node + 1 }
            moment += settings.period
        }
    }

    /// Whoever the cookies lead to, or else whom the node takes; an answer comes with new ones.
    private mutating func chooseByCookie(_ node: inout ProbedNode) -> Int {
        let group = groupCookie.flatMap { moment < $0.until ? $0.group : nil }
        let reply = node.place(of: cookie) ?? node.choose(in: group)
        cookie = node.owner(at: reply) ?? cookie
        if let sticky = node.stickyGroups, node.owner(at: reply) != nil {
            groupCookie = (sticky.groups[reply], moment + sticky.duration)
        }
        return reply
    }

    /// Keeps the connection on which somebody has just answered.
    private mutating func hold(_ node: ProbedNode, _ reply: Int) {
        guard settings.keepsAlive, node.holdsConnections else { return }
        held = kept.last {
            $0.task.rawValue == node.owner(at: reply) && $0.isOpen(at: moment)
        }
    }
}

/// A node as a probe meets it: which version each of its replies is.
private struct ProbedNode {
    private let shares: [Balancing.Share]
    let isEven: Bool
    let isSticky: Bool
    let stickyGroups: Balancing.StickyGroups?
    let holdsConnections: Bool
    /// `nil`: a failure.
    let versions: [Int?]
    private(set) var turn: Int
    /// The turn, counted within a round of all replies.
    private var place: Int

    init(_ node: Balancing.NodeRoutes, versions: [Int?], turn: Int) {
        shares = node.shares
        isSticky = node.isSticky
        stickyGroups = node.stickyGroups
        holdsConnections = node.holdsConnections
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
        return shares.map(\.probability).place(of: UInt64(turn))
    }

    /// The same among the targets of a group, if it is one of the node's.
    mutating func choose(in group: TargetGroupID?) -> Int {
        guard let group, let sticky = stickyGroups else { return choose() }
        let own = sticky.groups.indices.filter { sticky.groups[$0] == group }
        guard !own.isEmpty else { return choose() }
        defer { _ = choose() }
        return own[turn % own.count]
    }

    var isUnreachable: Bool { shares.first?.reply == .unreachable }

    /// Who answers at this place; `nil` if nobody does but the load balancer.
    func owner(at place: Int) -> UInt32? {
        if case .answered(let owner, _) = shares[place].reply { return owner }
        return nil
    }

    /// Where the target stands that a cookie names, if the node still sends requests to it and
    /// keeps clients with their targets.
    func place(of cookie: UInt32?) -> Int? {
        guard isSticky, let cookie else { return nil }
        return shares.indices.first { owner(at: $0) == cookie }
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
