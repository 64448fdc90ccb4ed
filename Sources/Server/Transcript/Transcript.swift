import Cloud
import CloudAPI
import Simulation
import Wire

/// What clients have asked of a server, in order, and what came of it. Kept for one client at a
/// time, such as a script under judgement: a server that many use would only grow by it.
package struct Transcript: Sendable {
    package private(set) var calls: [Call] = []
    /// Hosts that a client has tried to reach through the proxy and that are not ours.
    package private(set) var strays: [Stray] = []
    /// Requests that clients have sent through load balancers.
    package private(set) var requests: [Visit] = []
    /// What was made because a call named it and nobody had made it.
    package private(set) var assumed: [Assumption] = []
    /// How long calls and requests took by the wall clock, from their arrival to their answer.
    package private(set) var nanoseconds: UInt64 = 0
    /// Calls that are not listed any more, because there were too many.
    package private(set) var omitted = 0

    private static let most = 5000

    package enum Outcome: Sendable {
        case answered(any Shape)
        case refused(APIFailure)
        /// AWS has it and Drydock does not.
        case lacking(APIFailure)
    }

    package struct Call: Sendable {
        /// Counts from 1.
        package var number: Int
        /// As the AWS CLI calls it: `"ecs"`.
        package var service: String
        /// As AWS spells it: `"UpdateService"`.
        package var operation: String
        /// `nil` where it could not be read, or is not known here.
        package var input: (any APIOperation)?
        package var outcome: Outcome
        package var accessKey: String?
        package var place: Place
        /// When it arrived and when it was answered; apart where it moved the clock.
        package var from: Instant
        package var to: Instant
        package var isRead: Bool
        package var isWaiting: Bool
        /// The deployments that it began.
        package var began: [DeploymentID] = []
        /// The cloud before and after, of calls that may change something; of a waiter's, after.
        package var before: Cloud?
        package var after: Cloud?
        /// To make the same call again.
        var wire: WireCall?
        var sender: Sender
        var poll: Poll?
        /// Of an image that was pushed: what it is made of.
        var blobs: [Blob] = []

        package var failure: APIFailure? {
            switch outcome {
            case .answered: nil
            case .refused(let failure), .lacking(let failure): failure
            }
        }

        package var isLacking: Bool {
            if case .lacking = outcome { return true }
            return false
        }
    }

    /// A layer, or the configuration of an image.
    struct Blob: Sendable {
        var digest: String
        var blob: Registry.Blob
    }

    package struct Stray: Sendable, Hashable {
        package var host: String
        package var port: Int
        package var count: Int
        package var at: Instant
    }

    package struct Visit: Sendable {
        package var at: Instant
        package var name: String
        /// `nil` where there was no answer.
        package var status: Int?
    }

    /// A thing that was taken for granted.
    package struct Assumption: Sendable, Hashable {
        /// `"service"`, `"repository"`, ...
        package var kind: String
        package var name: String
        package var call: Int

        package init(kind: String, name: String, call: Int) {
            (self.kind, self.name, self.call) = (kind, name, call)
        }
    }

    init() {}

    var nextNumber: Int { calls.count + omitted + 1 }

    mutating func add(_ call: Call) {
        if calls.count < Self.most { calls.append(call) } else { omitted += 1 }
    }

    mutating func add(_ stray: String, port: Int, at now: Instant) {
        if let known = strays.firstIndex(where: { $0.host == stray && $0.port == port }) {
            strays[known].count += 1
        } else if strays.count < 100 {
            strays.append(Stray(host: stray, port: port, count: 1, at: now))
        }
    }

    mutating func add(_ visit: Visit) {
        if requests.count < 100_000 { requests.append(visit) }
    }

    mutating func add(_ assumption: Assumption) { assumed.append(assumption) }

    mutating func spend(_ nanoseconds: UInt64) { self.nanoseconds += nanoseconds }
}
