import CloudAPI
import Foundation
import Testing

@testable import Wire

/// A request of a real client with what is in it, and an output to be answered.
/// Written by scripts/record-exchanges.
struct Exchange: Decodable, CustomTestStringConvertible {
    struct Message: Decodable {
        var method: String?
        var path: String?
        var query: String?
        var status: Int?
        var headers: [[String]]
        var body: String
    }

    var service: String
    var operation: String
    var request: Message
    var input: JSON
    var output: JSON
    var answer: Message?

    var testDescription: String { "\(service) \(operation)" }

    /// - Parameter isText: Whether the body stands there as text, not in base64.
    func wireRequest(isText: Bool) -> WireRequest {
        WireRequest(
            method: request.method!, path: request.path!, query: request.query!,
            headers: WireHeaders(request.headers.map { .init($0[0], $0[1]) }),
            body: isText ? Array(request.body.utf8) : Array(Data(base64Encoded: request.body)!))
    }

    static func read(_ file: URL) throws -> [Exchange] {
        try JSONDecoder().decode([Exchange].self, from: Data(contentsOf: file))
    }
}

/// JSON inside a decodable type, as `WireValue`.
struct JSON: Decodable {
    var value: WireValue

    private struct Key: CodingKey {
        var stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
        if let members = try? decoder.container(keyedBy: Key.self) {
            value = .object(
                try members.allKeys.sorted { $0.stringValue < $1.stringValue }.map {
                    .init($0.stringValue, try members.decode(JSON.self, forKey: $0).value)
                })
            return
        }
        if var list = try? decoder.unkeyedContainer() {
            var values: [WireValue] = []
            while !list.isAtEnd { values.append(try list.decode(JSON.self).value) }
            value = .list(values)
            return
        }
        let single = try decoder.singleValueContainer()
        if let bool = try? single.decode(Bool.self) {
            value = .bool(bool)
        } else if let int = try? single.decode(Int.self) {
            value = .int(int)
        } else if let double = try? single.decode(Double.self) {
            value = .double(double)
        } else if let text = try? single.decode(String.self) {
            value = .string(text)
        } else {
            value = .null
        }
    }
}

/// A call read from a request; an exchange whose request is refused is a broken test.
func call(_ request: WireRequest) throws -> WireCall {
    switch WireDispatch(request) {
    case .call(let call): return call
    case .refused(let refusal): throw refusal.failure
    case .registry: throw APIFailure(code: "Registry", message: "")
    }
}

/// The value of an operation as JSON, read again.
func value(of shape: some Shape) throws -> WireValue {
    try JSONReader.read(ShapeWriter.json(shape))
}

func output<O: APIOperation>(of type: O.Type, from value: WireValue) throws -> any Shape {
    try O.Output(from: WireFields(value))
}
