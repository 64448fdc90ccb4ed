import Cloud
import CloudAPI
import Experiments
import Simulation

/// A served cloud at an instant, with all that has to be known to go on from there.
public struct Moment: Sendable, Codable {
    public var cloud: Cloud
    /// What has been measured up to now.
    public var recordings: Recordings
    /// Where there have been calls: each place gets its default VPC once. In order.
    public var places: [Place]
    /// The number of the last fact; facts are counted from 1.
    public var facts: Int

    public init(
        cloud: Cloud, recordings: Recordings = Recordings(), places: [Place] = [], facts: Int = 0
    ) {
        self.cloud = cloud
        self.recordings = recordings
        self.places = places
        self.facts = facts
    }
}

extension Moment {
    /// Lets pass what had passed when an entry was written, and does again what it says.
    ///
    /// - Parameters:
    ///   - isExact: Whether this version wrote the entry, so that it must lead to the same again.
    ///     Under another one as much is done again as can be.
    ///   - watch: Shown the cloud after each step that brought about facts, when these have been
    ///     counted.
    /// - Returns: Whether the change was made: another version may refuse it.
    /// - Throws: A ``StoreProblem`` if the story takes another course than the one that was
    ///   written.
    @discardableResult
    mutating func replay(
        _ entry: JournalEntry, isExact: Bool = true, watch: (borrowing Moment) -> Void = { _ in }
    ) throws -> Bool {
        if isExact {
            try advance(toStep: entry.step, at: entry.at, watch: watch)
        } else {
            run(until: entry.at, watch: watch)
        }
        guard let change = entry.change else { return true }
        do {
            try cloud.apply(change)
        } catch {
            if !isExact { return false }
            throw StoreProblem.diverged("entry \(entry.number) is refused now: \(error.message)")
        }
        if case .defaultVpc(let place) = change { met(place) }
        takeNotice(watch)
        if case .call(let operation, _) = change, operation is ECS.DeleteService {
            recordings.sweep(cloud)
        }
        return true
    }

    /// Takes note of a place that was not there before.
    public mutating func met(_ place: Place) {
        let position = places.firstIndex { $0 >= place } ?? places.count
        if position < places.count, places[position] == place { return }
        places.insert(place, at: position)
    }

    /// Lets the clock run to an instant, up to and without the events that came after the step.
    private mutating func advance(
        toStep step: Int, at instant: Instant, watch: (borrowing Moment) -> Void
    ) throws {
        while cloud.steps < step {
            guard cloud.step(until: instant) else {
                throw StoreProblem.diverged("less happens up to \(instant) than had happened")
            }
            takeNotice(watch)
        }
        guard cloud.now < instant else { return }
        guard !cloud.step(until: instant) else {
            throw StoreProblem.diverged("more happens up to \(instant) than had happened")
        }
    }

    /// Lets everything happen up to an instant.
    public mutating func run(
        until instant: Instant, watch: (borrowing Moment) -> Void = { _ in }
    ) {
        while cloud.step(until: instant) { takeNotice(watch) }
    }

    private mutating func takeNotice(_ watch: (borrowing Moment) -> Void) {
        guard !cloud.facts.isEmpty else { return }
        facts += cloud.facts.count
        recordings.observe(cloud)
        watch(self)
    }
}
