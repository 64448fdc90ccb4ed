/// Makes ids that look random out of dense numbers, and turns them back without an index.
///
/// For each seed, kind and width this is one fixed way of reordering all words of that width, so
/// two numbers never share an id. It hides the order from a reader, not from an attacker.
@frozen
public struct Scramble: Hashable, Codable, Sendable {
    public let seed: UInt64

    @inlinable public init(seed: UInt64) { self.seed = seed }

    /// The id of a number.
    ///
    /// - Parameters:
    ///   - number: What to scramble; it has at most `bits` bits.
    ///   - kind: Keeps kinds apart: task 7 and interface 7 look unrelated.
    ///   - bits: The width of number and id, 1 to 64.
    public func forward(_ number: UInt64, kind: UInt64, bits: Int) -> UInt64 {
        let width = Width(bits)
        precondition(number & ~width.mask == 0, "the number is wider than \(bits) bits")
        var word = number
        let state = state(kind: kind, bits: bits)
        for round in 0..<Self.rounds {
            let (offset, factor) = keys(of: round, state)
            word = width.folded((word &+ offset) &* factor & width.mask)
        }
        return word
    }

    /// The number whose id this is: `backward(forward(n)) == n`, and the other way round.
    public func backward(_ id: UInt64, kind: UInt64, bits: Int) -> UInt64 {
        let width = Width(bits)
        precondition(id & ~width.mask == 0, "the id is wider than \(bits) bits")
        var word = id
        let state = state(kind: kind, bits: bits)
        for round in (0..<Self.rounds).reversed() {
            let (offset, factor) = keys(of: round, state)
            word = (width.folded(word) &* inverse(of: factor) &- offset) & width.mask
        }
        return word
    }

    private static let rounds: UInt64 = 4

    private func state(kind: UInt64, bits: Int) -> UInt64 {
        Mixing.word(UInt64(bits), of: Mixing.word(kind, of: seed))
    }

    private func keys(of round: UInt64, _ state: UInt64) -> (offset: UInt64, factor: UInt64) {
        (Mixing.word(2 * round, of: state), Mixing.word(2 * round + 1, of: state) | 1)
    }

    /// The number that undoes a multiplication by `odd` modulo 2^64, and so modulo any smaller
    /// power of two. Newton's iteration: right in 3 bits at first, in twice as many each time.
    private func inverse(of odd: UInt64) -> UInt64 {
        var inverse = odd
        for _ in 0..<5 { inverse = inverse &* (2 &- odd &* inverse) }
        return inverse
    }

    private struct Width {
        let mask: UInt64
        let half: UInt64

        init(_ bits: Int) {
            precondition((1...64).contains(bits), "a word has 1 to 64 bits")
            mask = ~0 >> UInt64(64 - bits)
            half = UInt64(bits + 1) / 2
        }

        /// Folds the upper half of a word into the lower. Doing it twice undoes it, because the
        /// shift is at least half the width.
        func folded(_ word: UInt64) -> UInt64 { word ^ (word >> half) }
    }
}
