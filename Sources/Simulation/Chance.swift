/// Where every random draw in a run comes from: one seed, and nothing that moves.
///
/// A draw is a function of the seed, what it is for, whom it concerns and how often that was asked
/// before. Nothing is used up, so a new draw for image pulls, or one task more, leaves every other
/// draw as it was: two runs that differ in one setting can be compared draw by draw, and a copy of
/// the cloud has no generator to bring along. The price is that the caller counts: whoever draws
/// twice for the same purpose and subject passes another `nth`, or gets the same answer twice.
@frozen
public struct Chance: Hashable, Codable, Sendable {
    public let seed: UInt64

    @inlinable public init(seed: UInt64) { self.seed = seed }

    /// What a draw is for. The name is the identity: renaming a purpose changes its draws.
    ///
    ///     extension Chance.Purpose { static let imagePull = Chance.Purpose("image pull") }
    @frozen
    public struct Purpose: Hashable, Sendable {
        @usableFromInline let salt: UInt64

        /// Hashes the name with FNV-1a, 64 bits; Swift's own `Hasher` differs in every process.
        @inlinable public init(_ name: StaticString) {
            salt = name.withUTF8Buffer { bytes in
                bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
            }
        }
    }

    /// 64 random bits; the other draws are made from them.
    @inlinable
    public func word(for purpose: Purpose, of subject: UInt64, nth: UInt64 = 0) -> UInt64 {
        let run = Mixing.word(seed, of: purpose.salt)
        return Mixing.word(nth, of: Mixing.word(subject, of: run))
    }

    /// A number from 0 up to but not including 1, in steps of 2^-53.
    @inlinable
    public func unit(for purpose: Purpose, of subject: UInt64, nth: UInt64 = 0) -> Double {
        Double(word(for: purpose, of: subject, nth: nth) >> 11) * 0x1p-53
    }

    /// A whole number from 0 up to but not including `bound`.
    ///
    /// The high half of a product: some numbers are likelier than others by `bound` in 2^64.
    ///
    /// - Precondition: `bound` is positive.
    @inlinable
    public func whole(
        below bound: Int, for purpose: Purpose, of subject: UInt64, nth: UInt64 = 0
    ) -> Int {
        precondition(bound > 0, "nothing to choose from")
        let word = word(for: purpose, of: subject, nth: nth)
        return Int(word.multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// Whether something of this probability happens: never at 0 or less, always at 1 or more.
    ///
    /// What happens at one probability also happens, for the same draw, at any higher one.
    @inlinable
    public func happens(
        _ probability: Double, for purpose: Purpose, of subject: UInt64, nth: UInt64 = 0
    ) -> Bool {
        unit(for: purpose, of: subject, nth: nth) < probability
    }

    /// A duration drawn from `spread`.
    public func draw(
        _ spread: Spread, for purpose: Purpose, of subject: UInt64, nth: UInt64 = 0
    ) -> Duration {
        if case .always(let duration) = spread { return duration }
        return spread.value(at: unit(for: purpose, of: subject, nth: nth))
    }
}
