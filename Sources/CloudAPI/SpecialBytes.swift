// Where a text has bytes that JSON or XML do not show as they are. They are looked for sixteen at a
// time: most texts have none.

extension UnsafeBufferPointer<UInt8> {
    /// The next byte that cannot stand in a JSON string as it is: a quote, a backslash, a control
    /// character; `count` if there is none.
    func firstSpecialInJSON(from start: Int) -> Int {
        firstMarked(from: start, specials: { $0.specialsInJSON })
    }

    /// The next byte that XML does not show as it is, or perhaps not; `count` if there is none.
    func firstSpecialInXML(from start: Int) -> Int {
        firstMarked(from: start, specials: { $0.specialsInXML })
    }

    @inline(__always)
    fileprivate func firstMarked(from start: Int, specials: (Words) -> Words) -> Int {
        var position = start
        while position + 16 <= count {
            let words = UnsafeRawPointer(baseAddress! + position).loadUnaligned(as: Words.self)
            if specials(words).areMarked { break }
            position += 16
        }
        while position < count {
            let bytes = UInt64(self[position]) &* 0x0101_0101_0101_0101
            if specials(Words(repeating: bytes)).areMarked { break }
            position += 1
        }
        return position
    }
}

extension UnsafeMutablePointer<UInt8> {
    /// Copies a text here that JSON shows as it is.
    ///
    /// - Returns: Whether it does. If not, what is here now is good for nothing.
    func copyPlainInJSON(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        copyPlain(text, specials: { $0.specialsInJSON })
    }

    /// Copies a text here that XML shows as it is.
    ///
    /// - Returns: Whether it does. If not, what is here now is good for nothing.
    func copyPlainInXML(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        copyPlain(text, specials: { $0.specialsInXML })
    }

    @inline(__always)
    private func copyPlain(
        _ text: UnsafeBufferPointer<UInt8>, specials: (Words) -> Words
    ) -> Bool {
        guard let source = text.baseAddress.map({ UnsafeRawPointer($0) }) else { return true }
        let (target, count) = (UnsafeMutableRawPointer(self), text.count)
        // The first and the last bytes may overlap; so each length is copied in few steps.
        switch count {
        case 16...:
            let last = count - 16
            let end = source.loadUnaligned(fromByteOffset: last, as: Words.self)
            var found = specials(end)
            var position = 0
            while position < last {
                let words = source.loadUnaligned(fromByteOffset: position, as: Words.self)
                target.storeBytes(of: words, toByteOffset: position, as: Words.self)
                found |= specials(words)
                position += 16
            }
            target.storeBytes(of: end, toByteOffset: last, as: Words.self)
            return !found.areMarked
        case 8...:
            let (head, tail) = target.copyEnds(of: source, count, as: UInt64.self)
            return !specials(Words(head, tail)).areMarked
        case 4...:
            let (head, tail) = target.copyEnds(of: source, count, as: UInt32.self)
            return !specials(Words(repeating: UInt64(head) | UInt64(tail) << 32)).areMarked
        default:
            for position in 0..<count { self[position] = text[position] }
            return text.firstMarked(from: 0, specials: specials) == count
        }
    }
}

/// Sixteen bytes of a text.
private typealias Words = SIMD2<UInt64>

extension SIMD2<UInt64> {
    @inline(__always) fileprivate var areMarked: Bool {
        (self[0] | self[1]) & 0x8080_8080_8080_8080 != 0
    }

    /// Marks bytes by their highest bit. Of some words in which there is such a byte, those above
    /// it are marked too; of words without one, none.
    @inline(__always) fileprivate var specialsInJSON: Self {
        belowSpace | equal(to: "\"") | equal(to: "\\")
    }

    @inline(__always) fileprivate var specialsInXML: Self {
        // `<` and `>` differ in one bit only.
        belowSpace | equal(to: "\"") | equal(to: "&")
            | (self | Self(repeating: 0x0202_0202_0202_0202)).equal(to: ">")
    }

    @inline(__always) private var belowSpace: Self {
        (self &- Self(repeating: 0x2020_2020_2020_2020)) & ~self
    }

    @inline(__always) private func equal(to scalar: Unicode.Scalar) -> Self {
        let one: UInt64 = 0x0101_0101_0101_0101
        let difference = self ^ Self(repeating: one &* UInt64(UInt8(ascii: scalar)))
        return (difference &- Self(repeating: one)) & ~difference
    }
}
