/// Why a state cannot be kept or read, in a sentence with the way out.
public struct StoreProblem: Error, Sendable, CustomStringConvertible {
    public enum Kind: Sendable {
        /// The file is not one that this version can read.
        case unreadable
        /// Somebody else has it.
        case inUse
        /// It can be read and not written: no room, no permission.
        case unwritable
        /// What was written does not happen again.
        case diverged
    }

    public let kind: Kind
    public let description: String

    public init(_ kind: Kind, _ description: String) {
        (self.kind, self.description) = (kind, description)
    }

    /// Another call has tried to write it, together with its own.
    public static func couldNotBeWritten(_ path: String) -> StoreProblem {
        StoreProblem(.unwritable, "\(path) could not be written.")
    }

    static func diverged(_ why: String) -> StoreProblem {
        StoreProblem(
            .diverged,
            "The journal does not lead where it led when it was written: \(why).")
    }
}
