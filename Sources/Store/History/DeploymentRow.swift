import Cloud
import Experiments
import GRDB
import Simulation

/// What was measured of a deployment, as it stands in the tables `deployments`,
/// `deployment_windows` and `trials`.
enum DeploymentRow {
    /// The columns of what was measured, with their types.
    static let figures: KeyValuePairs = [
        "service_name": "TEXT NOT NULL", "strategy": "TEXT NOT NULL", "outcome": "TEXT NOT NULL",
        "old_version": "TEXT", "new_version": "TEXT", "first_answer_new": "REAL",
        "last_answer_old": "REAL", "completed": "REAL", "steady": "REAL", "replaced": "REAL",
        "both_versions_seconds": "REAL NOT NULL", "both_versions_kept_seconds": "REAL NOT NULL",
        "no_version_seconds": "REAL NOT NULL", "degraded_seconds": "REAL NOT NULL",
        "failed_request_seconds": "REAL NOT NULL", "restart_seconds": "REAL",
        "requests": "INTEGER NOT NULL", "failed_requests": "INTEGER NOT NULL",
        "cost_usd": "REAL NOT NULL", "measured_seconds": "REAL NOT NULL",
    ]

    /// As they stand where a table is made.
    static let figureColumns =
        figures.map { "\($0.key) \($0.value)" }.joined(separator: ",\n    ")

    static func figures(of result: DeploymentResult) -> [DatabaseValue] {
        let versions = result.versions
        return values([
            result.service, result.strategy, result.outcome.rawValue, versions.first,
            versions.count > 1 ? versions.last : nil, seconds(result.firstAnswerNew),
            seconds(result.lastAnswerOld), seconds(result.completedAt), seconds(result.steadyAt),
            seconds(result.replacedAt), seconds(result.bothVersions.total),
            seconds(result.bothVersionsKeptConnections.total), seconds(result.noVersion.total),
            seconds(result.degraded.total), (result.failedRequestSeconds * 1e3).rounded() / 1e3,
            seconds(result.restart), result.probe.requests, result.probe.failed, result.costUSD,
            seconds(result.measuredUntil),
        ])
    }

    // MARK: of a cloud that is kept

    /// What is no longer known of a deployment stays as it was written.
    static let insertion: String = {
        let names = ["deployment", "service", "cluster", "started"] + figures.map(\.key)
        let updates = names.map { "\($0) = coalesce(excluded.\($0), \($0))" }
        return """
            INSERT INTO deployments (number, \(names.joined(separator: ", ")))
                VALUES (\(Array(repeating: "?", count: names.count + 1).joined(separator: ", ")))
                ON CONFLICT (number) DO UPDATE SET \(updates.joined(separator: ", "))
            """
    }()

    static func columns(
        of id: DeploymentID, _ result: DeploymentResult, in cloud: Cloud
    ) -> [DatabaseValue] {
        let deployment = cloud.containers.deployments.find(id)
        let service = deployment.flatMap { cloud.containers.services.find($0.service) }
        return values([
            cloud.name(of: id),
            deployment.flatMap { ResourceTable.name(of: $0.service, in: cloud) },
            service.flatMap { cloud.containers.clusters.find($0.cluster)?.name },
            deployment?.createdAt.sinceStart.nanoseconds,
        ]) + figures(of: result)
    }

    static let clearing = "DELETE FROM deployment_windows WHERE deployment = ?"
    static let window = """
        INSERT OR REPLACE INTO deployment_windows (deployment, kind, from_seconds, to_seconds)
            VALUES (?, ?, ?, ?)
        """

    static func windows(of result: DeploymentResult) -> [[DatabaseValue]] {
        let kinds = [
            ("both", result.bothVersions), ("both_kept", result.bothVersionsKeptConnections),
            ("none", result.noVersion), ("degraded", result.degraded),
        ]
        return kinds.flatMap { kind, windows in
            windows.windows.map { values([kind, seconds($0.from), seconds($0.to)]) }
        }
    }

    private static func seconds(_ duration: Duration?) -> Double? {
        duration.map { ResourceTable.seconds($0) }
    }
}
