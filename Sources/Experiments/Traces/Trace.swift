import Simulation

/// A deployment on a real account whose moments somebody has written down, and the scenario that
/// comes as near to it as is known.
///
/// It is the value of one YAML file of `fixtures/traces`; docs/traces.md has every key.
public struct Trace: Sendable {
    /// `"T1"`.
    public let name: String
    public let title: String
    /// Where it stands: the sheet, its section, the trace's name there.
    public let source: String
    /// What is not known of it and had to be assumed, each in a sentence.
    public let assumed: [String]
    /// Whether it was put together from other numbers, so that it is no measurement and does not
    /// count as one.
    public let isBuilt: Bool
    /// To what the times were written down: whole seconds, tenths. Half of it lies on either side.
    public let resolution: Duration
    public let scenario: Scenario
    /// The call from which everything counts that the scenario then does.
    public let call: Call
    /// The moment that is time zero, if not the call.
    public let origin: TraceMoment?
    /// In the order in which they happened.
    public let moments: [Measured]

    public enum Call: String, Sendable, CaseIterable {
        /// The service's own creation: its first deployment.
        case creation
        /// The first `updateService` of the scenario.
        case update
    }

    /// A moment that was measured.
    public struct Measured: Sendable, Equatable {
        public enum Time: Sendable, Equatable {
            case at(Duration)
            /// It had not come by then.
            case notBefore(Duration)
        }

        public let moment: TraceMoment
        public let time: Time
        /// Why the model does not agree, if it does not.
        public let why: String?
    }
}

/// A moment in the course of a deployment, as a trace names it: `started 2` is the second of its
/// kind after the call.
public struct TraceMoment: Sendable, Hashable, CustomStringConvertible {
    public enum Kind: String, Sendable, CaseIterable {
        // Service events.
        case started, registered, stopped, deregistered, completed, steady, failed
        case rollingBack = "rolling back"
        case failedChecks = "failed checks"
        // Moments of tasks that were created after the call.
        case newTaskCreated = "new task created"
        case newTaskConnected = "new task connected"
        case newTaskPulling = "new task pulling"
        case newTaskPulled = "new task pulled"
        case newTaskRunning = "new task running"
        case newTaskStopped = "new task stopped"
        // Moments of tasks that were there before.
        case oldTaskStopping = "old task stopping"
        case oldTaskSignalled = "old task signalled"
        case oldTaskExecutionStopped = "old task execution stopped"
        case oldTaskStopped = "old task stopped"
    }

    public let kind: Kind
    /// From 1.
    public let number: Int

    public init(_ kind: Kind, _ number: Int = 1) {
        self.kind = kind
        self.number = number
    }

    public var description: String {
        number == 1 ? kind.rawValue : "\(kind.rawValue) \(number)"
    }
}
