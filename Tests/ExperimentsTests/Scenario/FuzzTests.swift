import Testing

@testable import Experiments

/// A file that makes no sense at all is a problem like any other: nothing traps and nothing hangs.
@Suite struct FuzzTests {
    @Test(arguments: UInt64(0)..<60) func noFileMakesItTrap(seed: UInt64) throws {
        var random = SplitMix(state: seed)
        let example = try #require(Scenario.builtIn.first { $0.name == "refcard-01" })
        let original = Array(example.yaml.utf8)
        let bits: [[UInt8]] = [
            "- ", ": ", "\n", "  ", "{", "}", "[", "]", "\"", "'", "&a ", "*a", "? ", "|\n", "#",
            "!!int ", "\t", "999999999999999999999", "-1", "~", "null", "\u{FEFF}", "\0", "%YAML",
            "---\n", "...\n", ".inf", "0x7fffffffffffffff", "e308", "h", "s", "½", "service",
        ].map { Array($0.utf8) }
        for _ in 0..<25 {
            var bytes = original
            for _ in 0..<random.below(8) + 1 {
                let at = random.below(bytes.count)
                let end = min(bytes.count, at + random.below(30))
                switch random.below(5) {
                case 0: bytes.removeSubrange(at..<end)
                case 1: bytes.insert(contentsOf: bits[random.below(bits.count)], at: at)
                case 2: bytes[at] = UInt8(truncatingIfNeeded: random.next())
                case 3: bytes.insert(contentsOf: bytes[at..<end], at: random.below(bytes.count))
                default:
                    // A value in place of another one, which leaves the file well formed.
                    let rest = bytes[at...]
                    guard let colon = rest.firstIndex(of: 58),
                        let line = bytes[colon...].firstIndex(of: 10)
                    else { continue }
                    bytes.replaceSubrange(
                        (colon + 1)..<line, with: [32] + bits[random.below(bits.count)])
                }
                if bytes.isEmpty { bytes = [10] }
            }
            do {
                _ = try Scenario(yaml: String(decoding: bytes, as: UTF8.self), file: "a.yaml")
            } catch {
                #expect("\(error)".hasPrefix("a.yaml"))
                #expect(!error.sentence.contains("\n"))
            }
        }
    }

    static let monsters: [String] = {
        func lines(_ count: Int, _ line: (Int) -> String) -> String {
            (0..<count).map(line).joined()
        }
        var monsters: [String] = []
        for (part, count) in [("[", 100_000), ("{a: ", 50_000), ("- ", 100_000), ("? ", 100_000)] {
            monsters.append(String(repeating: part, count: count))
        }
        for depth in [30, 700, 2000] {
            monsters.append(lines(depth) { String(repeating: " ", count: $0) + "a:\n" })
            monsters.append(lines(depth) { _ in "[" } + lines(depth) { _ in "]" })
        }
        monsters.append(String(repeating: "a", count: 300_000))
        monsters.append("name: " + String(repeating: "a", count: 200_000))
        monsters.append("a: &a [x, x]\n" + lines(40) { "a\($0): &a [*a, *a, *a, *a]\n" })
        monsters.append("a: &a [x, x]\n" + lines(40) { _ in "? &a [*a, *a, *a, *a]\n: 1\n" })
        monsters.append("name: a\ndeploy: [" + lines(5000) { _ in "{wait: 1s}, " } + "]")
        monsters.append("name: a\nimages: {" + lines(5000) { "v\($0): , " } + "}")
        return monsters
    }()

    @Test(arguments: monsters) func noMonsterMakesItHang(yaml: String) {
        #expect(throws: ScenarioProblem.self) { try Scenario(yaml: yaml, file: "a.yaml") }
    }
}

private struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
