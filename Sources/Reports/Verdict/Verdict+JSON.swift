import Experiments
import Simulation

extension Verdict {
    /// The verdict for programs; docs/exec.md has its members. Ends with a line break.
    package func json() -> String {
        JSON.object([
            "command": .array(command.map(JSON.string)),
            "status": .number(String(exitStatus)),
            "ending": ending.asJSON,
            "account": .string(account), "region": .string(region),
            "seed": .number(String(seed)), "startedFrom": .string(startedFrom),
            "deployments": .array(deployments.map(\.asJSON)),
            "listeners": .array(listeners.map(\.asJSON)),
            "findings": .array(findings.map(\.asJSON)),
            "assertions": .array(assertions.map(\.asJSON)),
            "calls": .array(calls.map(\.asJSON)),
            "omittedCalls": .number(String(omittedCalls)),
            "lacking": .array(lacking.map { .string("\($0.service) \($0.operation)") }),
            "elsewhere": .array(
                strays.map {
                    .object([
                        "host": .string($0.host), "port": .number(String($0.port)),
                        "count": .number(String($0.count)),
                    ])
                }),
            "assumed": .array(
                assumed.map { .object(["kind": .string($0.kind), "name": .string($0.name)]) }),
            "requests": .object([
                "count": .number(String(requests.count)),
                "failed": .number(String(requests.failed)),
            ]),
            "notes": .array(notes.map { .string($0.english) }),
            "percentiles": percentiles?.asJSON ?? .null,
            "emulatorSeconds": .number(spent.emulatorSeconds.decimals(3)),
            "wholeSeconds": .number(spent.wholeSeconds.decimals(3)),
        ]).text()
    }
}

extension Verdict.Ending {
    fileprivate var asJSON: JSON {
        switch self {
        case .exited(let status): .object(["exited": .number(String(status))])
        case .signalled(let signal): .object(["signalled": .number(String(signal))])
        case .interrupted(let signal): .object(["interrupted": .number(String(signal))])
        }
    }
}

extension Verdict.Deployment {
    fileprivate var asJSON: JSON {
        guard case .object(let members) = result.asJSON else { return .null }
        return .object(members + [.init(key: "first", value: isFirst ? .true : .false)])
    }
}

extension Verdict.Listener {
    fileprivate var asJSON: JSON {
        .object([
            "loadBalancer": .string(name), "port": .number(String(port)),
            "bothVersions": both.asJSON, "noVersion": none.asJSON,
        ])
    }
}

extension Finding {
    fileprivate var asJSON: JSON {
        .object([
            "name": .string(name), "title": .string(title.english),
            "evidence": .string(evidence.english), "remedy": .string(remedy.english),
            "calls": .array(calls.map { .number(String($0)) }),
        ])
    }
}

extension Verdict.Assertion {
    fileprivate var asJSON: JSON {
        .object([
            "text": .string(text), "holds": holds ? .true : .false, "values": .string(values),
        ])
    }
}

extension Verdict.Call {
    fileprivate var asJSON: JSON {
        .object([
            "number": .number(String(number)), "at": .number(at.seconds3),
            "took": .number(took.seconds3), "service": .string(service),
            "operation": .string(operation), "region": .string(region),
            "profile": profile.map(JSON.string) ?? .null, "waiter": isWaiting ? .true : .false,
            "outcome": .string(outcome.rawValue), "code": code.map(JSON.string) ?? .null,
            "message": message.map(JSON.string) ?? .null, "count": .number(String(count)),
        ])
    }
}

extension Verdict.Percentiles {
    fileprivate var asJSON: JSON {
        .object([
            "seeds": .number(String(seeds)),
            "outcomes": .object(
                outcomes.map { .init(key: $0.outcome, value: .number(String($0.count))) }),
            "measures": .object(
                rows.map { row in
                    .init(
                        key: row.name,
                        value: .object([
                            "least": .number(row.least.decimals(6)),
                            "median": .number(row.median.decimals(6)),
                            "p95": .number(row.p95.decimals(6)),
                            "most": .number(row.most.decimals(6)),
                        ]))
                }),
        ])
    }
}
