import Simulation

/// Numbers with units, as people write them.
enum Quantity {
    /// A decimal number that is not negative, in billionths: `"1.5"` gives 1500000000.
    ///
    /// Whole digits only, so that nothing is lost on the way: no exponents, no `1_000`.
    ///
    /// - Returns: `nil` for anything else, and beyond nine digits on either side of the point.
    static func billionths(_ text: some StringProtocol) -> Int64? {
        let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let (whole, rest) = (parts[0], parts.count == 2 ? parts[1] : "")
        guard whole.utf8.count <= 9, rest.utf8.count <= 9, !(whole.isEmpty && rest.isEmpty),
            whole.utf8.allSatisfy({ 48...57 ~= $0 }), rest.utf8.allSatisfy({ 48...57 ~= $0 })
        else { return nil }
        let decimals = rest + String(repeating: "0", count: 9 - rest.utf8.count)
        return (Int64(whole) ?? 0) * 1_000_000_000 + (Int64(decimals) ?? 0)
    }

    /// Splits `"1.5 s"` and `"1.5s"` into a number and a unit.
    static func split(_ text: String) -> (number: Substring, unit: String) {
        let number = text.prefix { $0.isNumber || $0 == "." || $0 == "-" }
        let unit = text[number.endIndex...].filter { $0 != " " }
        return (number, unit)
    }
}

extension ScenarioValue {
    /// Nothing in a scenario takes longer than this.
    static let longest = Duration.hours(7 * 24)

    func whole(_ range: ClosedRange<Int>) throws(ScenarioProblem) -> Int {
        guard case .text(let text) = node.content, text.utf8.count <= 12, let number = Int(text),
            range.contains(number)
        else { throw mustBe("a whole number from \(range.lowerBound) to \(range.upperBound)") }
        return number
    }

    func decimal(_ range: ClosedRange<Double>) throws(ScenarioProblem) -> Double {
        guard case .text(let text) = node.content, let billionths = Quantity.billionths(text),
            range.contains(Double(billionths) / 1e9)
        else { throw mustBe("a number from \(range.lowerBound) to \(range.upperBound)") }
        return Double(billionths) / 1e9
    }

    /// `30s`, `1.5 s`, `2m`, `500ms`, `1h`; a number without a unit counts seconds.
    func duration() throws(ScenarioProblem) -> Duration {
        let example = "a duration, such as 30s, 1.5s, 500ms or 2m"
        guard case .text(let text) = node.content else { throw mustBe(example) }
        let (number, unit) = Quantity.split(text)
        guard !number.hasPrefix("-") else {
            throw problem("\(path) is \"\(text.prefix(40))\", and no duration is negative.")
        }
        guard let billionths = Quantity.billionths(number) else { throw mustBe(example) }
        // In millionths of the unit times its nanoseconds: at most 1e18 / 1e3 * 3.6e6 < 2^63.
        let factor: Int64
        switch unit {
        case "ms": factor = 1_000_000
        case "", "s", "sec", "second", "seconds": factor = 1_000_000_000
        case "m", "min", "minute", "minutes": factor = 60_000_000_000
        case "h", "hour", "hours": factor = 3_600_000_000_000
        default:
            throw problem(
                "\(path) is \"\(text.prefix(40))\", and \"\(unit.prefix(20))\" is no unit of time. "
                    + "The units are ms, s, m and h.")
        }
        let (whole, rest) = billionths.quotientAndRemainder(dividingBy: 1_000_000_000)
        let (nanoseconds, overflow) = whole.multipliedReportingOverflow(by: factor)
        let part = Int64(Double(rest) / 1e9 * Double(factor) + 0.5)
        guard !overflow, nanoseconds <= Self.longest.nanoseconds - part else {
            throw problem(
                "\(path) is \"\(text.prefix(40))\", which is more than Drydock plays: seven days.")
        }
        return Duration(nanoseconds: nanoseconds + part)
    }

    /// The same where AWS counts whole seconds.
    func wholeSeconds(_ range: ClosedRange<Int>) throws(ScenarioProblem) -> Duration {
        let duration = try duration()
        guard duration.nanoseconds % 1_000_000_000 == 0,
            range.contains(Int(duration.nanoseconds / 1_000_000_000))
        else {
            throw mustBe(
                "a whole number of seconds, from \(range.lowerBound) to \(range.upperBound)")
        }
        return duration
    }

    /// A whole number of MiB: `512`, `180 MiB`, `0.5 GB`. A GB is 1024 MiB, as ECS has it.
    func mebibytes() throws(ScenarioProblem) -> Int {
        let example = "an amount of data, such as 180 MiB or 0.5 GB"
        guard case .text(let text) = node.content else { throw mustBe(example) }
        let (number, unit) = Quantity.split(text)
        guard let billionths = Quantity.billionths(number) else { throw mustBe(example) }
        var mebibytes = Double(billionths) / 1e9
        switch unit.lowercased() {
        case "", "mib": break
        case "gib", "gb": mebibytes *= 1024
        default:
            throw problem(
                "\(path) is \"\(text.prefix(40))\", and \"\(unit.prefix(20))\" is no unit of data. "
                    + "The units are MiB and GB, which is 1024 MiB.")
        }
        guard (1...1_048_576).contains(mebibytes), mebibytes == Double(Int(mebibytes)) else {
            throw mustBe("a whole number of MiB, from 1 to 1048576")
        }
        return Int(mebibytes)
    }

    /// CPU in units of 1/1024 vCPU: `256`, or `0.25 vCPU`.
    func cpuUnits() throws(ScenarioProblem) -> Int {
        let example = "an amount of CPU, such as 256 or 0.25 vCPU"
        guard case .text(let text) = node.content else { throw mustBe(example) }
        let (number, unit) = Quantity.split(text)
        guard let billionths = Quantity.billionths(number), billionths > 0 else {
            throw mustBe(example)
        }
        var units = Double(billionths) / 1e9
        switch unit.lowercased() {
        case "": break
        case "vcpu", "vcpus": units *= 1024
        default: throw mustBe(example)
        }
        guard units <= 1_000_000, units == Double(Int(units)) else { throw mustBe(example) }
        return Int(units)
    }

    /// One number, or the first and the last of several: `8080`, `200-399`.
    func wholes(_ range: ClosedRange<Int>) throws(ScenarioProblem) -> ClosedRange<Int> {
        let example = "a number or a range, such as \(range.lowerBound)-\(range.upperBound)"
        guard case .text(let text) = node.content else { throw mustBe(example) }
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map {
            $0.drop { $0 == " " }
        }
        let numbers = parts.compactMap { part in
            let digits = part.prefix { $0.isASCII && $0.isNumber }
            let rest = part[digits.endIndex...].allSatisfy { $0 == " " }
            return rest && digits.count <= 9 ? Int(digits) : nil
        }
        guard numbers.count == parts.count, (1...2).contains(numbers.count),
            let first = numbers.first, let last = numbers.last, first <= last,
            range.contains(first), range.contains(last)
        else { throw mustBe(example) }
        return first...last
    }
}
