import Simulation

// The loop of peers/timeline.c over Drydock's `Timeline`: the same words, delays, payload and
// checksum, the same order of calls, the same lines of output. The header of that file is the
// description of both.
//
//     timeline-bench [N[:OPERATIONS] ...]

struct Payload: Sendable, BitwiseCopyable {
    var kind: UInt32
    var id: UInt32
    var first: UInt64
    var second: UInt64
}

struct Queue {
    var timeline = Timeline<Payload>()
    var scheduled: UInt64 = 0
    var random: UInt64 = 42

    mutating func nextWord() -> UInt64 {
        random &+= 0x9E37_79B9_7F4A_7C15
        var z = random
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    func delay(_ word: UInt64) -> Duration {
        let octave = UInt64((word | 1 << 30).trailingZeroBitCount)
        return Duration(nanoseconds: Int64(1 + (octave << 33) + (word >> 31)))
    }

    mutating func schedule() {
        let order = scheduled
        scheduled += 1
        let word = nextWord()
        let payload = Payload(
            kind: UInt32(order & 15), id: UInt32(truncatingIfNeeded: order), first: word,
            second: UInt64(timeline.now.sinceStart.nanoseconds))
        timeline.schedule(payload, after: delay(word))
    }
}

/// Plays one round and returns the seconds the operations took.
func play(size: Int, operations: Int) -> (seconds: Double, checksum: UInt64) {
    var queue = Queue()
    for _ in 0..<size { queue.schedule() }

    var sum: UInt64 = 0
    let clock = ContinuousClock()
    let start = clock.now
    for _ in 0..<operations {
        guard let it = queue.timeline.next(until: .never) else { break }
        sum = sum &* 6_364_136_223_846_793_005 &+ (it.first ^ it.second)
        sum = sum &+ UInt64(it.kind) &+ UInt64(it.id)
        queue.schedule()
    }
    let took = (clock.now - start).components
    return (Double(took.seconds) + Double(took.attoseconds) * 1e-18, sum)
}

func measure(size: Int, operations: Int) {
    let rounds = (0..<3).map { _ in play(size: size, operations: operations) }
    let best = rounds.map(\.seconds).min()!
    let digits = String(rounds[0].checksum, radix: 16)
    let checksum = String(repeating: "0", count: 16 - digits.count) + digits
    print(size, Int(Double(operations) / best + 0.5), checksum)
}

let usual = [100: 25_000_000, 10_000: 12_000_000]
let arguments = CommandLine.arguments.dropFirst()
for argument in arguments.isEmpty ? ["100", "10000", "1000000"] : Array(arguments) {
    let parts = argument.split(separator: ":", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { Int($0) }.filter { $0 > 0 }
    guard numbers.count == parts.count, numbers.count <= 2, let size = numbers.first else {
        print("usage: timeline-bench [N[:OPERATIONS] ...]")
        break
    }
    measure(size: size, operations: numbers.count > 1 ? numbers[1] : usual[size] ?? 3_000_000)
}
