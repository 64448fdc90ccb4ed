import Simulation

/// What is known of a call before it is carried out, where the clock goes on demand.
struct Poll: Sendable {
    /// The same for the same call with the same members.
    var call: Int
    /// Whether botocore says that a waiter makes it.
    var isWaiting: Bool
    /// Whether it changes nothing.
    var isRead: Bool
}

extension Poll {
    /// Whether the feature list `m/` of a User-Agent says that a waiter is at work: `B`.
    /// Source: botocore's `useragent` module, `WAITER`.
    static func isWaiting(userAgent: String) -> Bool {
        userAgent.split(separator: " ").contains { word in
            word.hasPrefix("m/") && word.dropFirst(2).split(separator: ",").contains("B")
        }
    }
}

/// What callers have asked lately, so that a repeated question can be told from a first one.
///
/// Nothing but the edge remembers this; it is no part of the cloud.
struct PollMemory: Sendable {
    /// The last answer to a call, and what a waiter behind it can no longer be.
    struct Asked: Sendable {
        /// Of the encoded answer.
        var answer: Int
        /// Waiters that had decided by that answer and came back all the same: it was not them.
        var excluded: Set<String> = []
        /// What had decided at the last answer.
        var decided: Set<String> = []
        /// How long the clock has run for this waiter.
        var waited = Duration.zero
    }

    private var callers: [Sender: [Int: Asked]] = [:]
    private static let mostCallers = 1000
    private static let mostCalls = 200

    subscript(sender: Sender, call: Int) -> Asked? {
        get { callers[sender]?[call] }
        set {
            if callers[sender] == nil {
                if callers.count >= Self.mostCallers { callers.removeAll() }
                callers[sender] = [:]
            }
            if callers[sender]!.count >= Self.mostCalls { callers[sender] = [:] }
            callers[sender]![call] = newValue
        }
    }

    /// The caller has changed something: what it asks from now on, it asks for the first time.
    mutating func forget(_ sender: Sender) { callers[sender] = nil }
}
