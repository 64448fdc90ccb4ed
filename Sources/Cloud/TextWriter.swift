/// Puts a text together piece by piece where it stands, with one allocation for all of it.
///
/// ARNs and messages are most of what an answer holds; strings that are appended to each other
/// would cost more than the rest of it.
struct TextWriter {
    private let room: UnsafeMutableBufferPointer<UInt8>
    /// The bytes written, and those that there was no room for.
    fileprivate private(set) var count = 0

    fileprivate init(_ room: UnsafeMutableBufferPointer<UInt8>) { self.room = room }

    mutating func add(_ text: String) {
        var text = text
        text.withUTF8 { add($0) }
    }

    private mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
        if let start = bytes.baseAddress, count + bytes.count <= room.count {
            (room.baseAddress! + count).initialize(from: start, count: bytes.count)
        }
        count += bytes.count
    }

    mutating func add(_ number: Int) {
        if number < 0 { add(byte: UInt8(ascii: "-")) }
        add(UInt64(number.magnitude))
    }

    mutating func add(_ number: UInt64) {
        var digits = 1
        var rest = number / 10
        while rest > 0 { (digits, rest) = (digits + 1, rest / 10) }
        if count + digits <= room.count {
            rest = number
            for place in (count..<count + digits).reversed() {
                let (tens, digit) = rest.quotientAndRemainder(dividingBy: 10)
                room[place] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
                rest = tens
            }
        }
        count += digits
    }

    mutating func add(byte: UInt8) {
        if count < room.count { room[count] = byte }
        count += 1
    }

    /// The last hex digits of a word, in lower case.
    mutating func add(hex word: UInt64, digits: Int) {
        if count + digits <= room.count {
            var rest = word
            for place in (count..<count + digits).reversed() {
                let digit = UInt8(truncatingIfNeeded: rest & 15)
                room[place] =
                    digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit
                rest >>= 4
            }
        }
        count += digits
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

    /// Puts parts together, with room for all of them from the start.
    init(parts: String...) {
        self.init(writing: { text in for part in parts { text.add(part) } })
    }
}
