import Simulation

@testable import Cloud

/// A node that performs every health check, one after the other: what `NodeView` must agree with.
struct EveryCheck {
    typealias Health = Balancing.NodeView.Health

    /// A check under way. The settings are those at its start.
    private struct Flight {
        var known: Instant
        var passed: Bool
        var check: Balancing.HealthCheck
    }

    private(set) var check: Balancing.HealthCheck
    var outcome: Balancing.CheckOutcome
    private(set) var health = Health.initial
    private(set) var turns: [Turn] = []
    private var next: Instant
    private var last: Instant?
    private var isLastAtThisInterval = false
    private var lastEndsBy = Instant.start
    private var flights: [Flight] = []
    private var count = 0
    private var countsPassed = false

    struct Turn: Equatable {
        var at: Instant
        var to: Health
    }

    init(_ check: Balancing.HealthCheck, _ outcome: Balancing.CheckOutcome, first: Instant) {
        (self.check, self.outcome, next) = (check, outcome, first)
    }

    /// Performs what comes before something happens at `instant`. A check that would start at that
    /// very instant sees what has happened, unless its end has already been acted on.
    mutating func run(to instant: Instant) {
        while true {
            if let flight = flights.first, flight.known <= min(next, instant) {
                flights.removeFirst()
                land(flight)
            } else if next < instant || (next == instant && turnsAtOnce) {
                let ends = next + outcome.after
                flights.append(.init(known: ends, passed: outcome.passed, check: check))
                (last, isLastAtThisInterval) = (next, true)
                next = next + check.interval
            } else {
                return
            }
        }
    }

    mutating func change(to new: Balancing.HealthCheck, at now: Instant) {
        if new.interval != check.interval, let last {
            // What the settings said of its end when the interval was left.
            if isLastAtThisInterval { lastEndsBy = last + check.timeout }
            next = max(now, last + new.interval, lastEndsBy)
            isLastAtThisInterval = false
        }
        check = new
    }

    private var turnsAtOnce: Bool {
        guard outcome.after == .zero, flights.isEmpty else { return false }
        var copy = self
        copy.land(.init(known: next, passed: outcome.passed, check: check))
        return copy.turns.count > turns.count
    }

    private mutating func land(_ flight: Flight) {
        count = countsPassed == flight.passed ? count + 1 : 1
        countsPassed = flight.passed
        let needed: Int
        switch (health, flight.passed) {
        case (.initial, true):
            needed = flight.check.onePassIsEnoughAtFirst ? 1 : flight.check.healthyThreshold
        case (.unhealthy, true): needed = flight.check.healthyThreshold
        case (.initial, false), (.healthy, false): needed = flight.check.unhealthyThreshold
        case (.healthy, true), (.unhealthy, false): return
        }
        guard count >= needed else { return }
        health = flight.passed ? .healthy : .unhealthy
        count = 0
        turns.append(.init(at: flight.known, to: health))
    }
}
