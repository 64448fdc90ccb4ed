import Simulation

/// How a program behaves, as labels of its image say it. docs/image-labels.md describes them.
extension AppProfile {
    /// A label that makes no sense, in a sentence for whoever wrote it.
    public struct LabelFailure: Error, Hashable, Sendable, CustomStringConvertible {
        public let description: String
    }

    enum Label: String, CaseIterable {
        case version = "org.opencontainers.image.version"
        case boot = "drydock.boot"
        case memory = "drydock.memory"
        case port = "drydock.port"
        case status = "drydock.status"
        case health = "drydock.health"
        case body = "drydock.body"
        case exit = "drydock.exit"
        case crash = "drydock.crash"
    }

    /// Every label that it takes to describe the profile.
    public var labels: [String: String] {
        var labels: [Label: String] = [
            .boot: "\(bootCPUSeconds)", .memory: "\(memoryMebibytes)",
            .status: page.asLabel, .health: check.asLabel,
            .exit: exitsAfterTerm?.asLabel ?? "never",
        ]
        labels[.version] = version
        labels[.port] = port.map(String.init)
        labels[.body] = body
        labels[.crash] = crash.map { "\($0.exitCode) after \($0.after.asLabel)" }
        return [String: String](uniqueKeysWithValues: labels.map { ($0.rawValue, $1) })
    }

    /// Reads the labels of an image. Those that are not Drydock's are passed over, and what no
    /// label says is as in `AppProfile()`.
    public init(labels: [String: String]) throws(LabelFailure) {
        self.init()
        for (key, value) in labels.sorted(by: { $0.key < $1.key }) {
            guard let label = Label(rawValue: key) else {
                guard key.hasPrefix("drydock.") else { continue }
                throw LabelFailure(
                    description:
                        "The label \(key) is not one that Drydock knows; docs/image-labels.md "
                        + "lists them.")
            }
            try read(label, value)
        }
    }

    private mutating func read(_ label: Label, _ value: String) throws(LabelFailure) {
        func refused(_ wanted: String) -> LabelFailure {
            LabelFailure(
                description: "The label \(label.rawValue) should be \(wanted), not "
                    + "\(value.quotedAsJSON).")
        }
        switch label {
        case .version: version = value
        case .body: body = value
        case .boot:
            guard let seconds = Double(label: value) else {
                throw refused("a number of seconds such as 25 or 2.5")
            }
            bootCPUSeconds = seconds
        case .memory:
            guard let mebibytes = Int(label: value, in: 1...1_048_576) else {
                throw refused("a whole number of MiB such as 256")
            }
            memoryMebibytes = mebibytes
        case .port:
            guard let number = Int(label: value, in: 1...65_535) else {
                throw refused("a port from 1 to 65535")
            }
            port = number
        case .status, .health:
            guard let answer = Network.Answer(label: value) else {
                throw refused("an HTTP status such as 200, or one with a time, 200 after 20ms")
            }
            if label == .status { page = answer } else { check = answer }
        case .exit:
            let time = Duration(label: value)
            guard time != nil || value == "never" else {
                throw refused("a time such as 2s or 500ms, or never")
            }
            exitsAfterTerm = time
        case .crash:
            guard let (code, time) = value.splitAtAfter, let code = Int(label: code, in: 0...255),
                let time = Duration(label: time)
            else { throw refused("an exit code and a time such as 1 after 30s") }
            crash = Crash(after: time, exitCode: code)
        }
    }
}

extension Network.Answer {
    fileprivate var asLabel: String { "\(status) after \(after.asLabel)" }

    /// Without a time it is the usual one.
    fileprivate init?(label: String) {
        let (first, time) = label.splitAtAfter ?? (label[...], "20ms")
        guard let status = Int(label: first, in: 100...599), let after = Duration(label: time)
        else {
            return nil
        }
        self.init(status: status, after: after)
    }
}

extension String {
    fileprivate var splitAtAfter: (Substring, Substring)? {
        let words = split(separator: " ")
        return words.count == 3 && words[1] == "after" ? (words[0], words[2]) : nil
    }
}

extension Int {
    /// Decimal digits only.
    fileprivate init?(label: some StringProtocol, in range: ClosedRange<Int>) {
        guard label.utf8.allSatisfy({ 48...57 ~= $0 }), let number = Int(label),
            range.contains(number)
        else { return nil }
        self = number
    }
}

extension Double {
    /// Not negative, and written as a number, not as `inf` or in hexadecimal.
    fileprivate init?(label: String) {
        guard let first = label.utf8.first, 48...57 ~= first,
            label.utf8.allSatisfy({ 48...57 ~= $0 || ".e+-".utf8.contains($0) }),
            let number = Double(label), number.isFinite
        else { return nil }
        self = number
    }
}

extension Duration {
    fileprivate var asLabel: String {
        let (milliseconds, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000)
        return rest == 0 && milliseconds < 1000 ? "\(milliseconds)ms" : "\(decimalSeconds)s"
    }

    /// `2s`, `1.5s`, `20ms` or `2`, which are seconds; down to a nanosecond.
    fileprivate init?(label: some StringProtocol) {
        let isMilliseconds = label.hasSuffix("ms")
        let unit: Int64 = isMilliseconds ? 1_000_000 : 1_000_000_000
        let number = label.dropLast(isMilliseconds ? 2 : label.hasSuffix("s") ? 1 : 0)
        let parts = number.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count),
            parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { 48...57 ~= $0 } }),
            let whole = Int64(parts[0]), whole <= 1_000_000_000
        else { return nil }
        var nanoseconds = whole * unit
        guard parts.count == 2 else {
            self.init(nanoseconds: nanoseconds)
            return
        }
        var place = unit
        for digit in parts[1].utf8 {
            place /= 10
            nanoseconds += place * Int64(digit - 48)
        }
        self.init(nanoseconds: nanoseconds)
    }
}
