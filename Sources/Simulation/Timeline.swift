/// The virtual clock and everything that is still to happen on it.
///
/// Two events due at the same instant come out in the order they were scheduled. A copy is a
/// snapshot; it costs nothing until one of the two changes.
///
/// Inside is a heap with four children to a node, of keys only: an event is written once, to a
/// slot that stays its own until it is due, while its key of 16 bytes moves up and down.
@frozen
public struct Timeline<Event: Sendable & BitwiseCopyable>: Sendable {
    @usableFromInline var clock: Instant
    @usableFromInline var size: Int

    /// The first `size` keys are the heap. The others keep the slots that are free, so that the
    /// slots of all keys together are always those of `events`.
    @usableFromInline var keys: ContiguousArray<Key>
    @usableFromInline var events: ContiguousArray<Event>
    /// The order of the next event to be scheduled.
    @usableFromInline var order: UInt32

    @inlinable public init() {
        clock = .start
        size = 0
        keys = []
        events = []
        order = 0
    }

    /// Where the clock stands.
    @inlinable public var now: Instant { clock }

    /// How many events are still to come.
    @inlinable public var count: Int { size }
    @inlinable public var isEmpty: Bool { size == 0 }

    /// When the next event is due; `nil` if there is none.
    @inlinable public var nextInstant: Instant? { count == 0 ? nil : keys[0].due }

    /// - Precondition: `delay` is not negative. The past cannot be changed.
    /// - Complexity: O(log n) at worst; O(1) on average for an event far ahead.
    @inlinable public mutating func schedule(_ event: Event, after delay: Duration) {
        schedule(event, at: now + delay)
    }

    /// - Precondition: `instant` is not before `now`. The past cannot be changed.
    @inlinable public mutating func schedule(_ event: Event, at instant: Instant) {
        precondition(instant >= now, "the past cannot be changed")
        if order == .max { renumber() }
        let slot: UInt32
        if count < keys.count {
            slot = keys[count].slot
            events[Int(slot)] = event
        } else {
            slot = UInt32(count)
            events.append(event)
            keys.append(Key(due: instant, order: 0, slot: slot))
        }
        let key = Key(due: instant, order: order, slot: slot)
        let end = count
        size += 1
        order += 1
        keys.withUnsafeMutableBufferPointer { keys in
            Self.rise(key, from: end, in: keys.baseAddress!)
        }
    }

    /// Moves the clock to the next event due at or before `limit` and takes it off the queue.
    ///
    /// - Returns: The event, or `nil` once nothing is due; the clock then stands at `limit`, or,
    ///   if the limit is `.never`, where it was.
    /// - Precondition: `limit` is not before `now`.
    /// - Complexity: O(log n).
    @inlinable public mutating func next(until limit: Instant) -> Event? {
        precondition(limit >= now, "the clock does not run backwards")
        guard count > 0, keys[0].due <= limit else {
            if limit != .never { clock = limit }
            return nil
        }
        let end = count - 1
        size = end
        let first = keys.withUnsafeMutableBufferPointer { keys in
            let keys = keys.baseAddress!
            let first = keys[0]
            let last = keys[end]
            keys[end] = first
            if end > 0 { Self.sink(last, in: keys, count: end) }
            return first
        }
        clock = first.due
        return events[Int(first.slot)]
    }

    /// Everything that is still to happen, the next first. For looking, not for the hot path.
    ///
    /// - Complexity: O(n log n).
    public var pending: [(due: Instant, event: Event)] {
        keys[..<count].sorted().map { (due: $0.due, event: events[Int($0.slot)]) }
    }
}

extension Timeline {
    /// When an event is due, and where it is.
    @frozen
    @usableFromInline struct Key: Comparable, Sendable, BitwiseCopyable {
        @usableFromInline var due: Instant
        /// The order of scheduling above, the slot in `events` below: one comparison for the first,
        /// which no two keys share.
        @usableFromInline var rank: UInt64

        @inlinable init(due: Instant, order: UInt32, slot: UInt32) {
            self.due = due
            rank = UInt64(order) << 32 | UInt64(slot)
        }

        @inlinable var slot: UInt32 { UInt32(truncatingIfNeeded: rank) }

        @inlinable static func < (one: Key, other: Key) -> Bool {
            one.due < other.due || (one.due == other.due && one.rank < other.rank)
        }
    }

    /// Moves the hole at `end` up until `key` may stand in it.
    @inlinable static func rise(_ key: Key, from end: Int, in keys: UnsafeMutablePointer<Key>) {
        var hole = end
        while hole > 0 {
            let parent = (hole - 1) >> 2
            guard key < keys[parent] else { break }
            keys[hole] = keys[parent]
            hole = parent
        }
        keys[hole] = key
    }

    /// Moves the hole at the top down until `key` may stand in it.
    @inlinable static func sink(_ key: Key, in keys: UnsafeMutablePointer<Key>, count: Int) {
        var hole = 0
        while true {
            let first = 4 * hole + 1
            guard first < count else { break }
            var least = first
            for child in (first + 1)..<max(first + 1, min(first + 4, count))
            where keys[child] < keys[least] {
                least = child
            }
            guard keys[least] < key else { break }
            keys[hole] = keys[least]
            hole = least
        }
        keys[hole] = key
    }

    /// Numbers the pending events from zero, in the order they were scheduled. Once in four billion
    /// events; it keeps a key at 16 bytes.
    @usableFromInline mutating func renumber() {
        let scheduled = keys[..<count].indices.sorted { keys[$0].rank < keys[$1].rank }
        for (number, index) in scheduled.enumerated() {
            let key = keys[index]
            keys[index] = Key(due: key.due, order: UInt32(number), slot: key.slot)
        }
        order = UInt32(count)
    }
}

extension Timeline: Codable where Event: Codable {
    private enum CodingKeys: CodingKey { case now, pending }

    private struct Pending: Codable {
        var due: Instant
        var event: Event
    }

    /// - Throws: `DecodingError` if an event is due before the clock's instant.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init()
        clock = try container.decode(Instant.self, forKey: .now)
        for next in try container.decode([Pending].self, forKey: .pending) {
            guard next.due >= now else {
                throw DecodingError.dataCorruptedError(
                    forKey: .pending, in: container,
                    debugDescription: "An event is due at \(next.due), before \(now).")
            }
            schedule(next.event, at: next.due)
        }
    }

    /// Saves the clock and what is pending, in order: all that decides what comes next.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(now, forKey: .now)
        try container.encode(
            pending.map { Pending(due: $0.due, event: $0.event) }, forKey: .pending)
    }
}
