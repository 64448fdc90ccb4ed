import CloudAPI
import Simulation

extension Logs {
    /// The place of a page of `GetLogEvents`: behind or before some event.
    enum PageMark {
        case after(EventKey), before(EventKey)

        /// `f/` or `b/` and 56 digits, perhaps with `/s` behind them.
        init?(_ token: String) {
            let parts = token.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count == 2 || parts.count == 3 && parts[2] == "s",
                let key = EventKey(digits: parts[1])
            else { return nil }
            switch parts[0] {
            case "f": self = .after(key)
            case "b": self = .before(key)
            default: return nil
            }
        }

        var token: String {
            switch self {
            case .after(let key): "f/\(key.digits)/s"
            case .before(let key): "b/\(key.digits)/s"
            }
        }
    }

    /// One page of a stream, and the marks of those on either side of it.
    struct EventPage {
        var events: ArraySlice<Event>
        var forward: PageMark
        var backward: PageMark
    }

    /// The most that the messages of a page hold together. Source: surroundings.md section 4.2.
    static let pageBytes = 1_048_576

    /// A page of the events that `indices` leaves to choose from.
    ///
    /// A page at either end gives back the mark that led to it: that is how callers see the end.
    func page(
        of stream: LogStreamID, in indices: Range<Int>, at mark: PageMark?, fromHead: Bool,
        limit: Int
    ) -> EventPage {
        let events = streams[stream].events
        var (low, high) = (indices.lowerBound, indices.upperBound)
        var goesForward = fromHead
        switch mark {
        case .after(let key):
            low = max(low, events.partition { $0.key > key })
            goesForward = true
        case .before(let key):
            high = min(high, events.partition { $0.key >= key })
            goesForward = false
        case nil: break
        }
        high = max(low, high)
        let page =
            goesForward
            ? low..<Self.end(of: events, from: low, to: high, limit)
            : Self.start(of: events, from: low, to: high, limit)..<high
        if let first = events[page].first, let last = events[page].last {
            return EventPage(
                events: events[page], forward: .after(last.key), backward: .before(first.key))
        }
        switch mark {
        case .after(let key):
            return EventPage(events: [], forward: .after(key), backward: .before(key.next))
        case .before(let key):
            return EventPage(events: [], forward: .after(key.previous), backward: .before(key))
        case nil:
            // Where new events would appear: behind everything that is there now.
            let end = events[..<low].last?.key ?? EventKey(at: streams[stream].createdAt, number: 0)
            return EventPage(events: [], forward: .after(end), backward: .before(end.next))
        }
    }

    private static func end(of events: [Event], from low: Int, to high: Int, _ limit: Int) -> Int {
        var (index, bytes) = (low, 0)
        while index < high, index - low < limit, bytes + events[index].sizeBytes <= pageBytes {
            bytes += events[index].sizeBytes
            index += 1
        }
        return index
    }

    private static func start(of events: [Event], from low: Int, to high: Int, _ limit: Int) -> Int
    {
        var (index, bytes) = (high, 0)
        while index > low, high - index < limit, bytes + events[index - 1].sizeBytes <= pageBytes {
            index -= 1
            bytes += events[index].sizeBytes
        }
        return index
    }
}

extension Logs.EventKey {
    fileprivate var next: Self { Self(at: at, number: number + 1) }
    fileprivate var previous: Self { Self(at: at, number: number == 0 ? 0 : number - 1) }
}

extension Cloud {
    /// The events of a stream from one time to before another, without those that are too old to be
    /// kept. O(log n).
    func keptEvents(of stream: LogStreamID, from start: Int?, to end: Int?) -> Range<Int> {
        let events = logs.streams[stream].events
        let oldest = oldestKept(in: logs.streams[stream].group)
        let low = events.partition { event in
            (start.map { milliseconds(event.at) >= $0 } ?? true)
                && (oldest.map { event.at >= $0 } ?? true)
        }
        let high = end.map { end in events.partition { milliseconds($0.at) >= end } }
        return low..<max(low, high ?? events.count)
    }
}
