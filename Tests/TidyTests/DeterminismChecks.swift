/// What is computed the same everywhere and always.
private let deterministic: Set = [
    "Simulation", "CloudAPI", "Cloud", "Drawing", "Experiments", "Reports",
]

/// What nothing waits in. One file may run independent clouds side by side.
private let synchronous: Set = ["Simulation", "Cloud", "Experiments"]
private let parallelFile = "Sources/Experiments/Sweep.swift"

extension Check {
    static let determinism: [Check] = [
        Check(
            "The core asks neither the clock nor for chance.",
            never: #"(?<![.\w])(Date|UUID|ContinuousClock|SuspendingClock|clock_gettime|getenv"#
                + #"|SystemRandomNumberGenerator)\b|(\.(?:random|shuffled?|randomElement))\("#,
            what: "uses something that differs from run to run", in: isCore,
            samples: [
                core("let now = Date()"), core("let id = UUID().uuidString"),
                core("let x = Int.random(in: 0..<9)"), core("list.shuffle()"),
                core("var g = SystemRandomNumberGenerator()"),
                Sample(TextFile("Sources/Cloud/A.swift", "// Date()\nlet a = date(\"Date()\")")),
                Sample(TextFile("Sources/Server/A.swift", "let now = Date()")),
            ]),
        Check(
            "The core's hashes reach nothing: they differ in every process.",
            never: #"(\bhashValue\b|\bHasher\b(?<!hasher: inout Hasher))"#,
            what: "uses %, which differs in every process", in: isCore,
            samples: [
                core("let seed = name.hashValue"), core("var hasher = Hasher()"),
                Sample(
                    TextFile("Sources/Cloud/A.swift", "func hash(into hasher: inout Hasher) {}")),
            ]),
        Check(
            "The core uses no mathematics of the C library.",
            never: #"(?<![.\w])(?<!func )(exp|exp2|expm1|log|log2|log10|log1p|pow|sin|cos|tan|asin"#
                + #"|acos|atan|atan2|sinh|cosh|tanh|cbrt|hypot|erf|tgamma|lgamma)\((?!\w+:)"#,
            what: "uses %, whose last bit depends on the processor", in: isCore,
            samples: [
                core("let x = exp(1)"), core("let y = 2 * log(x)"),
                Sample(
                    TextFile("Sources/Cloud/A.swift", "log(of: id); a.log(b); func log(_ x: A)")),
            ]),
        Check(
            "Nothing in the core waits, locks or runs beside something else.",
            never: #"\b(await|async|Mutex|NSLock|DispatchQueue|Atomic|ManagedAtomic|withTaskGroup"#
                + #"|actor|nonisolated)\b|(?<![.\w])(?<!-> )(Task)(?:\.detached)?\s*"#
                + #"(?:\(\w+: [^)]*\)\s*)?\{"#,
            what: "waits, locks or runs beside something else",
            in: { $0.isSwift && synchronous.contains($0.target ?? "") && $0.path != parallelFile },
            samples: [
                core("let x = await y()"), core("Task { run() }"), core("Task.detached { run() }"),
                core("let lock = NSLock()"), core("actor A {}"),
                Sample(TextFile("Sources/Cloud/A.swift", "struct Task: Sendable {}")),
                Sample(TextFile("Sources/Cloud/A.swift", "func a() -> Containers.Task {}")),
                Sample(TextFile("Sources/Cloud/A.swift", "func a() -> Task {}")),
                Sample(TextFile(parallelFile, "await group.next()")),
                Sample(TextFile("Sources/Server/A.swift", "await a()")),
            ]),
    ]

    @Sendable private static func isCore(_ file: TextFile) -> Bool {
        file.isOurSwift && deterministic.contains(file.target ?? "")
    }

    /// One line of code in the core in which there is something to be found.
    private static func core(_ code: String) -> Sample {
        Sample(TextFile("Sources/Cloud/A.swift", code), finds: "Sources/Cloud/A.swift:1")
    }
}
