import CloudAPI

/// Why a question cannot be answered, in one sentence.
public struct PredictionProblem: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String

    init(_ sentence: String) { description = sentence }

    /// AWS's refusal of a change, in its own words.
    init(_ what: String, _ refusal: APIFailure) {
        description = "\(what) is refused: \(refusal.code): \(refusal.message)"
    }
}
