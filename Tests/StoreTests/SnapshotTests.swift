import Testing

@testable import Store

@Suite struct SnapshotTests {
    struct Everything: Codable, Equatable {
        enum Kind: Codable, Equatable { case plain, with(number: Int, String), nested([Kind]) }

        var int = -5
        var small: UInt8 = 200
        var large = UInt64.max
        var least = Int64.min
        var double = 0.1
        var text = "Grüße"
        var long = String(repeating: "x", count: 1000)
        var list = [1, 2, 300_000]
        var nothing: Int?
        var something: Int? = 7
        var kinds: [Kind] = [
            .plain, .with(number: 1, "a"), .nested([.plain, .with(number: -1, "")]),
        ]
        var names = ["a": 1]
        var empty = Empty()
        var optionals: [Int?] = [nil, 1]
        var flag = true
    }

    struct Empty: Codable, Equatable {}

    @Test func whatIsWrittenIsRead() throws {
        let value = Everything()
        let bytes = try SnapshotEncoder.encode(value)
        #expect(try SnapshotDecoder.decode(Everything.self, from: bytes) == value)
        #expect(try SnapshotEncoder.encode(value) == bytes)
    }

    @Test func membersAreFoundByName() throws {
        struct Old: Codable {
            var gone = [1, 2, 3]
            var kept = "yes"
            var later = 2
        }
        struct New: Codable {
            var later: Int
            var kept: String
            var added: Int?
        }
        let read = try SnapshotDecoder.decode(New.self, from: SnapshotEncoder.encode(Old()))
        #expect(read.later == 2 && read.kept == "yes" && read.added == nil)
    }

    /// Whatever is cut off or turned into something else is an error or another value, never a
    /// trap.
    @Test(arguments: UInt64(0)..<200)
    func brokenBytesAreAnError(seed: UInt64) throws {
        var bytes = try SnapshotEncoder.encode(Everything())
        var state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1
        func next(_ limit: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(limit))
        }
        if seed % 2 == 0 {
            bytes.removeLast(1 + next(bytes.count - 1))
            #expect(throws: (any Error).self) {
                try SnapshotDecoder.decode(Everything.self, from: bytes)
            }
        } else {
            for _ in 0..<5 { bytes[next(bytes.count)] = UInt8(next(256)) }
            _ = try? SnapshotDecoder.decode(Everything.self, from: bytes)
        }
    }
}
