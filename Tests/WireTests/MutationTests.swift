import Testing

@testable import Wire

/// Requests of real clients, damaged at random: whatever comes in, an answer goes out.
@Suite struct MutationTests {
    /// Small ones, in which most of the damage hits something that counts.
    private static let requests = KeptExchanges.all.map { $0.wireRequest(isText: true) }
        .filter { $0.body.count < 3000 }

    @Test(arguments: UInt64(0)..<20) func damagedRequestsAreAnswered(seed: UInt64) {
        var dice = Dice(state: seed)
        for _ in 0..<500 {
            var request = Self.requests[dice.roll(Self.requests.count)]
            for _ in 0...dice.roll(4) { request.body = dice.damaged(request.body) }
            if dice.roll(4) == 0 {
                let index = dice.roll(request.headers.fields.count)
                let value = dice.damaged(Array(request.headers.fields[index].value.utf8))
                request.headers.fields[index].value = String(decoding: value, as: UTF8.self)
            }
            if dice.roll(4) == 0 {
                request.query = String(decoding: dice.damaged(request.body), as: UTF8.self)
            }
            let response = answer(to: request)
            #expect([200, 400, 404, 413, 415, 500, 501].contains(response.status))
            #expect(response.status != 500 || response.text.contains("is required"))
            _ = try? request.verifySignature(at: SignatureTests.now) { _ in exampleSecret }
        }
    }
}

/// Chance for tests: the same seed, the same numbers. (SplitMix64.)
struct Dice {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }

    mutating func roll(_ sides: Int) -> Int { Int(next() % UInt64(max(sides, 1))) }

    /// Signs with a meaning in one of the languages, and some that mean nothing.
    private static let pieces: [[UInt8]] =
        [
            "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u", "\\ud800", "null", "true", "-",
            "1e999", ".", "&",
            "=", "%", "%f", "+", ".1", ".member.1", ".member.-1", "&A.B.C=1",
            "999999999999999999999", "\0",
            "e5",
        ].map { Array($0.utf8) } + [[0xFF], [0xC3], [0xED, 0xA0, 0x80], []]

    mutating func damaged(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        let start = roll(bytes.count + 1)
        let end = start + roll(min(bytes.count - start, 40) + 1)
        switch roll(5) {
        case 0: bytes.replaceSubrange(start..<end, with: Self.pieces[roll(Self.pieces.count)])
        case 1: bytes.insert(contentsOf: Self.pieces[roll(Self.pieces.count)], at: start)
        case 2: bytes.insert(contentsOf: bytes[start..<end], at: roll(bytes.count + 1))
        case 3: if start < bytes.count { bytes[start] ^= 1 << UInt8(roll(8)) }
        default: bytes.removeSubrange(start..<end)
        }
        return bytes
    }
}
