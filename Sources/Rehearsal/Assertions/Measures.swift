import Reports
import Simulation

/// What assertions speak of: figures over all deployments of a run.
enum Measure: String, CaseIterable, Sendable {
    case downtime
    case bothVersions = "both_versions"
    case degraded
    case failedRequests = "failed_requests"
    case restart
    case rollbacks
    case failures
    case cost
    case deployments
    case findings
    case refused
    case unreachable

    enum Kind { case time, count, money }

    var kind: Kind {
        switch self {
        case .downtime, .bothVersions, .degraded, .restart, .unreachable: .time
        case .cost: .money
        case .failedRequests, .rollbacks, .failures, .deployments, .findings, .refused: .count
        }
    }
}

/// The figures of one run. Times in seconds, rounded to a thousandth; money in US dollars, to a
/// millionth: as the JSON of the verdict has them.
struct Measures: Sendable {
    /// `nil` where there is no such figure: of nothing deployed, or of a deployment that never
    /// came to it.
    private var values: [Measure: Double] = [:]

    init(_ values: [Measure: Double] = [:]) { self.values = values }

    subscript(measure: Measure) -> Double? { values[measure] }

    /// Sums over the deployments.
    ///
    /// A service's first deployment interrupts nobody, so its time without an answer and its
    /// probe's failures do not count. A restart that never came leaves the sum without a value.
    init(of verdict: Verdict) {
        let deployments = verdict.deployments
        func sum(_ value: (Verdict.Deployment) -> Double?) -> Double? {
            guard !deployments.isEmpty else { return nil }
            return deployments.reduce(0 as Double?) { sum, deployment in
                guard let sum, let next = value(deployment) else { return nil }
                return sum + next
            }
        }
        values[.downtime] = sum {
            $0.isFirst ? 0 : Self.seconds($0.result.noVersion.total)
        }
        values[.bothVersions] = sum { Self.seconds($0.result.bothVersions.total) }
        values[.degraded] = sum { Self.seconds($0.result.degraded.total) }
        values[.failedRequests] = sum { $0.isFirst ? 0 : Double($0.result.probe.failed) }
        values[.restart] = sum { $0.result.restart.map(Self.seconds) }
        values[.cost] = sum { ($0.result.costUSD * 1e6).rounded() / 1e6 }
        values[.rollbacks] = Double(
            deployments.count { $0.result.outcome == .rolledBack })
        values[.failures] = Double(
            deployments.count {
                $0.result.outcome == .failed
                    || ($0.result.outcome == .stuck && $0.result.replacedAt == nil)
            })
        values[.deployments] = Double(deployments.count)
        values[.unreachable] =
            verdict.listeners.isEmpty
            ? nil
            : verdict.listeners.reduce(0) { $0 + Self.seconds($1.none.total) }
        values[.findings] = Double(verdict.findings.count)
        values[.refused] = Double(verdict.refused.reduce(0) { $0 + $1.count })
    }

    private static func seconds(_ duration: Duration) -> Double {
        (duration.inSeconds * 1000).rounded() / 1000
    }
}
