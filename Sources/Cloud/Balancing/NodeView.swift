import Simulation

extension Balancing {
    /// What one node of a load balancer thinks of one target.
    ///
    /// A node checks the target every interval. Not every check is an event: as long as nothing
    /// changes at the target or on the way to it, each check ends like the one before, so the check
    /// that will change the node's mind is known in advance. It is the only one scheduled. When
    /// something does change, the checks made until then are counted (``settle``) and the turning
    /// point is computed anew (``turn``).
    public struct NodeView: Hashable, Sendable, Codable {
        public enum Health: UInt8, Sendable, Codable, BitwiseCopyable {
            case initial, healthy, unhealthy
        }

        /// The number of the node.
        let node: UInt16
        public internal(set) var health = Health.initial
        /// Whether the node still sends requests to the target.
        public internal(set) var isRouted = true
        /// Since when its share grows, or has grown, in a group with a slow start.
        var rampsSince: Instant?
        /// When the first check was, or will be; the others follow at the group's interval. Of a
        /// group that has got another interval, the first check at this one.
        private(set) var firstCheck: Instant
        /// The last check at another interval.
        private var earlier: Earlier?
        /// How every check that starts at or after `since` ends.
        var outcome: CheckOutcome
        var since: Instant
        /// The last checks that started before `since`: how many in a row ended alike, and how.
        var streak = 0
        var streakPassed = false
        /// How the last failed check ended that was counted.
        private(set) var failure: CheckOutcome.Result?
        /// The check that will change `health`: when it starts, and when its end is known.
        var decisive: Turn?
        var generation: UInt32 = 0

        private struct Earlier: Hashable, Sendable, Codable {
            var starts: Instant
            var endsBy: Instant
        }

        struct Turn: Hashable, Sendable, Codable {
            var starts: Instant
            var known: Instant
            var result: CheckOutcome.Result
        }

        init(node: UInt16, firstCheck: Instant, outcome: CheckOutcome, now: Instant) {
            self.node = node
            self.firstCheck = firstCheck
            self.outcome = outcome
            since = now
        }
    }

    /// How a health check ends, and how long after its start that is known.
    public struct CheckOutcome: Hashable, Sendable, Codable {
        public enum Result: Hashable, Sendable, Codable {
            case passed
            /// The answer's code is not one that passes.
            case mismatch(status: Int)
            /// No connection, or no answer, within the timeout.
            case timedOut
            /// The connection was refused.
            case refused
        }
        public var result: Result
        public var after: Duration
        public var passed: Bool { result == .passed }
    }
}

extension Balancing.NodeView {
    /// How many checks start before an instant, of those at the present interval.
    private func started(before instant: Instant, every interval: Duration) -> Int {
        guard instant > firstCheck else { return 0 }
        let passed = (instant - firstCheck).nanoseconds
        return Int((passed + interval.nanoseconds - 1) / interval.nanoseconds)
    }

    /// Takes on how checks end from now on, after counting those made until now.
    ///
    /// A decisive check that has started is not called back: it will turn the view when its end is
    /// known, and what is counted here then counts towards the turn after it.
    mutating func settle(now: Instant, next: Balancing.CheckOutcome, every interval: Duration) {
        if let decisive, decisive.starts < now { forget(upTo: decisive) } else { decisive = nil }
        let made = started(before: now, every: interval) - started(before: since, every: interval)
        if made > 0 {
            streak = streakPassed == outcome.passed ? streak + made : made
            streakPassed = outcome.passed
            if !outcome.passed { failure = outcome.result }
        }
        // Later than now is right after a check of this instant that is spent.
        (since, outcome) = (max(since, now), next)
    }

    /// Lets checks follow at another interval from now on; to be called after ``settle``. The next
    /// one comes that long after the last one has started, but not before the last one has ended.
    mutating func change(
        from old: Duration, to new: Duration, now: Instant, longest timeout: Duration
    ) {
        guard old != new else { return }
        // `since` is now, or right after a check of this instant that is spent.
        let made = started(before: since, every: old)
        if made > 0 {
            let last = firstCheck + old * (made - 1)
            earlier = Earlier(starts: last, endsBy: last + timeout)
        }
        guard let earlier else { return }
        firstCheck = max(now, earlier.starts + new, earlier.endsBy)
    }

    /// Whether the first check of all has started.
    func hasBegun(by now: Instant) -> Bool {
        firstCheck <= now || earlier != nil
    }

    /// Changes the node's mind, as the decisive check has it.
    mutating func turn(by decisive: Turn) {
        forget(upTo: decisive)
        health = decisive.result == .passed ? .healthy : .unhealthy
        if decisive.result != .passed { failure = decisive.result }
        self.decisive = nil
    }

    /// Checks up to a decisive one are spent.
    private mutating func forget(upTo decisive: Turn) {
        guard since <= decisive.starts else { return }
        since = decisive.starts + Duration(nanoseconds: 1)
        streak = 0
    }

    /// The check that changes the node's mind if nothing else changes; `nil` if none does.
    func nextTurn(_ check: Balancing.HealthCheck) -> Turn? {
        let needed: Int
        switch (health, outcome.passed) {
        case (.initial, true): needed = check.onePassIsEnoughAtFirst ? 1 : check.healthyThreshold
        case (.initial, false), (.healthy, false): needed = check.unhealthyThreshold
        case (.unhealthy, true): needed = check.healthyThreshold
        case (.healthy, true), (.unhealthy, false): return nil
        }
        let missing = max(1, needed - (streakPassed == outcome.passed ? streak : 0))
        let before = started(before: since, every: check.interval)
        let starts = firstCheck + check.interval * (before + missing - 1)
        return Turn(starts: starts, known: starts + outcome.after, result: outcome.result)
    }
}
