extension UnsafeMutablePointer<UInt8> {
    /// Copies bytes here from elsewhere. Most are a few, for which a call of the C library would
    /// take longer than the copying: they are moved as two words that may overlap.
    @inlinable @inline(__always)
    package func copy(from source: UnsafePointer<UInt8>, count: Int) {
        let (target, source) = (UnsafeMutableRawPointer(self), UnsafeRawPointer(source))
        switch count {
        case 33...: target.copyMemory(from: source, byteCount: count)
        case 16...32: target.copyEnds(of: source, count, as: SIMD2<UInt64>.self)
        case 8...15: target.copyEnds(of: source, count, as: UInt64.self)
        case 4...7: target.copyEnds(of: source, count, as: UInt32.self)
        case 2...3: target.copyEnds(of: source, count, as: UInt16.self)
        case 1: pointee = source.load(as: UInt8.self)
        default: break
        }
    }
}

extension UnsafeMutablePointer<UInt8> {
    /// Writes a number in decimal digits, up to eight of them at a time.
    ///
    /// - Returns: How many digits it has, 20 at most. The eight bytes behind them may be written
    ///   over.
    @inlinable
    package func write(digitsOf value: UInt64) -> Int {
        if value < 10 {
            pointee = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value)
            return 1
        }
        let (high, low) = value.quotientAndRemainder(dividingBy: 100_000_000)
        let digits = UInt32(truncatingIfNeeded: low).eightDigits
        let place = UnsafeMutableRawPointer(self)
        guard high > 0 else {
            let zeros = (digits ^ 0x3030_3030_3030_3030).trailingZeroBitCount / 8
            place.storeBytes(of: (digits >> (8 * UInt64(zeros))).littleEndian, as: UInt64.self)
            return 8 - zeros
        }
        let count = write(digitsOf: high)
        place.storeBytes(of: digits.littleEndian, toByteOffset: count, as: UInt64.self)
        return count + 8
    }
}

extension UInt32 {
    /// The eight decimal digits of a number below 100,000,000 as bytes, the first in the lowest
    /// byte. Halves are divided side by side, then quarters, then eighths, by multiplying with
    /// 1/100 and 1/10 in fixed point, which is exact for numbers this small.
    @inlinable
    package var eightDigits: UInt64 {
        let (front, back) = quotientAndRemainder(dividingBy: 10_000)
        let halves = UInt64(front) | UInt64(back) << 32
        let hundreds = (halves &* 10_486) >> 20 & 0x0000_007F_0000_007F
        let quarters = hundreds | (halves &- hundreds &* 100) << 16
        let tens = (quarters &* 103) >> 10 & 0x000F_000F_000F_000F
        return (tens | (quarters &- tens &* 10) << 8) &+ 0x3030_3030_3030_3030
    }
}

extension UnsafeMutableRawPointer {
    /// Copies the first and the last bytes, which may overlap.
    @inlinable @inline(__always) @discardableResult
    package func copyEnds<Word: BitwiseCopyable>(
        of source: UnsafeRawPointer, _ count: Int, as word: Word.Type
    ) -> (head: Word, tail: Word) {
        let last = count - MemoryLayout<Word>.size
        let (head, tail) = (
            source.loadUnaligned(as: Word.self),
            source.loadUnaligned(fromByteOffset: last, as: Word.self)
        )
        storeBytes(of: head, as: Word.self)
        storeBytes(of: tail, toByteOffset: last, as: Word.self)
        return (head, tail)
    }
}

extension String {
    /// The UTF-8 of a text, where it stands. `withUTF8` can be had of a variable only, and to put a
    /// text into one is to count one more owner of it.
    @inlinable @inline(__always)
    package func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        if let result = utf8.withContiguousStorageIfAvailable(body) { return result }
        var text = self
        return text.withUTF8(body)
    }
}
