import CloudAPI
import Simulation
import Testing

@testable import Cloud

@Suite struct LogEventTests {
    let live = LiveCloud()
    /// The clock's start on the calendar.
    static let epoch = 1_767_225_600_000

    init() throws {
        try live.logs.createLogGroup(logGroupName: "g")
        for name in ["one", "two"] {
            try live.logs.createLogStream(logGroupName: "g", logStreamName: name)
        }
    }

    @discardableResult
    func put(
        _ stream: String = "one", _ events: [(Int, String)]
    ) throws -> CloudWatchLogs.PutLogEvents.Output {
        try live.logs.putLogEvents(
            logGroupName: "g", logStreamName: stream,
            logEvents: events.map { .init(timestamp: Self.epoch + $0.0, message: $0.1) })
    }

    func get(
        start: Int? = nil, end: Int? = nil, token: String? = nil, limit: Int? = nil,
        fromHead: Bool? = nil
    ) throws -> CloudWatchLogs.GetLogEvents.Output {
        try live.logs.getLogEvents(
            logGroupName: "g", logStreamName: "one", startTime: start.map { Self.epoch + $0 },
            endTime: end.map { Self.epoch + $0 }, nextToken: token, limit: limit,
            startFromHead: fromHead)
    }

    @Test func eventsAreReadInTheOrderOfTheirTime() throws {
        live.run(for: .seconds(5))
        let put = try put("one", [(10, "b"), (10, "c"), (30, "e")])
        #expect(put.nextSequenceToken?.count == 56)
        #expect(put.rejectedLogEventsInfo == nil)
        try self.put("one", [(0, "a"), (20, "d")])
        let all = try get().events
        #expect(all?.map(\.message) == ["a", "b", "c", "d", "e"])
        #expect(all?.first?.timestamp == Self.epoch)
        #expect(all?.first?.ingestionTime == Self.epoch + 5000)
        #expect(try get(start: 10, end: 30).events?.map(\.message) == ["b", "c", "d"])
    }

    @Test func goingForwardEndsWhereTheTokenStaysTheSame() throws {
        try put("one", (0..<5).map { ($0, "\($0)") })
        var (seen, token) = ([String?](), String?.none)
        for _ in 0..<10 {
            let page = try get(token: token, limit: 2, fromHead: true)
            seen += page.events?.map(\.message) ?? []
            #expect(page.nextForwardToken?.hasPrefix("f/") == true)
            #expect(page.nextForwardToken?.count == 60)
            if page.nextForwardToken == token { break }
            token = page.nextForwardToken
        }
        #expect(seen == ["0", "1", "2", "3", "4"])
        // What comes later is found by the last token.
        try put("one", [(9, "9")])
        #expect(try get(token: token).events?.map(\.message) == ["9"])
    }

    @Test func goingBackwardBeginsWithTheNewest() throws {
        try put("one", (0..<5).map { ($0, "\($0)") })
        var (seen, token) = ([[String?]?](), String?.none)
        for _ in 0..<10 {
            let page = try get(token: token, limit: 2)
            if page.nextBackwardToken == token { break }
            seen.append(page.events?.map(\.message))
            token = page.nextBackwardToken
        }
        #expect(seen == [["3", "4"], ["1", "2"], ["0"]])
        let turned = try get(token: try get(token: token).nextForwardToken, limit: 2)
        #expect(turned.events?.map(\.message) == ["0", "1"])
    }

    @Test func anEmptyStreamHasTokensToo() throws {
        let page = try get()
        #expect(page.events?.isEmpty == true)
        #expect(try get(token: page.nextForwardToken).nextForwardToken == page.nextForwardToken)
        #expect(try get(token: page.nextBackwardToken).nextBackwardToken == page.nextBackwardToken)
        try put("one", [(1, "x")])
        #expect(try get(token: page.nextForwardToken).events?.count == 1)
        for bad in ["x", "f/1", "g/" + String(repeating: "3", count: 56)] {
            try expectRefusal(
                "InvalidParameterException", "The specified nextToken is invalid.", of: live
            ) { _ = try get(token: bad) }
        }
    }

    @Test func aPageHoldsOneMebibyte() throws {
        let text = String(repeating: "x", count: 400_000)
        for time in 0..<4 { try put("one", [(time, text)]) }
        #expect(try get(fromHead: true).events?.map(\.timestamp) == [Self.epoch, Self.epoch + 1])
        #expect(try get().events?.map(\.timestamp) == [Self.epoch + 2, Self.epoch + 3])
    }

