/// Turns numbers into words that look random: the finaliser of splitmix64.
///
/// Source: Steele, Lea, Flood, "Fast Splittable Pseudorandom Number Generators" (2014), with
/// Stafford's constants ("Mix13").
@usableFromInline
enum Mixing {
    /// The `number`th word of the splitmix64 stream that begins at `state`.
    ///
    /// Chaining makes trees of streams: the word of one step is the state of the next.
    @inlinable static func word(_ number: UInt64, of state: UInt64) -> UInt64 {
        var word = state &+ 0x9E37_79B9_7F4A_7C15 &* (number &+ 1)
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
    }
}
