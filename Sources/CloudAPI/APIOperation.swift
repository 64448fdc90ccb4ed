/// A structure of a service model: an operation, its output, or something inside either.
public protocol Shape: EncodableShape, Sendable {
    /// Reads the shape; members it does not know are passed over.
    init(from fields: WireFields) throws(ShapeFailure)
}

/// What of a shape is needed to write it. That it is asked for no more lets a writer write shapes
/// from where they stand: those that may be copied are copied first, by code for all of them.
public protocol EncodableShape: ~Copyable {
    /// Writes the members that are not `nil`, in the order of the model.
    borrowing func encode(to writer: inout ShapeWriter)
}

/// A request. Its stored properties are the input, `Output` is what AWS answers.
public protocol APIOperation: Shape {
    associatedtype Output: Shape

    static var service: APIService { get }
    /// The operation as AWS spells it: `"StopTask"`.
    static var name: String { get }
}

/// Something that carries requests out: a cloud in this process, or one behind a wire.
public protocol APIPerformer {
    func perform<O: APIOperation>(_ operation: O) throws(APIFailure) -> O.Output
}

/// A string for which AWS lists the values of today, and may add others tomorrow.
///
/// A value AWS never listed is kept, not refused, so `switch` needs a `default`. Compare with
/// `launchType == .fargate`. Beware of enums with a value `NONE`: where an optional is expected,
/// `.none` is Swift's `nil`, as the compiler then points out.
public protocol OpenEnum: RawRepresentable, Hashable, Sendable, ExpressibleByStringLiteral
where RawValue == String {
    init(rawValue: String)
}

extension OpenEnum {
    public init(stringLiteral value: String) { self.init(rawValue: value) }
    public static func == (one: Self, other: Self) -> Bool { one.rawValue == other.rawValue }
    public func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }
}
