import CloudAPI
import Simulation

/// A whole small cloud on a virtual clock, as one value.
///
/// Copying it is a snapshot, restoring a copy is an undo, running two copies is an experiment. It
/// changes in two ways only: by an operation (``perform(_:as:)``) and by time (``step(until:)``).
/// The same seed, operations and instants give the same cloud, byte by byte.
public struct Cloud: Sendable, Codable {
    /// The clock, and everything that is still to happen on it.
    public internal(set) var timeline = Timeline<Event>()
    /// Where delays and choices come from.
    public private(set) var chance: Chance
    /// Where names come from; another seed of chance leaves them as they are.
    public let naming: Naming
    /// How long things take.
    public var timing: Timing { _read { yield sharedTiming.value } }
    private let sharedTiming: Shared<Timing>
    /// The calendar instant at which the clock started.
    public let epoch: Timestamp

    public internal(set) var identity = Identity()
    public internal(set) var network = Network()
    public internal(set) var registry = Registry()
    public internal(set) var balancing = Balancing()
    public internal(set) var logs = Logs()
    public internal(set) var containers = Containers()

    /// How many events have been carried out since the start. With ``now`` it says exactly where
    /// the cloud stands, also between two events that are due at the same instant.
    public private(set) var steps = 0

    /// What the last operation or the last step brought about, in order.
    public internal(set) var facts: [Fact] = []

    /// An empty cloud.
    ///
    /// - Parameters:
    ///   - seed: Decides delays and choices.
    ///   - idSeed: Decides ids and addresses' names.
    ///   - epoch: The calendar instant of the clock's start; 2026-01-01T00:00:00Z if left out.
    public init(
        seed: UInt64 = 1, idSeed: UInt64 = 1, timing: Timing = Timing(),
        epoch: Timestamp = Timestamp(seconds: 1_767_225_600)
    ) {
        chance = Chance(seed: seed)
        naming = Naming(seed: idSeed)
        sharedTiming = Shared(timing)
        self.epoch = epoch
    }

    /// Of Drydock, by semantic versioning. The same calls at the same instants lead to the same
    /// cloud under the same version.
    public static let version = "0.1.0"

    public var now: Instant { timeline.now }

    /// An instant of the virtual clock on the calendar, to the millisecond.
    public func calendar(_ instant: Instant) -> Timestamp {
        Timestamp(milliseconds: epoch.milliseconds + instant.sinceStart.nanoseconds / 1_000_000)
    }

    /// The same cloud with another future: what is drawn from now on is drawn from another seed.
    public func reseeded(_ seed: UInt64) -> Cloud {
        var cloud = self
        cloud.chance = Chance(seed: seed)
        return cloud
    }

    /// Carries out what is due next, if it is due at or before `limit`. The facts it brought about
    /// are in ``facts`` afterwards.
    ///
    /// - Returns: `false` once nothing more is due; the clock then stands at `limit`.
    public mutating func step(until limit: Instant) -> Bool {
        facts.removeAll(keepingCapacity: true)
        guard let event = timeline.next(until: limit) else { return false }
        steps += 1
        carryOut(event)
        return true
    }

    /// Lets everything happen that is due up to and at `limit`.
    public mutating func run(until limit: Instant) {
        while step(until: limit) {}
    }
}

extension Cloud {
    private enum CodingKeys: String, CodingKey {
        case timeline, steps, chance, naming
        case sharedTiming = "timing"
        case epoch, identity, network, registry, balancing, logs, containers
    }
}

/// A large value that never changes, kept once for all copies of a cloud.
private final class Shared<Value: Codable & Sendable>: Codable, Sendable {
    let value: Value

    init(_ value: Value) { self.value = value }

    init(from decoder: any Decoder) throws { value = try Value(from: decoder) }

    func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }
}
