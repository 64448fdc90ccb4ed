/// The pairs of CPU and memory that a Fargate task can have.
///
/// Source: measured against the live API on 2026-08-15 and equal to the documentation; ecs.md
/// section 6.
enum FargateSize {
    /// MiB by CPU units.
    static let memories: [(cpu: Int, mebibytes: [Int])] = [
        (256, [512, 1024, 2048]),
        (512, Array(stride(from: 1024, through: 4096, by: 1024))),
        (1024, Array(stride(from: 2048, through: 8192, by: 1024))),
        (2048, Array(stride(from: 4096, through: 16384, by: 1024))),
        (4096, Array(stride(from: 8192, through: 30720, by: 1024))),
        (8192, Array(stride(from: 16384, through: 61440, by: 4096))),
        (16384, Array(stride(from: 32768, through: 122880, by: 8192))),
    ]

    static func exists(cpu: Int, mebibytes: Int) -> Bool {
        memories.contains { $0.cpu == cpu && $0.mebibytes.contains(mebibytes) }
    }

    /// Reads `"256"`, `"0.25 vCPU"`, `".25 vcpu"` as CPU units. Source: ecs.md section 5.15.
    static func cpuUnits(_ text: String) -> Int? {
        if let number = number(text, unit: "vcpu") { return whole(number * 1024) }
        return Int(text.filter { $0 != " " })
    }

    /// Reads `"512"`, `"1GB"`, `"0.5 GB"` as MiB.
    static func mebibytes(_ text: String) -> Int? {
        if let number = number(text, unit: "gb") { return whole(number * 1024) }
        return Int(text.filter { $0 != " " })
    }

    private static func number(_ text: String, unit: String) -> Double? {
        let word = text.filter { $0 != " " }.lowercased()
        guard word.hasSuffix(unit) else { return nil }
        let digits = word.dropLast(unit.utf8.count)
        return Double(digits.hasPrefix(".") ? "0\(digits)" : String(digits))
    }

    private static func whole(_ number: Double) -> Int? {
        guard number > 0, number < 1e9, Double(Int(number)) == number else { return nil }
        return Int(number)
    }
}
