import Foundation
import Testing

@testable import Simulation

@Suite struct ChanceTests {
    private static let pull = Chance.Purpose("image pull")
    private static let boot = Chance.Purpose("boot")

    /// Recorded once. Another value here means that every saved experiment changes.
    @Test func drawsAreWhatTheyAlwaysWere() {
        let chance = Chance(seed: 42)
        #expect(Self.pull.salt == 0xDFCF_500A_C994_731D)
        #expect(chance.word(for: Self.pull, of: 0) == 0x2ACA_D152_2CAC_579D)
        #expect(chance.word(for: Self.pull, of: 7, nth: 3) == 0x5F86_CD30_E650_1E92)
        #expect(chance.unit(for: Self.boot, of: 1) == 0.27760574394419013)
        #expect(chance.whole(below: 1000, for: Self.boot, of: 1) == 277)
        let spread = Spread.logNormal(
            median: .seconds(10), sigma: 0.5, from: .zero, to: .seconds(100))
        #expect(chance.draw(spread, for: Self.boot, of: 1).nanoseconds == 7_445_431_583)
    }

    @Test func eachDrawDependsOnSeedPurposeSubjectAndNumberAndNothingElse() {
        var words: Set<UInt64> = []
        for seed in UInt64(0)..<8 {
            for purpose in [Self.pull, Self.boot] {
                for subject in UInt64(0)..<32 {
                    for nth in UInt64(0)..<32 {
                        let word = Chance(seed: seed).word(for: purpose, of: subject, nth: nth)
                        words.insert(word)
                        #expect(
                            word == Chance(seed: seed).word(for: purpose, of: subject, nth: nth))
                    }
                }
            }
        }
        #expect(words.count == 8 * 2 * 32 * 32)
    }

    @Test func purposesOfTheSameNameAreEqual() {
        #expect(Chance.Purpose("boot") == Self.boot)
        #expect(Self.pull != Self.boot)
    }

    /// The four ways in which neighbouring draws can be neighbours.
    enum Walk: CaseIterable { case seeds, subjects, numbers, both }

    private func word(_ index: UInt64, _ walk: Walk, from start: UInt64) -> UInt64 {
        switch walk {
        case .seeds: Chance(seed: start + index).word(for: Self.boot, of: 1)
        case .subjects: Chance(seed: start).word(for: Self.boot, of: index)
        case .numbers: Chance(seed: start).word(for: Self.boot, of: 1, nth: index)
        case .both: Chance(seed: start).word(for: Self.boot, of: index % 100, nth: index / 100)
        }
    }

    @Test(arguments: Walk.allCases, [UInt64(0), 1, 42, 1 << 63])
    func drawsAreUniform(walk: Walk, seed: UInt64) {
        // 255 degrees of freedom: mean 255, deviation 22.6; 370 is five deviations away.
        var low = [Int](repeating: 0, count: 256)
        var high = low
        let draws = 51_200
        for index in 0..<UInt64(draws) {
            let word = word(index, walk, from: seed)
            low[Int(word & 255)] += 1
            high[Int(word >> 56)] += 1
        }
        for counts in [low, high] {
            let expected = Double(draws) / 256
            let square = counts.reduce(0) { $0 + pow(Double($1) - expected, 2) / expected }
            #expect((150...370).contains(square))
        }
    }

    @Test(arguments: Walk.allCases, [UInt64(0), 42])
    func neighbouringDrawsAreIndependent(walk: Walk, seed: UInt64) {
        var counts = [Int](repeating: 0, count: 256)
        let draws = 51_200
        for index in 0..<UInt64(draws) {
            let one = word(index, walk, from: seed) >> 60
            let next = word(index + 1, walk, from: seed) >> 60
            counts[Int(one << 4 | next)] += 1
        }
        let expected = Double(draws) / 256
        let square = counts.reduce(0) { $0 + pow(Double($1) - expected, 2) / expected }
        #expect((150...370).contains(square))
    }

    @Test func unitsLieBetweenZeroAndOne() {
        let units = (0..<10_000).map { Chance(seed: 1).unit(for: Self.boot, of: $0) }
        #expect(units.allSatisfy { 0 <= $0 && $0 < 1 })
        #expect(abs(units.reduce(0, +) / 10_000 - 0.5) < 0.02)
    }

    @Test(arguments: [1, 2, 3, 7, 1000])
    func wholeNumbersAreUniform(bound: Int) {
        var counts: [Int: Int] = [:]
        let draws = UInt64(200 * bound)
        for subject in 0..<draws {
            counts[Chance(seed: 3).whole(below: bound, for: Self.pull, of: subject), default: 0] +=
                1
        }
        #expect(counts.keys.sorted() == Array(0..<bound))
        #expect(counts.values.allSatisfy { (120...290).contains($0) })
    }

    @Test func whatIsCertainHappensAndWhatIsImpossibleDoesNot() {
        let chance = Chance(seed: 5)
        #expect((0..<1000).allSatisfy { chance.happens(1, for: Self.boot, of: $0) })
        #expect(!(0..<1000).contains { chance.happens(0, for: Self.boot, of: $0) })
        let third = (0..<9000).filter { chance.happens(1.0 / 3, for: Self.boot, of: $0) }
        #expect((2800...3200).contains(third.count))
        #expect(third.allSatisfy { chance.happens(0.5, for: Self.boot, of: $0) })
    }

    @Test func aSavedAndLoadedChanceDrawsTheSame() throws {
        #expect(try json(Chance(seed: .max)) == #"{"seed":18446744073709551615}"#)
        #expect(try reloaded(Chance(seed: .max)) == Chance(seed: .max))
    }
}
