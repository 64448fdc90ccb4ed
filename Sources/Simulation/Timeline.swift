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
    /// The order of the next event to be scheduled.
    @usableFromInline var order: UInt32
    @usableFromInline var storage: Storage

    @inlinable public init() {
        clock = .start
        size = 0
        order = 0
        storage = Storage(capacity: 0)
    }

    /// Where the clock stands.
    @inlinable public var now: Instant { clock }

    /// How many events are still to come.
    @inlinable public var count: Int { size }
    @inlinable public var isEmpty: Bool { size == 0 }

    /// When the next event is due; `nil` if there is none.
    @inlinable public var nextInstant: Instant? { size == 0 ? nil : storage.keys[0].due }

    /// - Precondition: `delay` is not negative. The past cannot be changed.
    /// - Complexity: O(log n) at worst; O(1) on average for an event far ahead.
    @inlinable public mutating func schedule(_ event: Event, after delay: Duration) {
        schedule(event, at: clock + delay)
    }

    /// - Precondition: `instant` is not before `now`. The past cannot be changed.
    @inlinable public mutating func schedule(_ event: Event, at instant: Instant) {
        precondition(instant >= clock, "the past cannot be changed")
        makeUnique(room: size + 1)
        if order == .max { renumber() }
        let slot = storage.keys[size].slot
        storage.events[Int(slot)] = event
        storage.rise(Key(due: instant, order: order, slot: slot), from: size)
        size += 1
        order += 1
    }

    /// Moves the clock to the next event due at or before `limit` and takes it off the queue.
    ///
    /// - Returns: The event, or `nil` once nothing is due; the clock then stands at `limit`, or,
    ///   if the limit is `.never`, where it was.
    /// - Precondition: `limit` is not before `now`.
    /// - Complexity: O(log n).
    @inlinable public mutating func next(until limit: Instant) -> Event? {
        precondition(limit >= clock, "the clock does not run backwards")
        guard size > 0, storage.keys[0].due <= limit else {
            if limit != .never { clock = limit }
            return nil
        }
        makeUnique(room: size)
        let first = storage.keys[0]
        let event = storage.events[Int(first.slot)]
        size -= 1
        storage.fillTop(with: storage.keys[size], count: size)
        storage.keys[size] = first
        clock = first.due
        return event
    }

    /// Everything that is still to happen, the next first. For looking, not for the hot path.
    ///
    /// - Complexity: O(n log n).
    public var pending: [(due: Instant, event: Event)] {
        UnsafeBufferPointer(start: storage.keys, count: size).sorted(by: Key.isBefore)
            .map { (due: $0.due, event: storage.events[Int($0.slot)]) }
    }
}

extension Timeline {
    /// When an event is due, and where it is.
    @frozen
    @usableFromInline struct Key: Sendable, BitwiseCopyable {
        @usableFromInline var due: Instant
        /// The order of scheduling above, the slot below. No two keys share the first, so comparing
        /// both at once is as good.
        @usableFromInline var rank: UInt64

        @inlinable init(due: Instant, order: UInt32, slot: UInt32) {
            self.due = due
            rank = UInt64(order) << 32 | UInt64(slot)
        }

        @inlinable var order: UInt32 { UInt32(truncatingIfNeeded: rank >> 32) }
        @inlinable var slot: UInt32 { UInt32(truncatingIfNeeded: rank) }

        /// 1 if this key comes before `other`, else 0: the borrow of a subtraction of both words.
        /// Which of two children is earlier no processor can predict, and this needs no branch.
        ///
        /// No instant is before the clock's start, so the difference cannot overflow.
        @inlinable func before(_ other: Key) -> Int {
            let borrow: Int64 = rank < other.rank ? 1 : 0
            let ahead = due.sinceStart.nanoseconds &- other.due.sinceStart.nanoseconds &- borrow
            return Int(truncatingIfNeeded: UInt64(bitPattern: ahead) >> 63)
        }

        @inlinable static func isBefore(_ one: Key, _ other: Key) -> Bool {
            one.before(other) == 1
        }
    }

    /// The memory of a timeline: a heap of keys, and the events in their slots.
    ///
    /// The keys beyond the heap keep the slots that are free, so the slots of all keys together are
    /// always the numbers below `capacity`.
    @usableFromInline final class Storage: @unchecked Sendable {
        // Unchecked, because only a timeline that is the one owner ever writes to it.
        private let memory: UnsafeMutableRawPointer
        @usableFromInline let capacity: Int
        @usableFromInline let keys: UnsafeMutablePointer<Key>
        @usableFromInline let events: UnsafeMutablePointer<Event>

