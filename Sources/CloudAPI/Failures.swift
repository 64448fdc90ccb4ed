/// A refusal, as AWS would answer it.
public struct APIFailure: Error, Sendable, Equatable {
    /// A modelled member of the exception besides its message.
    public struct Member: Sendable, Equatable {
        public var name: String
        public var value: String
        /// Whether the model has a number here, so that JSON has one without quotation marks.
        public var isNumber = false

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }

        public init(_ name: String, _ number: Int) {
            self.name = name
            value = String(number)
            isNumber = true
        }
    }

    /// What clients match on: `"InvalidParameterException"`.
    public var code: String
    public var message: String
    /// The HTTP status. From 500 on the fault is the service's, below it the sender's.
    public var status: Int
    /// What the exception says besides its message, in the order of the model.
    public var members: [Member]

    public init(code: String, message: String, status: Int = 400, members: [Member] = []) {
        self.code = code
        self.message = message
        self.status = status
        self.members = members
    }
}

/// Why a wire value is not the shape it was read as.
public struct ShapeFailure: Error, Sendable, Equatable {
    public enum Problem: Sendable, Equatable {
        /// A required member is absent or null.
        case missing
        /// Something else stands where `expected` should; `found` names its kind.
        case mismatch(expected: String, found: String)
    }

    /// Where it is, outermost first: `["containerDefinitions", "2", "name"]`. Empty for the whole.
    public var path: [String]
    public var problem: Problem

    public init(path: [String] = [], _ problem: Problem) {
        self.path = path
        self.problem = problem
    }

    /// The same failure, seen from the shape around it.
    func inside(_ key: String) -> ShapeFailure { ShapeFailure(path: [key] + path, problem) }
}

extension ShapeFailure: CustomStringConvertible {
    public var description: String {
        let place = path.isEmpty ? "the request" : path.joined(separator: ".")
        switch problem {
        case .missing: return "\(place) is required"
        case .mismatch(let expected, let found):
            return "\(place): expected \(expected), found \(found)"
        }
    }
}
