/// Reads what ``SnapshotEncoder`` has written.
///
/// Members are found by name, in any order; those that nobody asks for are passed over. Bytes that
/// make no sense are an error and never a trap.
enum SnapshotDecoder {
    static func decode<T: Decodable>(_ type: T.Type, from bytes: UnsafeRawBufferPointer) throws -> T
    {
        let reader = try SnapshotReader(bytes)
        return try T(from: Decoding(reader: reader, at: reader.start))
    }

    static func decode<T: Decodable>(_ type: T.Type, from bytes: [UInt8]) throws -> T {
        try bytes.withUnsafeBytes { try decode(type, from: $0) }
    }
}

/// The bytes that all containers of one decoding read. Used only while they are there.
private final class SnapshotReader {
    let bytes: UnsafeRawBufferPointer
    private(set) var words: [String] = []
    private(set) var start = 0

    init(_ bytes: UnsafeRawBufferPointer) throws {
        self.bytes = bytes
        let mark = SnapshotFormat.mark
        guard bytes.starts(with: mark) else {
            throw corrupted("it does not begin as a snapshot does")
        }
        var place = mark.count
        let count = try number(&place)
        guard count <= UInt64(bytes.count) else { throw corrupted("it has too many words") }
        words.reserveCapacity(Int(count))
        for _ in 0..<count { words.append(try text(&place)) }
        start = place
    }

    func corrupted(_ why: String) -> DecodingError {
        .dataCorrupted(.init(codingPath: [], debugDescription: "The snapshot is broken: \(why)."))
    }

    func byte(_ place: Int) throws -> UInt8 {
        guard place < bytes.count else { throw corrupted("it ends too early") }
        return bytes[place]
    }

    func number(_ place: inout Int) throws -> UInt64 {
        var number: UInt64 = 0
        var shift: UInt64 = 0
        while true {
            let byte = try byte(place)
            place += 1
            number |= UInt64(byte & 0x7F) &<< shift
            if byte < 0x80 { return number }
            shift += 7
            guard shift < 64 else { throw corrupted("a number is too long") }
        }
    }

    func fixed(_ place: Int) throws -> Int {
        guard place + 4 <= bytes.count else { throw corrupted("it ends too early") }
        return (0..<4).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
    }

    private func text(_ place: inout Int) throws -> String {
        let count = try number(&place)
        guard count <= UInt64(bytes.count - place) else { throw corrupted("a text is too long") }
        let utf8 = bytes[place..<place + Int(count)]
        place += Int(count)
        guard let text = String(validating: utf8, as: UTF8.self) else {
            throw corrupted("a text is not UTF-8")
        }
        return text
    }

    func word(_ place: inout Int) throws -> String {
        let number = try number(&place)
        guard number < UInt64(words.count) else { throw corrupted("there is no word \(number)") }
        return words[Int(number)]
    }

    /// Where the value that begins at `place` ends.
    func end(of place: Int) throws -> Int {
        var next = place + 1
        switch try byte(place) {
        case SnapshotFormat.null, SnapshotFormat.no, SnapshotFormat.yes, SnapshotFormat.small...:
            return next
        case SnapshotFormat.int, SnapshotFormat.word:
            _ = try number(&next)
            return next
        case SnapshotFormat.double: return next + 8
        case SnapshotFormat.text:
            let count = try number(&next)
            guard count <= UInt64(bytes.count - next) else { throw corrupted("it ends too early") }
            return next + Int(count)
        case SnapshotFormat.keyed, SnapshotFormat.list: return try contents(of: place).upperBound
        default: throw corrupted("a value is of no known kind")
        }
    }

    /// Where the inside of a container lies.
    func contents(of place: Int) throws -> Range<Int> {
        let tag = try byte(place)
        let length = try fixed(place + 1)
        let start = place + (tag == SnapshotFormat.list ? 9 : 5)
        guard start <= bytes.count, length <= bytes.count - start else {
            throw corrupted("it ends too early")
        }
        return start..<start + length
    }

    func isNull(_ place: Int) throws -> Bool { try byte(place) == SnapshotFormat.null }

    func bool(_ place: Int) throws -> Bool {
        switch try byte(place) {
        case SnapshotFormat.no: return false
        case SnapshotFormat.yes: return true
        default: throw mismatch(Bool.self)
        }
    }

