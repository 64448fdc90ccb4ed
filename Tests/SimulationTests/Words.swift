import Foundation

@testable import Simulation

/// A row of random words for a test, so that a seed is all it takes to repeat a failure.
struct Words: RandomNumberGenerator {
    let seed: UInt64
    var drawn: UInt64 = 0

    init(seed: UInt64) { self.seed = seed }

    mutating func next() -> UInt64 {
        drawn += 1
        return Mixing.word(drawn, of: seed)
    }

    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}

/// What is left of a value after it was saved and loaded.
func reloaded<Value: Codable>(_ value: Value) throws -> Value {
    try JSONDecoder().decode(Value.self, from: JSONEncoder().encode(value))
}

func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return String(decoding: try encoder.encode(value), as: UTF8.self)
}
