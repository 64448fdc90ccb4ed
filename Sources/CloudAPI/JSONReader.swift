/// Where and why a text is not the JSON it should be.
public struct JSONFailure: Error, Sendable, Equatable, CustomStringConvertible {
    public enum Problem: String, Sendable {
        case unexpectedEnd = "unexpected end"
        case unexpectedByte = "unexpected character"
        case invalidString = "invalid string"
        case invalidNumber = "invalid number"
        case tooDeep = "nested too deeply"
        case tooLarge = "too large"
        case trailingText = "text after the value"
    }

    public var problem: Problem
    /// The position in the text, in bytes from its start.
    public var offset: Int

    public var description: String { "\(problem.rawValue) at byte \(offset)" }
}

/// Reads JSON as RFC 8259 defines it, nothing more lenient.
///
/// Whole numbers that fit an `Int` stay whole, others become a `Double`; one too large even for
/// that is refused, and so are lone surrogates, invalid UTF-8 and a byte order mark.
public struct JSONReader {
    private let text: UnsafeBufferPointer<UInt8>
    private let maximumDepth: Int
    private var position = 0
    private var depth = 0

    /// - Parameters:
    ///   - maximumSize: In bytes; a longer text is refused before it is looked at.
    ///   - maximumDepth: How many lists and objects may be open at once.
    public static func read(
        _ bytes: [UInt8], maximumSize: Int = .max, maximumDepth: Int = 64
    ) throws(JSONFailure) -> WireValue {
        guard bytes.count <= maximumSize else {
            throw JSONFailure(problem: .tooLarge, offset: maximumSize)
        }
        let result = bytes.withUnsafeBufferPointer { text -> Result<WireValue, JSONFailure> in
            var reader = JSONReader(text: text, maximumDepth: maximumDepth)
            do throws(JSONFailure) {
                return .success(try reader.document())
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    private init(text: UnsafeBufferPointer<UInt8>, maximumDepth: Int) {
        self.text = text
        self.maximumDepth = maximumDepth
    }

    private mutating func document() throws(JSONFailure) -> WireValue {
        let value = try value()
        skipSpace()
        guard position == text.count else { throw failure(.trailingText) }
        return value
    }

    private func failure(_ problem: JSONFailure.Problem) -> JSONFailure {
        JSONFailure(problem: problem, offset: position)
    }

    private mutating func skipSpace() {
        while position < text.count {
            switch text[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    /// The next byte that is not white space, without taking it.
    private mutating func peek() throws(JSONFailure) -> UInt8 {
        skipSpace()
        guard position < text.count else { throw failure(.unexpectedEnd) }
        return text[position]
    }

    private mutating func value() throws(JSONFailure) -> WireValue {
        switch try peek() {
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try list()
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), 0x30...0x39: return try number()
        default: throw failure(.unexpectedByte)
        }
    }

    private mutating func word(
        _ word: StaticString, _ value: WireValue
    ) throws(JSONFailure) -> WireValue {
        for index in 0..<word.utf8CodeUnitCount {
            guard position < text.count else { throw failure(.unexpectedEnd) }
            guard text[position] == word.utf8Start[index] else { throw failure(.unexpectedByte) }
            position += 1
        }
        return value
    }

    private mutating func enter() throws(JSONFailure) {
        guard depth < maximumDepth else { throw failure(.tooDeep) }
        depth += 1
        position += 1
    }

    private mutating func list() throws(JSONFailure) -> WireValue {
        try enter()
        var values: [WireValue] = []
        if try peek() == UInt8(ascii: "]") {
            position += 1
            depth -= 1
            return .list(values)
        }
        while true {
            values.append(try value())
            let next = try peek()
            guard next == UInt8(ascii: ",") || next == UInt8(ascii: "]") else {
                throw failure(.unexpectedByte)
            }
            position += 1
            if next == UInt8(ascii: "]") { break }
        }
        depth -= 1
        return .list(values)
    }

    private mutating func object() throws(JSONFailure) -> WireValue {
        try enter()
        var members: [WireValue.Member] = []
        if try peek() == UInt8(ascii: "}") {
            position += 1
            depth -= 1
            return .object(members)
        }
        while true {
            guard try peek() == UInt8(ascii: "\"") else { throw failure(.unexpectedByte) }
            let key = try string()
            guard try peek() == UInt8(ascii: ":") else { throw failure(.unexpectedByte) }
            position += 1
            members.append(WireValue.Member(key, try value()))
            let next = try peek()
            guard next == UInt8(ascii: ",") || next == UInt8(ascii: "}") else {
                throw failure(.unexpectedByte)
            }
            position += 1
            if next == UInt8(ascii: "}") { break }
        }
        depth -= 1
        return .object(members)
    }

    /// A string without escapes is taken as it stands; the first escape leads to the slow way.
    private mutating func string() throws(JSONFailure) -> String {
        position += 1
        let start = position
        position = text.firstSpecialInJSON(from: start)
        guard position < text.count else { throw failure(.unexpectedEnd) }
        guard text[position] == UInt8(ascii: "\"") else {
            if text[position] < 0x20 { throw failure(.invalidString) }
            return try escapedString(from: start)
        }
        let plain = UnsafeBufferPointer(rebasing: text[start..<position])
        guard let string = String(validating: plain, as: UTF8.self) else {
            throw failure(.invalidString)
        }
        position += 1
        return string
    }

    private mutating func escapedString(from start: Int) throws(JSONFailure) -> String {
        var bytes = Array(text[start..<position])
        while position < text.count {
            let byte = text[position]
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: bytes, as: UTF8.self) else {
                    throw failure(.invalidString)
                }
                position += 1
                return string
            case UInt8(ascii: "\\"):
                position += 1
                try escape(into: &bytes)
            case 0..<0x20: throw failure(.invalidString)
            default:
                bytes.append(byte)
                position += 1
            }
        }
        throw failure(.unexpectedEnd)
    }

    private mutating func escape(into bytes: inout [UInt8]) throws(JSONFailure) {
        guard position < text.count else { throw failure(.unexpectedEnd) }
        let byte = text[position]
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): bytes.append(byte)
        case UInt8(ascii: "b"): bytes.append(0x08)
        case UInt8(ascii: "f"): bytes.append(0x0C)
        case UInt8(ascii: "n"): bytes.append(0x0A)
        case UInt8(ascii: "r"): bytes.append(0x0D)
        case UInt8(ascii: "t"): bytes.append(0x09)
        case UInt8(ascii: "u"):
            var code = try hexadecimal()
            if (0xD800..<0xDC00).contains(code) {
                guard position + 1 < text.count, text[position] == UInt8(ascii: "\\"),
                    text[position + 1] == UInt8(ascii: "u")
                else { throw failure(.invalidString) }
                position += 2
                let low = try hexadecimal()
                guard (0xDC00..<0xE000).contains(low) else { throw failure(.invalidString) }
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
            guard let scalar = Unicode.Scalar(code) else { throw failure(.invalidString) }
            bytes.append(contentsOf: UTF8.encode(scalar)!)
        default: throw failure(.invalidString)
        }
    }

    private mutating func hexadecimal() throws(JSONFailure) -> UInt32 {
        guard position + 4 <= text.count else { throw failure(.unexpectedEnd) }
        var code: UInt32 = 0
        for _ in 0..<4 {
            let byte = text[position]
            switch byte {
            case 0x30...0x39: code = code << 4 | UInt32(byte - 0x30)
            case 0x41...0x46: code = code << 4 | UInt32(byte - 0x41 + 10)
            case 0x61...0x66: code = code << 4 | UInt32(byte - 0x61 + 10)
            default: throw failure(.invalidString)
            }
            position += 1
        }
        return code
    }

    private mutating func number() throws(JSONFailure) -> WireValue {
        let start = position
        let isNegative = text[position] == UInt8(ascii: "-")
        if isNegative { position += 1 }
        var whole = 0
        var fits = true
        let firstDigit = position
        while position < text.count, (0x30...0x39).contains(text[position]) {
            let digit = Int(text[position] - 0x30)
            let (tenfold, overflow) = whole.multipliedReportingOverflow(by: 10)
            let (sum, overflow2) =
                isNegative
                ? tenfold.subtractingReportingOverflow(digit)
                : tenfold.addingReportingOverflow(digit)
            fits = fits && !overflow && !overflow2
            whole = sum
            position += 1
        }
        guard position > firstDigit,
            text[firstDigit] != 0x30 || position == firstDigit + 1
        else { throw failure(.invalidNumber) }
        var isWhole = true
        if position < text.count, text[position] == UInt8(ascii: ".") {
            isWhole = false
            position += 1
            try digits()
        }
        if position < text.count, text[position] | 0x20 == UInt8(ascii: "e") {
            isWhole = false
            position += 1
            if position < text.count,
                text[position] == UInt8(ascii: "+") || text[position] == UInt8(ascii: "-")
            {
                position += 1
            }
            try digits()
        }
        if isWhole && fits { return .int(whole) }
        let digits = String(decoding: text[start..<position], as: UTF8.self)
        guard let double = Double(digits), double.isFinite else { throw failure(.invalidNumber) }
        return .double(double)
    }

    private mutating func digits() throws(JSONFailure) {
        let start = position
        while position < text.count, (0x30...0x39).contains(text[position]) { position += 1 }
        guard position > start else { throw failure(.invalidNumber) }
    }
}
