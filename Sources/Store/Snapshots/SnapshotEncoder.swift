/// Writes any `Encodable` as bytes, the same bytes for the same value. ``SnapshotDecoder`` reads
/// them.
enum SnapshotEncoder {
    static func encode(_ value: some Encodable) throws -> [UInt8] {
        let writer = SnapshotWriter()
        try writer.encode(value)
        return writer.finish()
    }
}

/// Where all containers of one encoding write to.
///
/// Containers nest: what is written to an outer one ends the inner ones.
private final class SnapshotWriter {
    private var bytes: [UInt8] = []
    private var words: [String] = []
    private var wordNumbers: [String: Int] = [:]
    private var open: [Open] = []

    private struct Open {
        var start: Int
        /// `nil` for members.
        var count: UInt32?
    }

    var level: Int { open.count }

    func finish() -> [UInt8] {
        close(to: 0)
        let values = bytes
        bytes = SnapshotFormat.mark
        bytes.reserveCapacity(values.count + words.count * 16)
        put(number: UInt64(words.count))
        for word in words { put(utf8: word) }
        bytes += values
        return bytes
    }

    func begin(isList: Bool) -> Int {
        bytes.append(isList ? SnapshotFormat.list : SnapshotFormat.keyed)
        open.append(Open(start: bytes.count, count: isList ? 0 : nil))
        bytes.append(contentsOf: repeatElement(0, count: isList ? 8 : 4))
        return open.count
    }

    func close(to level: Int) {
        while open.count > level {
            let last = open.removeLast()
            let header = last.count == nil ? 4 : 8
            patch(UInt32(bytes.count - last.start - header), at: last.start)
            if let count = last.count { patch(count, at: last.start + 4) }
        }
    }

    private func patch(_ number: UInt32, at place: Int) {
        for index in 0..<4 {
            bytes[place + index] = UInt8(truncatingIfNeeded: number >> (8 * UInt32(index)))
        }
    }

    func key(_ name: String, level: Int) {
        close(to: level)
        put(number: UInt64(word(name)))
    }

    func element(level: Int) {
        close(to: level)
        open[level - 1].count! += 1
    }

    func count(level: Int) -> Int { Int(open[level - 1].count ?? 0) }

    private func word(_ text: String) -> Int {
        if let known = wordNumbers[text] { return known }
        wordNumbers[text] = words.count
        words.append(text)
        return words.count - 1
    }

    private func put(number: UInt64) {
        var rest = number
        while rest > 0x7F {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    private func put(utf8 text: String) {
        var text = text
        text.withUTF8 { utf8 in
            put(number: UInt64(utf8.count))
            bytes.append(contentsOf: utf8)
        }
    }

    func null() { bytes.append(SnapshotFormat.null) }
    func put(_ value: Bool) { bytes.append(value ? SnapshotFormat.yes : SnapshotFormat.no) }

    func put(_ value: Int64) {
        if value >= 0, value < Int64(UInt8.max - SnapshotFormat.small) {
            return bytes.append(SnapshotFormat.small + UInt8(value))
        }
        bytes.append(SnapshotFormat.int)
        put(number: UInt64(bitPattern: (value << 1) ^ (value >> 63)))
    }

    /// One that is too large for an `Int64` comes out negative, and is read back as what it was.
    func put(_ value: UInt64) { put(Int64(bitPattern: value)) }

    func put(_ value: Double) {
        bytes.append(SnapshotFormat.double)
        let bits = value.bitPattern
        for index in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: bits >> (8 * UInt64(index)))) }
    }

    func put(_ value: String) {
        if value.utf8.count > SnapshotFormat.longestWord {
            bytes.append(SnapshotFormat.text)
            put(utf8: value)
        } else {
            bytes.append(SnapshotFormat.word)
            put(number: UInt64(word(value)))
        }
    }

    func encode(_ value: some Encodable) throws {
        let (start, level) = (bytes.count, level)
        try value.encode(to: Encoding(writer: self))
        // A value that has no members at all.
        if bytes.count == start { _ = begin(isList: false) }
        close(to: level)
    }
}

private struct Encoding: Encoder, SingleValueEncodingContainer {
    let writer: SnapshotWriter

    // Nobody looks at these: what cannot be encoded is a fault of ours.
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(
            Members(writer: writer, level: writer.begin(isList: false)))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        Elements(writer: writer, level: writer.begin(isList: true))
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { self }

