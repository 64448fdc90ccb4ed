/// The tables and views that people ask. docs/history.md describes them; their names stay.
enum HistorySchema {
    static let creation =
        tables + ResourceTable.all.map(\.creation).joined(separator: "\n") + "\n" + views

    private static let tables = """
        CREATE TABLE facts (
            number INTEGER PRIMARY KEY,
            step INTEGER NOT NULL,
            at INTEGER NOT NULL,
            seconds REAL GENERATED ALWAYS AS (round(at / 1e9, 3)) VIRTUAL,
            kind TEXT NOT NULL,
            subject TEXT NOT NULL,
            belongs_to TEXT,
            from_state TEXT,
            to_state TEXT,
            text TEXT
        ) STRICT;
        CREATE INDEX facts_by_kind ON facts (kind);

        CREATE TABLE refusals (
            number INTEGER PRIMARY KEY,
            after_entry INTEGER NOT NULL,
            at INTEGER NOT NULL,
            seconds REAL GENERATED ALWAYS AS (round(at / 1e9, 3)) VIRTUAL,
            wall INTEGER NOT NULL,
            service TEXT NOT NULL,
            operation TEXT NOT NULL,
            account TEXT NOT NULL,
            region TEXT NOT NULL,
            caller TEXT NOT NULL,
            code TEXT NOT NULL,
            message TEXT NOT NULL
        ) STRICT;

        CREATE TABLE reads (
            service TEXT NOT NULL,
            operation TEXT NOT NULL,
            count INTEGER NOT NULL,
            PRIMARY KEY (service, operation)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE deployments (
            number INTEGER PRIMARY KEY,
            deployment TEXT NOT NULL,
            service TEXT,
            cluster TEXT,
            started INTEGER,
            started_at REAL GENERATED ALWAYS AS (round(started / 1e9, 3)) VIRTUAL,
            \(DeploymentRow.figureColumns)
        ) STRICT;

        CREATE TABLE deployment_windows (
            deployment INTEGER NOT NULL REFERENCES deployments (number),
            kind TEXT NOT NULL,
            from_seconds REAL NOT NULL,
            to_seconds REAL NOT NULL,
            PRIMARY KEY (deployment, kind, from_seconds)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE runs (
            number INTEGER PRIMARY KEY,
            wall INTEGER NOT NULL,
            version TEXT NOT NULL,
            command TEXT NOT NULL,
            scenario TEXT NOT NULL,
            settings TEXT NOT NULL
        ) STRICT;

        CREATE TABLE trials (
            run INTEGER NOT NULL REFERENCES runs (number),
            trial INTEGER NOT NULL,
            position INTEGER NOT NULL,
            seed INTEGER NOT NULL,
            setting TEXT NOT NULL,
            \(DeploymentRow.figureColumns),
            result TEXT NOT NULL,
            PRIMARY KEY (run, trial, position)
        ) STRICT;

        """

    /// An instant by the calendar of the cloud.
    private static let time = """
        strftime('%Y-%m-%dT%H:%M:%fZ', (SELECT value FROM meta WHERE key = 'epoch'),
            printf('+%.3f seconds', at / 1e9)) AS time
        """

