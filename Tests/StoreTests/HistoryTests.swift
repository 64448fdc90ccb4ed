import Cloud
import CloudAPI
import Experiments
import Foundation
import GRDB
import Simulation
import Testing

@testable import Store

/// What people can ask of a file, and that a cut leaves nothing out of it.
@Suite struct HistoryTests {
    @Test func aDeploymentCanBeAskedFor() throws {
        let story = try Story()
        defer { story.remove() }
        try story.deploy()
        for _ in 0..<60 {
            story.run(for: .seconds(10))
            try story.write()
        }

        let moves = story.seen.compactMap { fact -> [String]? in
            guard case .containers(.taskMoved(_, let from, let to)) = fact.fact else { return nil }
            return ["\(fact.number)", from?.rawValue ?? "NULL", to.rawValue]
        }
        #expect(moves.count == 8)  // One task comes, and one goes.
        #expect(
            try story.rows("SELECT number, from_state, to_state FROM task_states ORDER BY number")
                == moves)
        #expect(try story.rows("SELECT count(*) FROM facts") == [["\(story.moment.facts)"]])

        let service = try #require(story.moment.cloud.containers.services.first { _ in true })
        let messages = service.value.events.map {
            [story.moment.cloud.message(of: $0, in: service.id)]
        }
        // The first ones are older than the file.
        let stored = try story.rows("SELECT message FROM service_events ORDER BY number")
        #expect(stored.count > 5 && stored == Array(messages.suffix(stored.count)))

