import CloudAPI
import Simulation
import Wire

/// A waiter as AWS's models define it: which answers end the wait, and how often it asks.
///
/// Source: the `waiters-2.json` of botocore's service models; `scripts/tests.d/server` compares.
struct Waiter: Sendable {
    enum Verdict: Sendable { case undecided, success, failure }

    typealias Answer = Result<any Shape, APIFailure>

    /// One reason to end the wait, or to go on in spite of an error. The first that holds counts.
    struct Acceptor: Sendable {
        let verdict: Verdict
        let holds: @Sendable (Answer) -> Bool
    }

    let name: String
    /// Service and operation: `"ecs DescribeServices"`.
    let call: String
    /// Between two questions.
    let delay: Duration
    let attempts: Int
    let acceptors: [Acceptor]

    /// How long it waits in all.
    var longest: Duration { delay * attempts }

    /// Any answer will do: such a waiter is never the one that somebody has to wait long for.
    var isContentWithAnything: Bool { name.hasSuffix("Exists") }

    func judge(_ answer: Answer) -> Verdict {
        if let found = acceptors.first(where: { $0.holds(answer) }) { return found.verdict }
        // An error that no acceptor expects ends every wait.
        if case .failure = answer { return .failure }
        return .undecided
    }

    /// Who may be waiting with such a call.
    static func candidates(for call: WireCall) -> [Waiter] {
        byCall["\(call.service.id) \(call.operation)"] ?? []
    }

    /// Whether there is no reason to let the client wait any longer.
    static func areDone(_ waiters: [Waiter], with answer: Answer) -> Bool {
        let patient = waiters.filter { !$0.isContentWithAnything }
        let verdicts = (patient.isEmpty ? waiters : patient).map { $0.judge(answer) }
        return verdicts.contains(.success) || verdicts.allSatisfy { $0 == .failure }
    }

    private static let byCall = Dictionary(grouping: all, by: \.call)
}

extension Waiter.Acceptor {
    /// The operation has succeeded.
    static func answered(_ verdict: Waiter.Verdict) -> Self {
        Self(verdict: verdict) { if case .success = $0 { true } else { false } }
    }

    static func error(_ verdict: Waiter.Verdict, _ code: String) -> Self {
        Self(verdict: verdict) {
            if case .failure(let failure) = $0 { failure.code == code } else { false }
        }
    }

    /// All of the values are `value`, and there is one at least.
    static func all<Output: Shape>(
        _ verdict: Waiter.Verdict, _ value: String,
        _ values: @escaping @Sendable (Output) -> [String?]
    ) -> Self {
        Self(verdict: verdict) {
            guard case .success(let output as Output) = $0 else { return false }
            let found = values(output)
            return !found.isEmpty && found.allSatisfy { $0 == value }
        }
    }

    static func any<Output: Shape>(
        _ verdict: Waiter.Verdict, _ value: String,
        _ values: @escaping @Sendable (Output) -> [String?]
    ) -> Self {
        Self(verdict: verdict) {
            guard case .success(let output as Output) = $0 else { return false }
            return values(output).contains(value)
        }
    }

    static func when<Output: Shape>(
        _ verdict: Waiter.Verdict, _ holds: @escaping @Sendable (Output) -> Bool
    ) -> Self {
        Self(verdict: verdict) {
            guard case .success(let output as Output) = $0 else { return false }
            return holds(output)
        }
    }
}