    static let hour = 3_600_000
    static let badBatches: [(events: [(Int, String)], message: String)] = [
        (
            [],
            "1 validation error detected: Value '0' at 'logEvents' failed to satisfy constraint: "
                + "Member must have length between 1 and 10000"
        ),
        (
            [(2, "a"), (1, "b")],
            "Log events in a single PutLogEvents request must be in chronological order."
        ),
        (
            [(-24 * hour, "a"), (1, "b")],
            "The batch of log events in a single PutLogEvents request cannot span more than 24 "
                + "hours."
        ),
        ([(0, "")], "Log event must have a timestamp and a message."),
        (
            [(0, String(repeating: "x", count: 1_048_576))],
            "Upload too large: 1048602 bytes exceeds limit of 1048576"
        ),
    ]

    @Test(arguments: badBatches)
    func aBadBatchIsRefused(_ bad: (events: [(Int, String)], message: String)) throws {
        try expectRefusal("InvalidParameterException", bad.message, of: live) {
            _ = try put("one", bad.events)
        }
    }

    @Test func eventsFromFarAwayAreLeftOut() throws {
        let day = 24 * Self.hour
        let old = try put("one", [(-14 * day - 1, "a"), (-14 * day, "b")])
        #expect(old.rejectedLogEventsInfo?.tooOldLogEventEndIndex == 1)
        #expect(old.rejectedLogEventsInfo?.tooNewLogEventStartIndex == nil)
        let new = try put("one", [(2 * Self.hour, "c"), (2 * Self.hour + 1, "d")])
        #expect(new.rejectedLogEventsInfo?.tooNewLogEventStartIndex == 1)
        #expect(try get().events?.map(\.message) == ["b", "c"])
        try live.logs.putRetentionPolicy(logGroupName: "g", retentionInDays: 1)
        let expired = try put("one", [(-day - 1, "e"), (-day, "f")])
        #expect(expired.rejectedLogEventsInfo?.expiredLogEventEndIndex == 1)
        // What is past its time is not given out any more, and comes back with a longer one.
        #expect(try get(fromHead: true).events?.map(\.message) == ["f", "c"])
        live.run(for: .seconds(1))
        #expect(try get().events?.map(\.message) == ["c"])
        try live.logs.deleteRetentionPolicy(logGroupName: "g")
        #expect(try get().events?.map(\.message) == ["b", "f", "c"])
    }

    @Test func filteringGoesThroughAllStreamsInTheOrderOfTime() throws {
        try put("one", [(0, "a 1"), (20, "b 1"), (40, "a 2")])
        try put("two", [(10, "a 3"), (20, "a 4")])
        func filter(_ call: CloudWatchLogs.FilterLogEvents) throws -> [String?] {
            var (call, found) = (call, [String?]())
            repeat {
                let page = try live.perform(call)
                #expect(page.searchedLogStreams?.isEmpty == true)
                found += page.events?.map(\.message) ?? []
                call.nextToken = page.nextToken
            } while call.nextToken != nil
            return found
        }
        #expect(try filter(.init(logGroupName: "g")) == ["a 1", "a 3", "b 1", "a 4", "a 2"])
        #expect(
            try filter(.init(logGroupName: "g", limit: 1)) == ["a 1", "a 3", "b 1", "a 4", "a 2"])
        #expect(
            try filter(.init(logGroupName: "g", filterPattern: "a", limit: 2))
                == ["a 1", "a 3", "a 4", "a 2"])
        #expect(
            try filter(.init(logGroupName: "g", logStreamNames: ["one"], endTime: Self.epoch + 40))
                == ["a 1", "b 1"])
        #expect(try filter(.init(logGroupName: "g", logStreamNamePrefix: "t")) == ["a 3", "a 4"])
        let ids = try live.logs.filterLogEvents(logGroupName: "g").events?.map { $0.eventId ?? "" }
        #expect(ids == ids?.sorted())
        #expect(Set(ids ?? []).count == 5)
        #expect(
            try live.logs.filterLogEvents(logGroupName: "g").events?.map(\.logStreamName)
                == ["one", "two", "one", "two", "one"])
        for (call, message) in [
            (
                CloudWatchLogs.FilterLogEvents(
                    logGroupName: "g", logStreamNames: ["one"], logStreamNamePrefix: "t"),
                "logStreamNamePrefix and logStreamNames are mutually exclusive parameters."
            ),
            (.init(logGroupName: "g", filterPattern: "a:b"), "Invalid filter pattern"),
            (.init(logGroupName: "g", nextToken: "eA=="), "The specified nextToken is invalid."),
        ] {
            try expectRefusal("InvalidParameterException", message, of: live) {
                _ = try live.perform(call)
            }
        }
    }
}
