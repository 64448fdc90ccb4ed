import Simulation

public struct LogGroupID: Identifier {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
}
public struct LogStreamID: Identifier {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
}

/// The state of CloudWatch Logs.
public struct Logs: Sendable, Codable {
    public internal(set) var groups = Table<LogGroupID, Group>()
    public internal(set) var streams = Table<LogStreamID, Stream>()
    var groupIDs = Index<PlacedName, LogGroupID>()
    /// In the order of names.
    var groupsByPlace = Index<Place, [LogGroupID]>()
    /// How many events have been written; the next one's number follows from it.
    var eventsWritten: UInt64 = 0
}

extension Logs {
    public struct Group: Sendable, Codable {
        public let place: Place
        public let name: String
        public let createdAt: Instant
        /// After how many days events are gone; `nil`: never.
        public var retentionDays: Int?
        public var kmsKey: String?
        public var storageClass = "STANDARD"
        public var isProtected = false
        var streamIDs = Index<String, LogStreamID>()
        /// In the order of names.
        public internal(set) var streams: [LogStreamID] = []
        public internal(set) var storedBytes = 0
        public var tags: [ResourceTag] = []
    }

    public struct Stream: Sendable, Codable {
        public let group: LogGroupID
        public let name: String
        public let createdAt: Instant
        /// In the order of their time, and of their writing where that is the same. Those that the
        /// group's retention has let go of are still among them.
        public internal(set) var events: [Event] = []
        public internal(set) var lastIngestedAt: Instant?
    }

    public struct Event: Hashable, Sendable, Codable {
        public var at: Instant
        public var ingestedAt: Instant
        public var message: String
        /// The first event ever written is number 1.
        public internal(set) var number: UInt64 = 0
    }

    public func group(named name: String, in place: Place) -> LogGroupID? {
        groupIDs[PlacedName(name, in: place)]
    }
}

extension Logs {
    mutating func createGroup(_ name: String, in place: Place, at now: Instant) -> LogGroupID {
        let id = groups.insert(Group(place: place, name: name, createdAt: now))
        groupIDs[PlacedName(name, in: place)] = id
        let position = (groupsByPlace[place] ?? []).partition { groups[$0].name > name }
        groupsByPlace[place, default: []].insert(id, at: position)
        return id
    }

    mutating func deleteGroup(_ id: LogGroupID) {
        let group = groups[id]
        for stream in group.streams { streams.remove(stream) }
        let position = (groupsByPlace[group.place] ?? []).partition {
            groups[$0].name >= group.name
        }
        groupsByPlace[group.place]?.remove(at: position)
        groupIDs[PlacedName(group.name, in: group.place)] = nil
        groups.remove(id)
    }

    func stream(named name: String, in group: LogGroupID) -> LogStreamID? {
        groups[group].streamIDs[name]
    }

    mutating func createStream(_ name: String, in group: LogGroupID, at now: Instant) -> LogStreamID
    {
        let id = streams.insert(Stream(group: group, name: name, createdAt: now))
        groups[group].streamIDs[name] = id
        let position = groups[group].streams.partition { streams[$0].name > name }
        groups[group].streams.insert(id, at: position)
        return id
    }

    mutating func deleteStream(_ id: LogStreamID) {
        let stream = streams[id]
        let position = groups[stream.group].streams.partition { streams[$0].name >= stream.name }
        groups[stream.group].streams.remove(at: position)
        groups[stream.group].streamIDs[stream.name] = nil
        groups[stream.group].storedBytes -= stream.events.reduce(0) { $0 + $1.sizeBytes }
        streams.remove(id)
    }

    /// Puts an event where its time belongs; mostly that is the end.
    mutating func append(_ event: Event, to stream: LogStreamID) {
        eventsWritten += 1
        var event = event
        event.number = eventsWritten
        groups[streams[stream].group].storedBytes += event.sizeBytes
        streams[stream].lastIngestedAt = event.ingestedAt
        let position = streams[stream].events.partition { $0.at > event.at }
        streams[stream].events.insert(event, at: position)
    }
}

extension Logs.Event {
    /// As CloudWatch Logs counts it. Source: surroundings.md section 4.2, PutLogEvents.
    var sizeBytes: Int { message.utf8.count + 26 }

    var key: Logs.EventKey { Logs.EventKey(at: at, number: number) }
}

extension Logs {
    /// What orders events, within a stream and across streams.
    struct EventKey: Comparable {
        var at: Instant
        var number: UInt64

        static func < (one: EventKey, other: EventKey) -> Bool {
            (one.at, one.number) < (other.at, other.number)
        }
    }
}

extension Logs.EventKey {
    private static let length = 56

    /// 56 digits, as CloudWatch Logs has in ids of events and in tokens; in the order of the keys.
    /// Source of the form: surroundings.md section 4.2.
    var digits: String {
        func padded(_ number: UInt64) -> String {
            let digits = String(number)
            return String(repeating: "0", count: 20 - digits.utf8.count) + digits
        }
        let time = UInt64(bitPattern: at.sinceStart.nanoseconds) ^ 1 << 63
        return "3" + String(repeating: "0", count: 15) + padded(time) + padded(number)
    }

    /// - Returns: `nil` for digits that are none of ours.
    init?(digits: some StringProtocol) {
        guard digits.utf8.count == Self.length, digits.hasPrefix("3000000000000000"),
            let time = UInt64(digits.dropFirst(16).prefix(20)),
            let number = UInt64(digits.suffix(20))
        else { return nil }
        at = Instant(Duration(nanoseconds: Int64(bitPattern: time ^ 1 << 63)))
        self.number = number
    }
}
