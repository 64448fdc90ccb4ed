import Drawing
import Experiments
import Simulation

extension RunResult {
    /// The result as a table for spreadsheets and data frames, by the rules of RFC 4180.
    ///
    /// One row a figure. What is measured decides which columns are filled: windows and phases have
    /// `from`, `to` and `seconds`; totals have `seconds`; moments have `from` alone, which is empty
    /// if the moment never came; counts and amounts have `value`. Tables of several runs may be put
    /// one below the other: scenario, seed and the number of the deployment, from 1, are in each
    /// row. Times are seconds after the call with at most three decimals.
    public func csv() -> String {
        var table = CSVTable(scenario: scenario, seed: seed)
        for (index, deployment) in deployments.enumerated() {
            table.deployment = index + 1
            table.service = deployment.service
            table.add(deployment)
        }
        return table.text
    }
}

private struct CSVTable {
    let scenario: String
    let seed: UInt64
    var deployment = 0
    var service = ""
    var text = "scenario,seed,deployment,service,measure,task,version,from,to,seconds,value\r\n"

    mutating func add(_ result: DeploymentResult) {
        row("outcome", value: result.outcome.rawValue)
        row("strategy", value: result.strategy)
        row("firstAnswerNew", from: result.firstAnswerNew)
        row("lastAnswerOld", from: result.lastAnswerOld)
        row("completedAt", from: result.completedAt)
        row("steadyAt", from: result.steadyAt)
        row("restart", seconds: result.restart)
        add("bothVersions", result.bothVersions)
        add("bothVersionsKeptConnections", result.bothVersionsKeptConnections)
        add("noVersion", result.noVersion)
        add("degraded", result.degraded)
        row("failedRequestSeconds", value: result.failedRequestSeconds.decimals(3))
        for part in result.updated { row("updated", value: part) }
        for phase in result.phases { add(phase) }
        row("probe.requests", value: String(result.probe.requests))
        row("probe.failed", value: String(result.probe.failed))
        for count in result.probe.counts {
            row("probe.answered", version: count.version, value: String(count.requests))
        }
        row("costUSD", value: result.costUSD.decimals(6))
    }

    private mutating func add(_ measure: String, _ windows: DeploymentResult.Windows) {
        row(measure, seconds: windows.total)
        for window in windows.windows {
            row(
                measure + ".window", from: window.from, to: window.to,
                seconds: window.to - window.from)
        }
    }

    private mutating func add(_ phase: DeploymentResult.Phase) {
        row(
            "phase." + phase.kind.rawValue, task: phase.task, version: phase.version,
            from: phase.from, to: phase.to, seconds: phase.to.map { $0 - phase.from })
    }

    private mutating func row(
        _ measure: String, task: String = "", version: String = "", from: Duration? = nil,
        to: Duration? = nil, seconds: Duration? = nil, value: String = ""
    ) {
        let times = [from, to, seconds].map { $0?.seconds3 ?? "" }
        let fields =
            [scenario, String(seed), String(deployment), service, measure, task, version] + times
            + [value]
        text += fields.map(Self.quoted).joined(separator: ",") + "\r\n"
    }

    /// Looks at scalars: "\r\n" is one character, and neither "\r" nor "\n".
    private static func quoted(_ field: String) -> String {
        guard field.unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) })
        else { return field }
        var out = "\""
        for scalar in field.unicodeScalars {
            if scalar == "\"" { out += "\"" }
            out.unicodeScalars.append(scalar)
        }
        return out + "\""
    }
}
