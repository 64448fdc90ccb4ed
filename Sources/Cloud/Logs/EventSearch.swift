import CloudAPI

/// Walks over the events of several streams in the order of their time.
struct EventSearch {
    /// Where the walk stands in one of the streams.
    private struct Cursor {
        let stream: LogStreamID
        var index: Int
        let end: Int
    }

    private let logs: Logs
    /// Those whose next event is the latest come first.
    private var cursors: [Cursor] = []

    /// - Parameters:
    ///   - ranges: For each stream, which of its events are meant.
    ///   - last: The event after which the walk goes on.
    init(_ ranges: [(LogStreamID, Range<Int>)], in logs: Logs, after last: Logs.EventKey?) {
        self.logs = logs
        for (stream, range) in ranges {
            let start = last.map { last in
                logs.streams[stream].events.partition { $0.key > last }
            }
            let index = max(range.lowerBound, start ?? 0)
            guard index < range.upperBound else { continue }
            cursors.append(Cursor(stream: stream, index: index, end: range.upperBound))
        }
        cursors = cursors.sorted { event($0).key > event($1).key }
    }

    var isAtEnd: Bool { cursors.isEmpty }

    private func event(_ cursor: Cursor) -> Logs.Event {
        logs.streams[cursor.stream].events[cursor.index]
    }

    mutating func next() -> (stream: LogStreamID, event: Logs.Event)? {
        guard var cursor = cursors.popLast() else { return nil }
        let event = event(cursor)
        cursor.index += 1
        if cursor.index < cursor.end {
            let key = self.event(cursor).key
            let position = cursors.partition { self.event($0).key < key }
            cursors.insert(cursor, at: position)
        }
        return (cursor.stream, event)
    }
}