        let result = try #require(story.moment.recordings.results(in: story.moment.cloud).last)
        #expect(result.outcome == .completed)
        let row = try story.rows(
            """
            SELECT outcome, completed, restart_seconds, requests, failed_requests,
                both_versions_seconds FROM deployments
            """)
        #expect(
            row == [
                [
                    "COMPLETED", "\(result.completedAt!.inMilliseconds)",
                    "\(result.restart!.inMilliseconds)", "\(result.probe.requests)",
                    "\(result.probe.failed)", "\(result.bothVersions.total.inMilliseconds)",
                ]
            ])
    }

    @Test func theTablesOfWhatThereIsFollowTheCloud() throws {
        let story = try Story()
        defer { story.remove() }
        try story.write()
        let tasks = "SELECT number FROM tasks WHERE status = 'RUNNING' ORDER BY number"
        let before = try story.rows(tasks)
        #expect(before.count == 1)
        try story.call(
            ECS.UpdateService(
                cluster: story.cluster, service: story.service, desiredCount: 0))
        story.run(for: .minutes(10))
        try story.write()
        #expect(try story.rows(tasks).isEmpty)
        #expect(try story.rows("SELECT desired_count FROM services") == [["0"]])
        story.run(for: .hours(2))
        try story.call(
            ECS.DeleteService(cluster: story.cluster, service: story.service, force: true))
        story.run(for: .hours(2))
        try story.write()
        // Forgotten by ECS, but not by the history.
        #expect(try story.rows("SELECT * FROM tasks").isEmpty)
        #expect(try story.rows("SELECT * FROM services").isEmpty)
        #expect(try story.rows("SELECT number FROM task_lives WHERE stopped_at > 0") == before)
    }

    /// Kept like this, writing costs as much as has changed.
    @Test func whatDidNotChangeIsNotWrittenAgain() throws {
        let story = try Story()
        defer { story.remove() }
        let cloud = story.moment.cloud
        let all = HistoryWriter.rows(
            of: HistoryWriter.Batch(HistoryNotes(), until: story.moment), since: nil)
        #expect(all.count > 20)
        try story.call(ECS.CreateCluster(clusterName: "another"))
        let some = HistoryWriter.rows(
            of: HistoryWriter.Batch(HistoryNotes(), until: story.moment), since: cloud)
        #expect(some.count == 1)
    }

    /// The history of a file whose server was killed, when the journal was ahead of it, is that of
    /// one that was not.
    @Test(arguments: [0, 3, 17, 40, 90, 200, 500])
    func whatAKillCutsOffIsMadeUpFor(seconds: Int) throws {
        let story = try Story()
        defer { story.remove() }
        try story.write()
        try story.deploy()
        for step in 0..<seconds {
            story.run(for: .seconds(1))
            if step % 3 == 0, step < seconds / 2 { try story.write() }
        }
        // From here on the history is in memory alone.
        try story.journalClock()
        let copy = story.path + ".copy"
        try story.file.copy(to: copy)
        do {
            let opened = try StateFile.open(copy, wallMilliseconds: 0) { story.moment }
            #expect(opened.moment.facts == story.moment.facts)
            #expect(opened.notes.isEmpty)
            try story.write()
            for table in Story.tables {
                let all = "SELECT * FROM \(table) ORDER BY 1, 2, 3"
                let expected = try story.rows(all)
                #expect(try story.rows(all, of: opened.file) == expected, "\(table)")
            }
            try opened.file.close()
        }

        // Opened once more, there is nothing to make up for.
        let again = try StateFile.open(copy, wallMilliseconds: 0) { story.moment }
        #expect(
            try story.rows("SELECT count(*) FROM facts", of: again.file)
                == [["\(story.moment.facts)"]])
        try again.file.close()
    }

    @Test func whatWasNotAcceptedAndWhatWasReadIsThere() throws {
        let story = try Story()
        defer { story.remove() }
        story.notes.note(
            HistoryNotes.Refusal(
                APIFailure(code: "ServiceNotFoundException", message: "Service not found."),
                service: "ecs", operation: "DeleteService", by: Caller(),
                at: story.moment.cloud.now,
                afterEntry: 0, wallMilliseconds: 0))
        for _ in 0..<3 { story.notes.noteRead(ECS.DescribeServices.self) }
        try story.write()
        story.notes.noteRead(ECS.DescribeServices.self)
        try story.call(ECS.CreateCluster(clusterName: "another"))
        try story.write()
        #expect(
            try story.rows("SELECT operation, outcome, code FROM api_calls ORDER BY outcome") == [
                ["CreateCluster", "accepted", "NULL"],
                ["DeleteService", "refused", "ServiceNotFoundException"],
            ])
        #expect(try story.rows("SELECT * FROM reads") == [["ecs", "DescribeServices", "4"]])
    }

    @Test func whatExperimentsMeasuredIsKeptBesideACloud() throws {
        let story = try Story()
        defer { story.remove() }
        let result = try Experiment(Scenario(builtIn: "refcard-01")!, seed: 7).run().deployments[0]
        let run = RunStore.Run(
            command: "run", scenario: "refcard-01", settings: ["service.desiredCount=2", "a=b"],
            trials: [RunStore.Trial(seed: 7, deployments: [(result, "{}")])])
        // The file is somebody's at the time.
        let store = try RunStore(story.path)
        #expect(try store.save(run, wallMilliseconds: 5) == 1)
        #expect(try store.save(run, wallMilliseconds: 6) == 2)
        try store.close()
        #expect(
            try story.rows("SELECT scenario, settings FROM runs WHERE number = 2")
                == [["refcard-01", "service.desiredCount=2\na=b"]])
        #expect(
            try story.rows(
                """
                SELECT run, seed, outcome, both_versions_seconds, restart_seconds FROM trials
                    WHERE run = 1
                """) == [
                    [
                        "1", "7", "COMPLETED", "\(result.bothVersions.total.inMilliseconds)",
                        "\(result.restart!.inMilliseconds)",
                    ]
                ])
    }

    @Test func aFileOfResultsCanBecomeTheFileOfACloud() throws {
        let path = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString).db"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let store = try RunStore(path)
        let run = RunStore.Run(command: "run", scenario: "x", settings: [], trials: [])
        try store.save(run, wallMilliseconds: 0)
        try store.close()
        let opened = try StateFile.open(path, wallMilliseconds: 0) { Moment(cloud: Cloud()) }
        #expect(opened.wallMilliseconds == nil && opened.lastEntry == 0)
        try opened.file.close()
        #expect(throws: StoreProblem.self) { try RunStore("/nowhere/at/all.db") }
    }

    /// What could not be written to the journal has not happened.
    @Test func whatIsTakenBackIsNotThere() throws {
        let story = try Story()
        defer { story.remove() }
        try story.write()
        let before = story.moment.facts
        try story.deploy()
        #expect(story.moment.facts > before)
        story.notes.forget(after: before)
        #expect(story.notes.facts.isEmpty)
    }
}

