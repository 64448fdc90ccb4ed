import CloudAPI

/// Puts a text together piece by piece where it stands, with one allocation for all of it.
///
/// ARNs and messages are most of what an answer holds; strings that are appended to each other
/// would cost more than the rest of it.
struct TextWriter {
    private let room: UnsafeMutableBufferPointer<UInt8>
    /// The bytes written, and those that there was no room for.
    fileprivate private(set) var count = 0

    fileprivate init(_ room: UnsafeMutableBufferPointer<UInt8>) { self.room = room }

    @_disfavoredOverload
    mutating func add(_ text: String) {
        text.withBytes { add($0) }
    }

    mutating func add(_ literal: StaticString) {
        add(UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
    }

    private mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
        if let start = bytes.baseAddress, count + bytes.count <= room.count {
            (room.baseAddress! + count).copy(from: start, count: bytes.count)
        }
        count += bytes.count
    }

    mutating func add(_ number: Int) {
        if number < 0 { add(byte: UInt8(ascii: "-")) }
        add(UInt64(number.magnitude))
    }

    mutating func add(_ number: UInt64) {
        // Most have one digit: revisions, prefixes, parts of addresses.
        if number < 10 { return add(byte: UInt8(ascii: "0") + UInt8(number)) }
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 28) { digits in
            let count = digits.baseAddress!.write(digitsOf: number)
            add(UnsafeBufferPointer(rebasing: digits[..<count]))
        }
    }

    mutating func add(byte: UInt8) {
        if count < room.count { room[count] = byte }
        count += 1
    }

    /// All 16 hex digits of a word, in lower case.
    mutating func add(hex word: UInt64) {
        add(bytes: Self.hexDigits(of: UInt32(truncatingIfNeeded: word >> 32)))
        add(bytes: Self.hexDigits(of: UInt32(truncatingIfNeeded: word)))
    }

    /// The last hex digits of a word, in lower case.
    mutating func add(hex word: UInt64, digits: Int) {
        for place in (0..<UInt64(digits)).reversed() {
            let digit = UInt8(truncatingIfNeeded: word >> (4 * place) & 15)
            add(byte: digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit)
        }
    }

    /// Two words in hex, with dashes where a UUID has them.
    mutating func add(uuid high: UInt64, _ low: UInt64) {
        let dash = UInt8(ascii: "-")
        let middle = Self.hexDigits(of: UInt32(truncatingIfNeeded: high))
        let next = Self.hexDigits(of: UInt32(truncatingIfNeeded: low >> 32))
        add(bytes: Self.hexDigits(of: UInt32(truncatingIfNeeded: high >> 32)))
        add(byte: dash)
        add(bytes: UInt32(truncatingIfNeeded: middle))
        add(byte: dash)
        add(bytes: UInt32(truncatingIfNeeded: middle >> 32))
        add(byte: dash)
        add(bytes: UInt32(truncatingIfNeeded: next))
        add(byte: dash)
        add(bytes: UInt32(truncatingIfNeeded: next >> 32))
        add(bytes: Self.hexDigits(of: UInt32(truncatingIfNeeded: low)))
    }

    /// Bytes, from the lowest of a word to its highest.
    private mutating func add(bytes: some FixedWidthInteger & BitwiseCopyable) {
        let size = bytes.bitWidth / 8
        if count + size <= room.count {
            UnsafeMutableRawPointer(room.baseAddress! + count)
                .storeBytes(of: bytes.littleEndian, as: type(of: bytes))
        }
        count += size
    }

    /// The eight digits of a word as bytes, the first in the lowest byte. All at once: names are
    /// mostly hex digits.
    private static func hexDigits(of word: UInt32) -> UInt64 {
        // Each byte into two, the upper half first; then 0 to 9 and 10 to 15 to their letters.
        var wide = UInt64(word.byteSwapped)
        wide = (wide | wide << 16) & 0x0000_FFFF_0000_FFFF
        wide = (wide | wide << 8) & 0x00FF_00FF_00FF_00FF
        let digits =
            wide >> 4 & 0x000F_000F_000F_000F | (wide & 0x000F_000F_000F_000F) << 8
        let letters = (digits + 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
        return digits + 0x3030_3030_3030_3030 + letters * 39
    }
}

extension String {
    /// The text that `write` writes. It is called once more if there turns out to be too little
    /// room, so it must write the same each time.
    init(writing write: (inout TextWriter) -> Void) {
        var needed = 0
        let text = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 512) { room in
            var writer = TextWriter(room)
            write(&writer)
            needed = writer.count
            return needed <= room.count
                ? String(decoding: UnsafeBufferPointer(rebasing: room[..<needed]), as: UTF8.self)
                : nil
        }
        self =
            text
            ?? String(unsafeUninitializedCapacity: needed) { room in
                var writer = TextWriter(room)
                write(&writer)
                precondition(writer.count == needed, "the same text both times")
                return needed
            }
    }

    /// The text that `write` writes, of which is known how many bytes it has.
    init(bytes count: Int, writing write: (inout TextWriter) -> Void) {
        self.init(unsafeUninitializedCapacity: count) { room in
            var writer = TextWriter(UnsafeMutableBufferPointer(rebasing: room[..<count]))
            write(&writer)
            precondition(writer.count == count, "as many bytes as were announced")
            return count
        }
    }

    /// Puts parts together, with room for all of them from the start.
    init(parts: String...) {
        self.init(writing: { text in for part in parts { text.add(part as String) } })
    }
}
