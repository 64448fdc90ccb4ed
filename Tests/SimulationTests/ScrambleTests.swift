import Testing

@testable import Simulation

@Suite struct ScrambleTests {
    @Test(arguments: [1, 2, 3, 8, 11, 17, 32, 52, 63, 64], [UInt64(0), 1, 42])
    func everyNumberComesBack(bits: Int, seed: UInt64) {
        let scramble = Scramble(seed: seed)
        let mask = UInt64.max >> UInt64(64 - bits)
        var words = Words(seed: seed)
        for number in UInt64(0)..<500 {
            for word in [number & mask, mask - (number & mask), words.next() & mask] {
                let id = scramble.forward(word, kind: number % 5, bits: bits)
                #expect(id <= mask)
                #expect(scramble.backward(id, kind: number % 5, bits: bits) == word)
            }
        }
    }

    @Test(arguments: UInt64(0)..<20)
    func eightBitsAreReordered(seed: UInt64) {
        let ids = (UInt64(0)..<256).map {
            Scramble(seed: seed).forward($0, kind: seed, bits: 8)
        }
        #expect(ids.sorted() == Array(0..<256))
        #expect(ids != ids.sorted())
    }

    @Test func kindsSeedsAndWidthsDiffer() {
        var ids: Set<UInt64> = []
        for seed in UInt64(0)..<10 {
            for kind in UInt64(0)..<10 {
                for bits in 60...64 {
                    ids.insert(Scramble(seed: seed).forward(1, kind: kind, bits: bits))
                }
            }
        }
        #expect(ids.count == 500)
    }

    /// A neighbour's id differs in about half of the bits, in any position.
    @Test(arguments: [32, 63, 64])
    func neighboursLookUnrelated(bits: Int) {
        let scramble = Scramble(seed: 0)
        var flips = [Int](repeating: 0, count: bits)
        for number in UInt64(0)..<2000 {
            let one = scramble.forward(number, kind: 1, bits: bits)
            let next = scramble.forward(number + 1, kind: 1, bits: bits)
            for bit in 0..<bits where (one ^ next) >> UInt64(bit) & 1 == 1 { flips[bit] += 1 }
        }
        #expect(flips.allSatisfy { (800...1200).contains($0) })
    }

    /// Recorded once: another value here gives every saved thing another name.
    @Test func idsAreWhatTheyAlwaysWere() {
        #expect(Scramble(seed: 1).forward(0, kind: 0, bits: 64) == 0xAFE9_3FDA_141D_5AAE)
        #expect(Scramble(seed: 1).forward(7, kind: 3, bits: 63) == 0x7BB8_9B53_5E54_8B0C)
    }
}