    func int(_ place: Int) throws -> Int64 {
        let tag = try byte(place)
        if tag >= SnapshotFormat.small { return Int64(tag - SnapshotFormat.small) }
        guard tag == SnapshotFormat.int else { throw mismatch(Int.self) }
        var next = place + 1
        let number = try number(&next)
        return Int64(bitPattern: (number >> 1) ^ (0 &- (number & 1)))
    }

    func int<I: FixedWidthInteger>(_ place: Int, as type: I.Type) throws -> I {
        let number = try int(place)
        if type == UInt64.self || type == UInt.self { return I(truncatingIfNeeded: number) }
        guard let exact = I(exactly: number) else { throw corrupted("\(number) is no \(type)") }
        return exact
    }

    func double(_ place: Int) throws -> Double {
        guard try byte(place) == SnapshotFormat.double else { return Double(try int(place)) }
        guard place + 9 <= bytes.count else { throw corrupted("it ends too early") }
        let bits = (0..<8).reduce(UInt64(0)) {
            $0 | UInt64(bytes[place + 1 + $1]) << (8 * UInt64($1))
        }
        return Double(bitPattern: bits)
    }

    func string(_ place: Int) throws -> String {
        var next = place + 1
        switch try byte(place) {
        case SnapshotFormat.word: return try word(&next)
        case SnapshotFormat.text: return try text(&next)
        default: throw mismatch(String.self)
        }
    }

    func mismatch(_ type: Any.Type) -> DecodingError {
        .typeMismatch(
            type,
            .init(codingPath: [], debugDescription: "The snapshot has something else than \(type).")
        )
    }
}

private struct Decoding: Decoder, SingleValueDecodingContainer {
    let reader: SnapshotReader
    let at: Int
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(
        keyedBy type: Key.Type
    ) throws -> KeyedDecodingContainer<Key> {
        guard try reader.byte(at) == SnapshotFormat.keyed else {
            throw reader.mismatch([String: Any].self)
        }
        return KeyedDecodingContainer(
            Members(reader: reader, range: try reader.contents(of: at)))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard try reader.byte(at) == SnapshotFormat.list else { throw reader.mismatch([Any].self) }
        return Elements(
            reader: reader, range: try reader.contents(of: at), total: try reader.fixed(at + 5))
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { self }

    func decodeNil() -> Bool { (try? reader.isNull(at)) ?? false }
    func decode(_ type: Bool.Type) throws -> Bool { try reader.bool(at) }
    func decode(_ type: String.Type) throws -> String { try reader.string(at) }
    func decode(_ type: Double.Type) throws -> Double { try reader.double(at) }
    func decode(_ type: Float.Type) throws -> Float { Float(try reader.double(at)) }
    func decode(_ type: Int.Type) throws -> Int { try reader.int(at, as: type) }
    func decode(_ type: Int8.Type) throws -> Int8 { try reader.int(at, as: type) }
    func decode(_ type: Int16.Type) throws -> Int16 { try reader.int(at, as: type) }
    func decode(_ type: Int32.Type) throws -> Int32 { try reader.int(at, as: type) }
    func decode(_ type: Int64.Type) throws -> Int64 { try reader.int(at, as: type) }
    func decode(_ type: UInt.Type) throws -> UInt { try reader.int(at, as: type) }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try reader.int(at, as: type) }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try reader.int(at, as: type) }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try reader.int(at, as: type) }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try reader.int(at, as: type) }
    func decode<T: Decodable>(_ type: T.Type) throws -> T { try T(from: self) }
}

