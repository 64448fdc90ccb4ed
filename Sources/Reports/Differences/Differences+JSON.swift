import Experiments
import Simulation

extension Differences {
    /// What has changed, for programs; docs/diff.md has its members. Ends with a line break.
    public func json() -> String {
        JSON.object([
            "from": .number(from.sinceStart.seconds3), "to": .number(to.sinceStart.seconds3),
            "fromCalendar": .string(fromCalendar.iso8601),
            "toCalendar": .string(toCalendar.iso8601),
            "places": .array(
                places.map { changes in
                    .object([
                        "account": .string(changes.place.account),
                        "region": changes.place.region.isEmpty
                            ? .null : .string(changes.place.region),
                        "changes": .array(changes.things.map(\.asJSON)),
                    ])
                }),
        ]).text()
    }
}

extension Differences.Thing {
    fileprivate var asJSON: JSON {
        .object([
            "kind": .string(kind.rawValue), "name": .string(name),
            "change": .string(fate.rawValue),
            "fields": .array(
                fields.map {
                    .object([
                        "name": .string($0.name), "from": $0.from.map(JSON.string) ?? .null,
                        "to": $0.to.map(JSON.string) ?? .null,
                    ])
                }),
            "deployments": .array(deployments.map(\.asJSON)),
            "tasks": .array(
                tasks.map {
                    .object([
                        "version": .string($0.version), "started": .number(String($0.started)),
                        "stopped": .number(String($0.stopped)),
                    ])
                }),
        ])
    }
}

extension Differences.DeploymentStep {
    fileprivate var asJSON: JSON {
        .object([
            "name": .string(name), "taskDefinition": .string(taskDefinition),
            "rollback": isRollback ? .true : .false, "rolloutState": .string(state),
            "replaced": isReplaced ? .true : .false,
            "beganAt": beganAt.map { .number($0.seconds3) } ?? .null,
            "endedAt": endedAt.map { .number($0.seconds3) } ?? .null,
        ])
    }
}
