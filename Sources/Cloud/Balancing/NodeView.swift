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

        public internal(set) var health = Health.initial
        /// Whether the node still sends requests to the target.
        public internal(set) var isRouted = true
        /// When the first check was, or will be; the others follow at the group's interval.
        let firstCheck: Instant
        /// How every check that starts at or after `since` ends.
        var outcome: CheckOutcome
        var since: Instant
        /// The last checks that started before `since`: how many in a row ended alike, and how.
        var streak = 0
        var streakPassed = false
        /// The check that will change `health`: when it starts, and when its end is known.
        var decisive: Turn?
        var generation: UInt32 = 0

        struct Turn: Hashable, Sendable, Codable {
            var starts: Instant
            var known: Instant
            var passed: Bool
        }

        init(firstCheck: Instant, outcome: CheckOutcome, now: Instant) {
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
    /// How many checks start at or after one instant and before another.
    private func checks(from: Instant, before end: Instant, every interval: Duration) -> Int {
        func started(before instant: Instant) -> Int {
            guard instant > firstCheck else { return 0 }
            let passed = (instant - firstCheck).nanoseconds
            return Int((passed + interval.nanoseconds - 1) / interval.nanoseconds)
        }
        return started(before: end) - started(before: from)
    }

    /// Takes on how checks end from now on, after counting those made until now.
    ///
    /// A decisive check that has started is not called back: it will turn the view when its end is
    /// known, and what is counted here then counts towards the turn after it.
    mutating func settle(now: Instant, next: Balancing.CheckOutcome, every interval: Duration) {
        if let decisive, decisive.starts < now { forget(upTo: decisive) } else { decisive = nil }
        let made = checks(from: since, before: now, every: interval)
        if made > 0 {
            streak = streakPassed == outcome.passed ? streak + made : made
            streakPassed = outcome.passed
        }
        (since, outcome) = (now, next)
    }

    /// Changes the node's mind, as the decisive check has it.
    mutating func turn(by decisive: Turn) {
        forget(upTo: decisive)
        health = decisive.passed ? .healthy : .unhealthy
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
        // One pass is enough for a target that is new: elbv2.md section 0.1.
        case (.initial, true): needed = 1
        case (.initial, false), (.healthy, false): needed = check.unhealthyThreshold
        case (.unhealthy, true): needed = check.healthyThreshold
        case (.healthy, true), (.unhealthy, false): return nil
        }
        let missing = max(1, needed - (streakPassed == outcome.passed ? streak : 0))
        let before = checks(from: firstCheck, before: since, every: check.interval)
        let starts = firstCheck + check.interval * (before + missing - 1)
        return Turn(starts: starts, known: starts + outcome.after, passed: outcome.passed)
    }
}
