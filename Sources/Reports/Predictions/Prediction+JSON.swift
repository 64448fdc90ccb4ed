import Drawing
import Experiments
import Simulation

extension Prediction {
    /// What was predicted, for programs; docs/predict.md has its members. Ends with a line break.
    public func json() -> String {
        JSON.object([
            "service": .string(service), "cluster": .string(cluster),
            "account": .string(place.account), "region": .string(place.region),
            "now": .number(now.seconds3),
            "underWay": underWay.map(JSON.string) ?? .null,
            "by": .string(by.rawValue),
            "seed": .number(String(seed)), "trials": .number(String(trials)),
            "changes": .array(
                changes.map {
                    .object([
                        "key": .string($0.key), "from": $0.from.map(JSON.string) ?? .null,
                        "to": .string($0.to),
                    ])
                }),
            "current": current.asJSON,
            "changed": changed?.asJSON ?? .null,
            "differences": differences?.measures ?? .null,
        ]).text()
    }
}

extension Prediction.Side {
    fileprivate var asJSON: JSON {
        .object([
            "newVersion": newVersion?.asJSON ?? .null,
            "outcomes": .object(
                outcomes.map {
                    .init(key: $0.outcome.rawValue, value: .number(String($0.count)))
                }),
            "measures": measures,
        ])
    }

    /// What never came, and what nobody asks for, is `null`.
    fileprivate var measures: JSON {
        .object(
            Prediction.Measure.allCases.map { measure in
                .init(
                    key: measure.rawValue,
                    value: self[measure].map { values in
                        .object([
                            "trials": .number(String(values.count)),
                            "least": .number(values.least.decimals(6)),
                            "p5": .number(values.p5.decimals(6)),
                            "median": .number(values.median.decimals(6)),
                            "p95": .number(values.p95.decimals(6)),
                            "most": .number(values.most.decimals(6)),
                        ])
                    } ?? .null)
            })
    }
}

extension Prediction.NewVersion {
    fileprivate var asJSON: JSON {
        let (kind, name): (String, String?) =
            switch self {
            case .waiting(let name): ("waiting", name)
            case .copy(let name): ("copy", name)
            case .missing(let name): ("missing", name)
            case .elsewhere: ("elsewhere", nil)
            }
        return .object(["kind": .string(kind), "name": name.map(JSON.string) ?? .null])
    }
}
