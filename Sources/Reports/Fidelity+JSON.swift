import Drawing
import Experiments
import Simulation

extension Fidelity {
    /// The same for programs. Seconds have at most three decimals; percentiles are shares from 0
    /// to 1. A moment that does not come in the model is `null`. Ends with a line break.
    public func json() -> String {
        JSON.object([
            "seeds": .number(String(seeds)),
            "moments": .number(String(count)),
            "within": .number(String(within)),
            "steps": .number(String(steps)),
            "stepsWithin": .number(String(stepsWithin)),
            "rows": .array(rows.map(\.asJSON)),
        ]).text()
    }
}

extension Fidelity.Row {
    fileprivate var asJSON: JSON {
        var (at, bound): (Duration?, Duration?) = (nil, nil)
        switch time {
        case .at(let time): at = time
        case .notBefore(let time): bound = time
        }
        return .object([
            "trace": .string(trace),
            "source": .string(source),
            "measured": isMeasured ? .true : .false,
            "moment": .string(moment.description),
            "at": at.asJSON,
            "notBefore": bound.asJSON,
            "p5": low.asJSON,
            "p50": median.asJSON,
            "p95": high.asJSON,
            "percentile": .number(percentile.decimals(4)),
            "stepPercentile": stepPercentile.map { .number($0.decimals(4)) } ?? .null,
            "within": isWithin ? .true : .false,
            "why": why.map(JSON.string) ?? .null,
        ])
    }
}
