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
