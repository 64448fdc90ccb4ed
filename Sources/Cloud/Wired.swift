import CloudAPI

/// A shape of AWS's inside the cloud's own state. It is saved as the JSON that AWS would send.
public struct Wired<S: Shape>: Sendable, Codable {
    public var shape: S

    public init(_ shape: S) { self.shape = shape }

    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        let value = try JSONReader.read(Array(text.utf8))
        shape = try S(from: WireFields(value))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(String(decoding: ShapeWriter.json(shape), as: UTF8.self))
    }
}