private final class Members<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let reader: SnapshotReader
    let range: Range<Int>
    /// Where the member stands that will most likely be asked for next.
    private var cursor: Int

    init(reader: SnapshotReader, range: Range<Int>) {
        (self.reader, self.range, cursor) = (reader, range, range.lowerBound)
    }

    var codingPath: [any CodingKey] { [] }

    var allKeys: [Key] {
        var keys: [Key] = []
        var place = range.lowerBound
        while place < range.upperBound, let name = try? reader.word(&place),
            let end = try? reader.end(of: place)
        {
            if let key = Key(stringValue: name) { keys.append(key) }
            place = end
        }
        return keys
    }

    /// Where the value of a member begins; the next one to be looked at is then the one after it.
    private func find(_ name: String) throws -> Int? {
        if let found = try find(name, in: cursor..<range.upperBound) { return found }
        return try find(name, in: range.lowerBound..<cursor)
    }

    private func find(_ name: String, in part: Range<Int>) throws -> Int? {
        var place = part.lowerBound
        while place < part.upperBound {
            let isIt = try reader.word(&place) == name
            let end = try reader.end(of: place)
            if isIt {
                cursor = end
                return place
            }
            place = end
        }
        return nil
    }

    private func at(_ key: some CodingKey) throws -> Decoding {
        guard let place = try find(key.stringValue) else {
            throw DecodingError.keyNotFound(
                key,
                .init(
                    codingPath: [],
                    debugDescription: "The snapshot has no member \(key.stringValue)."))
        }
        return Decoding(reader: reader, at: place)
    }

    func contains(_ key: Key) -> Bool {
        // Asked for before a member that may be missing; it is read right afterwards.
        let before = cursor
        defer { cursor = before }
        return ((try? find(key.stringValue)) ?? nil) != nil
    }

    func decodeNil(forKey key: Key) throws -> Bool {
        let before = cursor
        let isNull = try reader.isNull(at(key).at)
        if !isNull { cursor = before }
        return isNull
    }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try at(key).decode(type) }
    func decode(_ type: String.Type, forKey key: Key) throws -> String { try at(key).decode(type) }
    func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try at(key).decode(type) }
    func decode(_ type: Float.Type, forKey key: Key) throws -> Float { try at(key).decode(type) }
    func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try at(key).decode(type) }
    func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try at(key).decode(type) }
    func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try at(key).decode(type) }
    func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try at(key).decode(type) }
    func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try at(key).decode(type) }
    func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try at(key).decode(type) }
    func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try at(key).decode(type) }
    func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try at(key).decode(type) }
    func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try at(key).decode(type) }
    func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try at(key).decode(type) }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        try T(from: at(key))
    }

    func nestedContainer<Other: CodingKey>(
        keyedBy type: Other.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Other> { try at(key).container(keyedBy: type) }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try at(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { try at(SuperKey()) }
    func superDecoder(forKey key: Key) throws -> any Decoder { try at(key) }
}

private struct Elements: UnkeyedDecodingContainer {
    let reader: SnapshotReader
    let range: Range<Int>
    private let total: Int
    private var place: Int
    private(set) var currentIndex = 0

    init(reader: SnapshotReader, range: Range<Int>, total: Int) {
        (self.reader, self.range, self.total) = (reader, range, total)
        place = range.lowerBound
    }

    var codingPath: [any CodingKey] { [] }
    /// What is claimed, but never more than there can be: arrays make room for it.
    var count: Int? { min(total, range.count) }
    var isAtEnd: Bool { currentIndex >= total || place >= range.upperBound }

    private mutating func next() throws -> Decoding {
        guard !isAtEnd else { throw reader.corrupted("a list is too short") }
        let decoding = Decoding(reader: reader, at: place)
        place = try reader.end(of: place)
        currentIndex += 1
        return decoding
    }

    mutating func decodeNil() throws -> Bool {
        guard !isAtEnd else { throw reader.corrupted("a list is too short") }
        guard try reader.isNull(place) else { return false }
        _ = try next()
        return true
    }

    mutating func decode(_ type: Bool.Type) throws -> Bool { try next().decode(type) }
    mutating func decode(_ type: String.Type) throws -> String { try next().decode(type) }
    mutating func decode(_ type: Double.Type) throws -> Double { try next().decode(type) }
    mutating func decode(_ type: Float.Type) throws -> Float { try next().decode(type) }
    mutating func decode(_ type: Int.Type) throws -> Int { try next().decode(type) }
    mutating func decode(_ type: Int8.Type) throws -> Int8 { try next().decode(type) }
    mutating func decode(_ type: Int16.Type) throws -> Int16 { try next().decode(type) }
    mutating func decode(_ type: Int32.Type) throws -> Int32 { try next().decode(type) }
    mutating func decode(_ type: Int64.Type) throws -> Int64 { try next().decode(type) }
    mutating func decode(_ type: UInt.Type) throws -> UInt { try next().decode(type) }
    mutating func decode(_ type: UInt8.Type) throws -> UInt8 { try next().decode(type) }
    mutating func decode(_ type: UInt16.Type) throws -> UInt16 { try next().decode(type) }
    mutating func decode(_ type: UInt32.Type) throws -> UInt32 { try next().decode(type) }
    mutating func decode(_ type: UInt64.Type) throws -> UInt64 { try next().decode(type) }
    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T { try T(from: next()) }

    mutating func nestedContainer<Key: CodingKey>(
        keyedBy type: Key.Type
    ) throws -> KeyedDecodingContainer<Key> { try next().container(keyedBy: type) }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try next().unkeyedContainer()
    }

    mutating func superDecoder() throws -> any Decoder { try next() }
}
