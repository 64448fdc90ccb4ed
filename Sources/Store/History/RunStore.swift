import Cloud
import Experiments
import Foundation
import GRDB

/// Keeps what experiments measured, in the tables `runs` and `trials` of a state file. A server may
/// have the file meanwhile.
public struct RunStore: Sendable {
    private let queue: DatabaseQueue
    private let path: String

    /// One command that was carried out.
    public struct Run: Sendable {
        /// `"run"`, `"predict"`, ...
        public var command: String
        public var scenario: String
        /// Such as `"service.desiredCount=2"`.
        public var settings: [String]
        public var trials: [Trial]

        public init(command: String, scenario: String, settings: [String], trials: [Trial]) {
            self.command = command
            self.scenario = scenario
            self.settings = settings
            self.trials = trials
        }
    }

    /// One course that things took.
    public struct Trial: Sendable {
        public var seed: UInt64
        /// What tells it from other trials of the run, beside the seed.
        public var setting: String
        /// Each with the whole of it, as JSON.
        public var deployments: [(result: DeploymentResult, json: String)]

        public init(
            seed: UInt64, setting: String = "",
            deployments: [(result: DeploymentResult, json: String)]
        ) {
            self.seed = seed
            self.setting = setting
            self.deployments = deployments
        }
    }

    /// Opens a file, or begins one.
    ///
    /// - Throws: A ``StoreProblem`` if it is none of ours, or cannot be written.
    public init(_ path: String) throws {
        self.path = path
        do {
            var configuration = Configuration()
            configuration.busyMode = .timeout(5)
            configuration.journalMode = .wal
            try Schema.begin(path)
            queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.read { try Schema.check($0, path) }
        } catch {
            throw StoreProblem.of(error, path)
        }
    }

    /// - Parameter wallMilliseconds: The present, by the calendar of the machine.
    /// - Returns: The run's number in the file.
    /// - Throws: A ``StoreProblem``; the file is then as it was.
    @discardableResult
    public func save(_ run: Run, wallMilliseconds: Int64) throws -> Int64 {
        do {
            return try queue.write { db in
                try db.execute(
                    sql: """
                        INSERT INTO runs (wall, version, command, scenario, settings)
                            VALUES (?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        wallMilliseconds, Cloud.version, run.command, run.scenario,
                        run.settings.joined(separator: "\n"),
                    ])
                let number = db.lastInsertedRowID
                let insertion = try db.cachedStatement(sql: Self.insertion)
                for (index, trial) in run.trials.enumerated() {
                    for (position, deployment) in trial.deployments.enumerated() {
                        let row =
                            values([
                                number, index + 1, position + 1, Int64(bitPattern: trial.seed),
                                trial.setting,
                            ]) + DeploymentRow.figures(of: deployment.result)
                            + values([deployment.json])
                        try insertion.execute(arguments: StatementArguments(row))
                    }
                }
                return number
            }
        } catch {
            throw StoreProblem.of(error, path)
        }
    }

    private static let insertion: String = {
        let names =
            ["run", "trial", "position", "seed", "setting"] + DeploymentRow.figures.map(\.key)
            + ["result"]
        return """
            INSERT INTO trials (\(names.joined(separator: ", ")))
                VALUES (\(Array(repeating: "?", count: names.count).joined(separator: ", ")))
            """
    }()

    /// Brings everything into the one file.
    public func close() throws { try queue.close() }
}
