import Cloud
import Simulation

/// What has happened lately, for whoever looks on: the last facts, each with a number and its
/// instant.
///
/// Bounded, because nothing in a server may grow for ever.
struct Chronicle {
    struct Entry: Sendable {
        /// Counts from 1, and goes on counting after a reset of the list.
        var number: Int
        var at: Instant
        var fact: Fact
    }

    let capacity: Int

    private var entries: [Entry] = []
    /// Where the oldest entry is, once the list is full.
    private var start = 0
    private(set) var last = 0
    private var onlookers: [Int: AsyncStream<Entry>.Continuation] = [:]
    private var onlookersSeen = 0

    /// - Parameter last: The first entry has the number after it.
    init(after last: Int = 0, capacity: Int = 50_000) {
        self.last = last
        self.capacity = capacity
    }

    /// The number of the oldest entry that is still here.
    var first: Int { last - entries.count + 1 }

    mutating func take(_ cloud: Cloud) {
        for fact in cloud.facts {
            last += 1
            let entry = Entry(number: last, at: cloud.now, fact: fact)
            if entries.count < capacity {
                entries.append(entry)
            } else {
                entries[start] = entry
                start = (start + 1) % capacity
            }
            for onlooker in onlookers.values { onlooker.yield(entry) }
        }
    }

    /// What has happened after the entry with this number, oldest first.
    func entries(after number: Int, atMost most: Int) -> [Entry] {
        let skip = max(0, number - first + 1)
        guard skip < entries.count else { return [] }
        return (skip..<min(entries.count, skip + most)).map {
            entries[(start + $0) % max(1, entries.count)]
        }
    }

    /// Everything from now on. A reader that is too slow misses what came first.
    mutating func watch() -> (id: Int, stream: AsyncStream<Entry>) {
        let (stream, continuation) = AsyncStream.makeStream(
            of: Entry.self, bufferingPolicy: .bufferingNewest(10_000))
        onlookersSeen += 1
        onlookers[onlookersSeen] = continuation
        return (onlookersSeen, stream)
    }

    mutating func leave(_ id: Int) {
        onlookers.removeValue(forKey: id)?.finish()
    }

    /// Begins an empty list, in which the next entry has the number after `last`.
    mutating func go(on last: Int) {
        clear()
        self.last = last
    }

    mutating func clear() {
        entries = []
        start = 0
    }

    /// Nothing more is to come.
    mutating func close() {
        for onlooker in onlookers.values { onlooker.finish() }
        onlookers = [:]
    }
}
