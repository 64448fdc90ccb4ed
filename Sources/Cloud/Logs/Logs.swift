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
}

extension Logs {
    public struct Group: Sendable, Codable {
        public let place: Place
        public let name: String
        public let createdAt: Instant
        public var retentionDays: Int?
        var streamIDs = Index<String, LogStreamID>()
        /// In the order of their creation.
        public var streams: [LogStreamID] = []
        public var tags: [ResourceTag] = []
    }

    public struct Stream: Sendable, Codable {
        public let group: LogGroupID
        public let name: String
        public let createdAt: Instant
        public internal(set) var events: [Event] = []
    }

    public struct Event: Hashable, Sendable, Codable {
        public var at: Instant
        public var ingestedAt: Instant
        public var message: String
    }

    public func group(named name: String, in place: Place) -> LogGroupID? {
        groupIDs[PlacedName(name, in: place)]
    }
}

extension Logs {
    mutating func createGroup(_ name: String, in place: Place, at now: Instant) -> LogGroupID {
        let id = groups.insert(Group(place: place, name: name, createdAt: now))
        groupIDs[PlacedName(name, in: place)] = id
        return id
    }

    func stream(named name: String, in group: LogGroupID) -> LogStreamID? {
        groups[group].streamIDs[name]
    }

    mutating func createStream(_ name: String, in group: LogGroupID, at now: Instant) -> LogStreamID {
        let id = streams.insert(Stream(group: group, name: name, createdAt: now))
        groups[group].streamIDs[name] = id
        groups[group].streams.append(id)
        return id
    }

    mutating func append(_ event: Event, to stream: LogStreamID) {
        streams[stream].events.append(event)
    }
}