    private static let views = """
        CREATE VIEW api_calls AS
            SELECT number, at, round(at / 1e9, 3) AS seconds, \(time), wall, service, operation,
                account, region, caller, 'accepted' AS outcome, NULL AS code, NULL AS message
                FROM journal WHERE operation IS NOT NULL
            UNION ALL
            SELECT after_entry, at, seconds, \(time), wall, service, operation, account, region,
                caller,
                'refused', code, message FROM refusals;

        CREATE VIEW task_states AS
            SELECT number, at, seconds, \(time), subject AS task, belongs_to AS service,
                from_state, to_state
                FROM facts WHERE kind = 'taskMoved';

        CREATE VIEW service_events AS
            SELECT number, at, seconds, \(time), subject AS service, text AS message
                FROM facts WHERE kind = 'serviceEvent';

        CREATE VIEW target_health AS
            SELECT number, at, seconds, \(time), subject AS target,
                belongs_to AS target_group, from_state, to_state
                FROM facts WHERE kind = 'targetMoved';

        CREATE VIEW tasks AS
            SELECT number, task, service, cluster, deployment, task_definition, image, digest,
                version, zone, address, status, desired_status, health,
                round(created / 1e9, 3) AS created_at, round(started / 1e9, 3) AS started_at,
                round(healthy / 1e9, 3) AS healthy_since, round(stopped / 1e9, 3) AS stopped_at,
                exit_code, stop_code, stopped_reason
                FROM task_records WHERE kept;

        CREATE VIEW task_lives AS
            SELECT number, task, service, deployment, version, status,
                round(created / 1e9, 3) AS created_at,
                round(started / 1e9, 3) AS running_at,
                round(healthy / 1e9, 3) AS healthy_at,
                round(stopping / 1e9, 3) AS stopping_at,
                round(stopped / 1e9, 3) AS stopped_at,
                round((connected - created) / 1e9, 3) AS capacity_seconds,
                round((pull_stopped - pull_started) / 1e9, 3) AS pull_seconds,
                round((listening - started) / 1e9, 3) AS boot_seconds,
                round(max(registered - listening, 0) / 1e9, 3) AS register_seconds,
                round((healthy - max(listening, coalesce(registered, 0))) / 1e9, 3)
                    AS first_check_seconds,
                round((deregistered - stopping) / 1e9, 3) AS deregister_seconds,
                round((signalled - coalesce(deregistered, stopping)) / 1e9, 3) AS drain_seconds,
                round((exited - signalled) / 1e9, 3) AS stop_seconds,
                round((stopped - execution_stopped) / 1e9, 3) AS release_seconds,
                stop_code, stopped_reason
                FROM task_records;

        CREATE VIEW overlaps AS
            SELECT one.service, one.task AS task, one.version AS version, other.task AS other_task,
                other.version AS other_version,
                round(max(one.started, other.started) / 1e9, 3) AS from_seconds,
                round(nullif(min(coalesce(one.stopping, \(Int64.max)),
                    coalesce(other.stopping, \(Int64.max))), \(Int64.max)) / 1e9, 3) AS to_seconds,
                round((nullif(min(coalesce(one.stopping, \(Int64.max)),
                    coalesce(other.stopping, \(Int64.max))), \(Int64.max))
                    - max(one.started, other.started)) / 1e9, 3) AS seconds
                FROM task_records AS one JOIN task_records AS other
                    ON one.service = other.service AND one.number < other.number
                    AND coalesce(one.digest, one.task_definition)
                        <> coalesce(other.digest, other.task_definition)
                WHERE one.started IS NOT NULL AND other.started IS NOT NULL
                    AND other.started < coalesce(one.stopping, \(Int64.max))
                    AND one.started < coalesce(other.stopping, \(Int64.max));

        CREATE VIEW deployment_durations AS
            SELECT deployment, service_name, outcome, started_at, completed AS completed_seconds,
                steady AS steady_seconds, restart_seconds, both_versions_seconds, no_version_seconds
                FROM deployments;

        CREATE VIEW restarts AS
            SELECT d.deployment, d.service_name, d.started_at, d.restart_seconds,
                count(t.number) AS tasks,
                round(avg(t.capacity_seconds), 3) AS capacity_seconds,
                round(avg(t.pull_seconds), 3) AS pull_seconds,
                round(avg(t.boot_seconds), 3) AS boot_seconds,
                round(avg(t.register_seconds), 3) AS register_seconds,
                round(avg(t.first_check_seconds), 3) AS first_check_seconds
                FROM deployments AS d LEFT JOIN task_lives AS t ON t.deployment = d.deployment
                GROUP BY d.number;
        """
}