        @usableFromInline init(capacity: Int) {
            self.capacity = capacity
            // The four children of a node stand at 4 n + 1 and share one line of the cache.
            let line = 64
            let memory = UnsafeMutableRawPointer.allocate(
                byteCount: line + capacity * MemoryLayout<Key>.stride, alignment: line)
            self.memory = memory
            keys = (memory + line - MemoryLayout<Key>.stride)
                .bindMemory(to: Key.self, capacity: capacity)
            events = .allocate(capacity: capacity)
            for slot in 0..<capacity {
                (keys + slot).initialize(
                    to: Key(due: .never, order: 0, slot: UInt32(slot)))
            }
        }

        /// Copies a heap of `size` and gives its events the first slots, so that a copy is only as
        /// large as what is pending.
        @usableFromInline convenience init(copying old: Storage, size: Int, capacity: Int) {
            self.init(capacity: capacity)
            for slot in 0..<size {
                let key = old.keys[slot]
                keys[slot] = Key(due: key.due, order: key.order, slot: UInt32(slot))
                events[slot] = old.events[Int(key.slot)]
            }
        }

        deinit {
            memory.deallocate()
            events.deallocate()
        }

        /// Moves the hole at `end` up until `key` may stand in it.
        @inlinable func rise(_ key: Key, from end: Int) {
            var hole = end
            while hole > 0 {
                let parent = (hole - 1) >> 2
                guard Key.isBefore(key, keys[parent]) else { break }
                keys[hole] = keys[parent]
                hole = parent
            }
            keys[hole] = key
        }

        /// Fills the hole at the top of a heap of `count` with `key`.
        ///
        /// The hole sinks all the way to the bottom, where a key that was last mostly belongs, and
        /// then rises: fewer comparisons than asking at each level whether it may stay.
        @inlinable func fillTop(with key: Key, count: Int) {
            var hole = 0
            var first = 1
            while first + 3 < count {
                // In the cache, comparing without branches is faster. Beyond it, the wrong guesses
                // of the processor cost less than waiting for each level before fetching the next.
                let least =
                    first < 16_384 ? leastOfFour(from: first) : least(from: first, to: first + 3)
                keys[hole] = keys[least]
                hole = least
                first = 4 * hole + 1
            }
            if first < count {
                let least = least(from: first, to: count - 1)
                keys[hole] = keys[least]
                hole = least
            }
            if count > 0 { rise(key, from: hole) }
        }

        @inlinable func leastOfFour(from first: Int) -> Int {
            let left = first + keys[first + 1].before(keys[first])
            let right = first + 2 + keys[first + 3].before(keys[first + 2])
            return left + (right - left) * keys[right].before(keys[left])
        }

        @inlinable func least(from first: Int, to last: Int) -> Int {
            var least = first
            var child = first + 1
            while child <= last {
                if Key.isBefore(keys[child], keys[least]) { least = child }
                child += 1
            }
            return least
        }
    }

    /// Copies the storage if another timeline shares it, or if it is too small.
    @inlinable mutating func makeUnique(room: Int) {
        if !isKnownUniquelyReferenced(&storage) || storage.capacity < room { copy(room: room) }
    }

    @usableFromInline mutating func copy(room: Int) {
        storage = Storage(copying: storage, size: size, capacity: max(8, room + room / 2))
    }

    /// Numbers the pending events from zero, in the order they were scheduled. Once in four billion
    /// events; it keeps a key at 16 bytes.
    @usableFromInline mutating func renumber() {
        let keys = storage.keys
        for (number, index) in (0..<size).sorted(by: { keys[$0].rank < keys[$1].rank }).enumerated()
        {
            keys[index] = Key(due: keys[index].due, order: UInt32(number), slot: keys[index].slot)
        }
        order = UInt32(size)
    }
}

extension Timeline: Equatable where Event: Equatable {
    /// Whether both clocks stand at the same instant and the same is to happen, in the same order.
    public static func == (one: Timeline, other: Timeline) -> Bool {
        guard one.now == other.now, one.count == other.count else { return false }
        return one.storage === other.storage
            || zip(one.pending, other.pending).allSatisfy {
                $0.due == $1.due && $0.event == $1.event
            }
    }
}

extension Timeline: Codable where Event: Codable {
    private enum CodingKeys: CodingKey { case now, pending }

    private struct Pending: Codable {
        var due: Instant
        var event: Event
    }

    /// - Throws: `DecodingError` if the clock stands before its start, or an event is due before
    ///   the clock's instant.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init()
        clock = try container.decode(Instant.self, forKey: .now)
        guard now >= .start else {
            throw DecodingError.dataCorruptedError(
                forKey: .now, in: container,
                debugDescription: "The clock stands at \(now), before its start.")
        }
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
