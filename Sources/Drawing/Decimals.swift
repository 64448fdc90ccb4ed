extension Double {
    /// The number as text with at most `most` decimals, the same on every machine.
    ///
    /// Rounds half away from zero. Trailing zeros go unless `fixed`; a whole number then has no
    /// point, and zero has no sign.
    ///
    /// - Precondition: The number is finite, and with its decimals it fits in 53 bits.
    package func decimals(_ most: Int, fixed: Bool = false, mark: String = ".") -> String {
        var scale = 1.0
        for _ in 0..<most { scale *= 10 }
        let scaled = (magnitude * scale).rounded(.toNearestOrAwayFromZero)
        precondition(scaled <= 9_007_199_254_740_992, "a number too large to draw")

        let (whole, rest) = Int64(scaled).quotientAndRemainder(dividingBy: Int64(scale))
        var text = (self < 0 && scaled > 0 ? "-" : "") + String(whole)
        var digits = String(rest)
        digits = String(repeating: "0", count: Swift.max(0, most - digits.utf8.count)) + digits
        if !fixed { while digits.last == "0" { digits.removeLast() } }
        if most > 0 && !digits.isEmpty { text += mark + digits }
        return text
    }
}
