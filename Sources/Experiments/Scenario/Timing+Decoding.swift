import Cloud
import Simulation

extension Timing {
    init(_ value: ScenarioValue?) throws(ScenarioProblem) {
        self.init()
        guard let value else { return }
        let known =
            Self.spreads.map(\.name) + Self.durations.map(\.name) + Self.shares.map(\.name)
            + Self.choices.map(\.name) + ["startBackoff"]
        let fields = try value.fields(known)
        for (name, path) in Self.spreads {
            if let value = fields[name] { self[keyPath: path] = try Spread(value) }
        }
        for (name, path) in Self.durations {
            if let value = fields[name] { self[keyPath: path] = try value.duration() }
        }
        for (name, path) in Self.shares {
            if let value = fields[name] { self[keyPath: path] = try value.decimal(0...1) }
        }
        for (name, path) in Self.choices {
            if let value = fields[name] { self[keyPath: path] = try value.truth() }
        }
        if let value = fields["startBackoff"] {
            startBackoff = []
            for wait in try value.list() { startBackoff.append(try wait.duration()) }
        }
    }
}

extension Spread {
    private static let kinds = [
        "always", "between", "triangular", "normal", "logNormal", "empirical",
    ]

    /// A duration alone, or one of the kinds with what it needs: `{between: [10s, 18s]}`.
    init(_ value: ScenarioValue) throws(ScenarioProblem) {
        if case .text = value.node.content {
            self = .always(try value.duration())
            return
        }
        let fields = try value.fields(Self.kinds)
        let found = Self.kinds.filter { fields[$0] != nil }
        guard found.count == 1, let kind = found.first, let inner = fields[kind] else {
            throw value.mustBe("a duration, or one of \(Self.kinds.joined(separator: ", "))")
        }
        self = try Self.read(kind, inner)
        if let problem = problem() { throw value.problem("\(value.path): \(problem)") }
    }

    private static func read(
        _ kind: String, _ value: ScenarioValue
    ) throws(ScenarioProblem) -> Spread {
        switch kind {
        case "always":
            return .always(try value.duration())
        case "between":
            let ends = try durations(value)
            guard ends.count == 2 else { throw value.mustBe("a list of two: [10s, 18s]") }
            return .between(ends[0], ends[1])
        case "triangular":
            let fields = try value.fields(["low", "high", "mode"])
            return .triangular(
                low: try fields.needed("low", such: "9s").duration(),
                high: try fields.needed("high", such: "11s").duration(),
                mode: try fields.needed("mode", such: "10s").duration())
        case "normal":
            let fields = try value.fields(["mean", "deviation", "from", "to"])
            return .normal(
                mean: try fields.needed("mean", such: "10s").duration(),
                deviation: try fields.needed("deviation", such: "2s").duration(),
                from: try fields["from"]?.duration() ?? .zero,
                to: try fields["to"]?.duration() ?? ScenarioValue.longest)
        case "logNormal":
            let fields = try value.fields(["median", "sigma", "from", "to"])
            return .logNormal(
                median: try fields.needed("median", such: "10s").duration(),
                sigma: try fields.needed("sigma", such: "0.5").decimal(0...10),
                from: try fields["from"]?.duration() ?? .zero,
                to: try fields["to"]?.duration() ?? ScenarioValue.longest)
        default:
            return .empirical(try durations(value))
        }
    }

    private static func durations(_ value: ScenarioValue) throws(ScenarioProblem) -> [Duration] {
        var durations: [Duration] = []
        for part in try value.list() { durations.append(try part.duration()) }
        return durations
    }
}