    func encodeNil() { writer.null() }
    func encode(_ value: Bool) { writer.put(value) }
    func encode(_ value: String) { writer.put(value) }
    func encode(_ value: Double) { writer.put(value) }
    func encode(_ value: Float) { writer.put(Double(value)) }
    func encode(_ value: Int) { writer.put(Int64(value)) }
    func encode(_ value: Int8) { writer.put(Int64(value)) }
    func encode(_ value: Int16) { writer.put(Int64(value)) }
    func encode(_ value: Int32) { writer.put(Int64(value)) }
    func encode(_ value: Int64) { writer.put(value) }
    func encode(_ value: UInt) { writer.put(UInt64(value)) }
    func encode(_ value: UInt8) { writer.put(Int64(value)) }
    func encode(_ value: UInt16) { writer.put(Int64(value)) }
    func encode(_ value: UInt32) { writer.put(Int64(value)) }
    func encode(_ value: UInt64) { writer.put(value) }
    func encode<T: Encodable>(_ value: T) throws { try writer.encode(value) }
}

private struct Members<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let writer: SnapshotWriter
    let level: Int
    var codingPath: [any CodingKey] { [] }

    private func at(_ key: some CodingKey) -> Encoding {
        writer.key(key.stringValue, level: level)
        return Encoding(writer: writer)
    }

    func encodeNil(forKey key: Key) { at(key).encodeNil() }
    func encode(_ value: Bool, forKey key: Key) { at(key).encode(value) }
    func encode(_ value: String, forKey key: Key) { at(key).encode(value) }
    func encode(_ value: Double, forKey key: Key) { at(key).encode(value) }
    func encode(_ value: Float, forKey key: Key) { at(key).encode(value) }
    func encode(_ value: Int, forKey key: Key) { at(key).encode(value) }
    func encode(_ value: Int8, forKey key: Key) { at(key).encode(value) }
    func encode(_ value: Int16, forKey key: Key) { at(key).encode(value) }
    func encode(_ value: Int32, forKey key: Key) { at(key).encode(value) }
    func encode(_ value: Int64, forKey key: Key) { at(key).encode(value) }
    func encode(_ value: UInt, forKey key: Key) { at(key).encode(value) }
    func encode(_ value: UInt8, forKey key: Key) { at(key).encode(value) }
    func encode(_ value: UInt16, forKey key: Key) { at(key).encode(value) }
    func encode(_ value: UInt32, forKey key: Key) { at(key).encode(value) }
    func encode(_ value: UInt64, forKey key: Key) { at(key).encode(value) }
    func encode<T: Encodable>(_ value: T, forKey key: Key) throws { try at(key).encode(value) }

    func nestedContainer<Other: CodingKey>(
        keyedBy type: Other.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Other> { at(key).container(keyedBy: type) }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        at(key).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { at(SuperKey()) }
    func superEncoder(forKey key: Key) -> any Encoder { at(key) }
}

private struct Elements: UnkeyedEncodingContainer {
    let writer: SnapshotWriter
    let level: Int
    var codingPath: [any CodingKey] { [] }
    var count: Int { writer.count(level: level) }

    private func next() -> Encoding {
        writer.element(level: level)
        return Encoding(writer: writer)
    }

    func encodeNil() { next().encodeNil() }
    func encode(_ value: Bool) { next().encode(value) }
    func encode(_ value: String) { next().encode(value) }
    func encode(_ value: Double) { next().encode(value) }
    func encode(_ value: Float) { next().encode(value) }
    func encode(_ value: Int) { next().encode(value) }
    func encode(_ value: Int8) { next().encode(value) }
    func encode(_ value: Int16) { next().encode(value) }
    func encode(_ value: Int32) { next().encode(value) }
    func encode(_ value: Int64) { next().encode(value) }
    func encode(_ value: UInt) { next().encode(value) }
    func encode(_ value: UInt8) { next().encode(value) }
    func encode(_ value: UInt16) { next().encode(value) }
    func encode(_ value: UInt32) { next().encode(value) }
    func encode(_ value: UInt64) { next().encode(value) }
    func encode<T: Encodable>(_ value: T) throws { try next().encode(value) }

    func nestedContainer<Key: CodingKey>(
        keyedBy type: Key.Type
    ) -> KeyedEncodingContainer<Key> { next().container(keyedBy: type) }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { next().unkeyedContainer() }
    func superEncoder() -> any Encoder { next() }
}

/// Under which a superclass's members lie.
struct SuperKey: CodingKey {
    var stringValue: String { "super" }
    var intValue: Int? { nil }
    init() {}
    init?(stringValue: String) {}
    init?(intValue: Int) { nil }
}
