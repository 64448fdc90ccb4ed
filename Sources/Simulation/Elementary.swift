/// The logarithm and the exponential, the same to the last bit on every machine.
///
/// Those of the C library choose their instructions by processor, and their last bit with them.
/// These are made of `+ - * /`, which IEEE 754 fixes. Relative error below 1e-15 or so.
public enum Elementary {
    /// The natural logarithm: minus infinity at 0, not a number below.
    public static func naturalLogarithm(_ x: Double) -> Double {
        guard x > 0, x < .infinity else {
            return x == 0 ? -.infinity : (x > 0 ? .infinity : .nan)
        }
        // x = 2^exponent * fraction with the fraction in [sqrt(1/2), sqrt(2)), so that both parts
        // of the sum have one sign or the first is zero.
        var exponent = Double(x.exponent)
        var fraction = x.significand
        if fraction > 1.4142135623730951 {
            fraction *= 0.5
            exponent += 1
        }
        // ln(fraction) = 2 artanh(s) = 2 (s + s^3/3 + s^5/5 + ...), and s^2 < 0.0295.
        let s = (fraction - 1) / (fraction + 1)
        let square = s * s
        var sum = 0.0
        for n in (1...11).reversed() { sum = (sum + 1 / Double(2 * n + 1)) * square }
        return exponent * ln2High + (2 * s + (2 * s * sum + exponent * ln2Low))
    }

    /// e to the power of x: infinity above 709.78, zero below -745.13.
    public static func exponential(_ x: Double) -> Double {
        guard x < 709.79 else { return x.isNaN ? .nan : .infinity }
        guard x > -745.14 else { return x.isNaN ? .nan : 0 }
        // x = count * ln 2 + rest with |rest| < 0.347.
        let count = Int(x / (ln2High + ln2Low) + (x < 0 ? -0.5 : 0.5))
        let rest = (x - Double(count) * ln2High) - Double(count) * ln2Low
        var sum = 1.0
        for n in (1...14).reversed() { sum = 1 + sum * rest / Double(n) }
        // In two steps, because 2^count alone may lie outside what a Double can hold.
        return sum * powerOfTwo(count / 2) * powerOfTwo(count - count / 2)
    }

    // ln 2 in two parts. The first has 32 trailing zero bits, so its product with an exponent is
    // exact. Source: fdlibm, e_log.c.
    private static let ln2High = 6.93147180369123816490e-01
    private static let ln2Low = 1.90821492927058770002e-10

    private static func powerOfTwo(_ exponent: Int) -> Double {
        Double(sign: .plus, exponentBitPattern: UInt(exponent + 1023), significandBitPattern: 0)
    }
}
