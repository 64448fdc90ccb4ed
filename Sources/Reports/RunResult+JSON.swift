import Drawing
import Experiments
import Simulation

extension RunResult {
    /// The result for programs, byte for byte the same on every machine.
    ///
    /// Times are seconds with at most three decimals, rounded half away from zero; each is rounded
    /// by itself, so a total may differ from the sum of its parts by a thousandth. A moment that
    /// never came is `null`. Ends with a line break.
    public func json() -> String {
        JSON.object([
            "scenario": .string(scenario),
            "seed": .number(String(seed)),
            "deployments": .array(deployments.map(\.asJSON)),
        ]).text()
    }
}

extension DeploymentResult {
    /// `{"deployments": [...]}` with the objects of `RunResult.json()`, where no run is at hand.
    public static func json(_ deployments: [DeploymentResult]) -> String {
        JSON.object(["deployments": .array(deployments.map(\.asJSON))]).text()
    }

    /// The object that it is there, in one line.
    public func json() -> String { asJSON.line() }

    var asJSON: JSON {
        .object([
            "service": .string(service),
            "strategy": .string(strategy),
            "outcome": .string(outcome.rawValue),
            "startedAt": startedAt.asJSON,
            "firstAnswerNew": firstAnswerNew.asJSON,
            "lastAnswerOld": lastAnswerOld.asJSON,
            "completedAt": completedAt.asJSON,
            "steadyAt": steadyAt.asJSON,
            "bothVersions": bothVersions.asJSON,
            "bothVersionsKeptConnections": bothVersionsKeptConnections.asJSON,
            "noVersion": noVersion.asJSON,
            "degraded": .object([
                "windows": degraded.windowsAsJSON,
                "failedRequestSeconds": .number(failedRequestSeconds.decimals(3)),
            ]),
            "restartSeconds": restart.asJSON,
            "updated": .array(updated.map(JSON.string)),
            "phases": .array(phases.map(\.asJSON)),
            "probe": probe.asJSON,
            "events": .array(events.map(\.asJSON)),
            "costUSD": .number(costUSD.decimals(6)),
        ])
    }
}

extension Duration {
    fileprivate var asJSON: JSON { .number(seconds3) }
}

extension Duration? {
    var asJSON: JSON { map(\.asJSON) ?? .null }
}

extension DeploymentResult.Windows {
    var asJSON: JSON {
        .object(["seconds": total.asJSON, "windows": windowsAsJSON])
    }

    fileprivate var windowsAsJSON: JSON {
        .array(windows.map { .object(["from": $0.from.asJSON, "to": $0.to.asJSON]) })
    }
}

extension DeploymentResult.Phase {
    fileprivate var asJSON: JSON {
        .object([
            "task": .string(task),
            "version": .string(version),
            "phase": .string(kind.rawValue),
            "from": from.asJSON,
            "to": to.asJSON,
        ])
    }
}

extension DeploymentResult.ProbeResult {
    fileprivate var asJSON: JSON {
        .object([
            "requests": .number(String(requests)),
            "failed": .number(String(failed)),
            "byVersion": .object(
                counts.map { .init(key: $0.version, value: .number(String($0.requests))) }),
        ])
    }

    /// One entry a version, in the order of first mention: an object must not name a key twice.
    var counts: [Count] {
        var merged: [Count] = []
        for count in byVersion {
            if let index = merged.firstIndex(where: { $0.version == count.version }) {
                merged[index].requests += count.requests
            } else {
                merged.append(count)
            }
        }
        return merged
    }
}

extension DeploymentResult.Event {
    fileprivate var asJSON: JSON {
        .object(["at": at.asJSON, "message": .string(message)])
    }
}