/// A cloud with a service, the file that it is kept in, and what is not yet in there.
private final class Story {
    let path: String
    let file: StateFile
    let history: HistoryWriter
    var moment: Moment
    var notes = HistoryNotes()
    var entries = 0
    /// Every fact, with its number.
    var seen: [(number: Int, fact: Fact)] = []
    let caller: Caller
    let cluster: String
    let service: String

    static let tables =
        ["facts", "deployments", "deployment_windows"] + ResourceTable.all.map(\.name)

    init() throws {
        path = FileManager.default.temporaryDirectory.path + "/history-\(UUID().uuidString).db"
        let start = StartingPoint.scenario(try Scenario(builtIn: "refcard-01")!)
        let place = Place.standard
        let cloud = try start.cloud(
            seed: 1, idSeed: 1, epoch: Timestamp(seconds: 1_767_225_600), place: place)
        let opened = try StateFile.open(path, wallMilliseconds: 0) { Moment(cloud: cloud) }
        file = opened.file
        history = try #require(opened.history)
        moment = opened.moment
        caller = Caller(place: place)
        let service = cloud.containers.services.first { _ in true }!.value
        self.service = service.name
        cluster = cloud.containers.clusters[service.cluster].name
    }

    func call(_ operation: some Handled) throws {
        entries += 1
        let entry = JournalEntry(
            number: entries, .call(operation, as: caller), to: moment.cloud, wallMilliseconds: 0)
        try moment.replay(entry) { self.take($0) }
        try file.append([entry])
    }

    func deploy() throws {
        try call(
            ECS.UpdateService(cluster: cluster, service: service, forceNewDeployment: true))
    }

    func run(for wait: Duration) {
        moment.run(until: moment.cloud.now + wait) { self.take($0) }
    }

    private func take(_ moment: borrowing Moment) {
        notes.take(moment.cloud, last: moment.facts)
        let first = moment.facts - moment.cloud.facts.count + 1
        for (index, fact) in moment.cloud.facts.enumerated() { seen.append((first + index, fact)) }
    }

    func journalClock() throws {
        entries += 1
        try file.append([
            JournalEntry(number: entries, nil, to: moment.cloud, wallMilliseconds: 0)
        ])
    }

    func write() throws {
        entries += 1
        let clock = JournalEntry(number: entries, nil, to: moment.cloud, wallMilliseconds: 0)
        history.add(HistoryWriter.Batch(notes, until: moment, clock: clock, isLast: true))
        notes = HistoryNotes()
        try history.drain()
    }

    func rows(_ sql: String, of other: StateFile? = nil) throws -> [[String]] {
        try (other ?? file).queue.read { db in
            try Row.fetchAll(db, sql: sql).map { row in
                row.databaseValues.map { value in
                    if let number = Double.fromDatabaseValue(value), value.storage.isReal {
                        return "\(Int((number * 1000).rounded()))"
                    }
                    return String.fromDatabaseValue(value) ?? "\(value)"
                }
            }
        }
    }

    func remove() {
        try? file.close()
        for end in ["", "-wal", "-shm", ".copy", ".copy-wal", ".copy-shm"] {
            try? FileManager.default.removeItem(atPath: path + end)
        }
    }
}

extension DatabaseValue.Storage {
    fileprivate var isReal: Bool {
        if case .double = self { true } else { false }
    }
}

extension Duration {
    /// As a column of seconds has them, times a thousand.
    fileprivate var inMilliseconds: Int { Int((inSeconds * 1000).rounded()) }
}
