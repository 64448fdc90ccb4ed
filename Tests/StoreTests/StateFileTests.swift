import Cloud
import CloudAPI
import Experiments
import Foundation
import GRDB
import Simulation
import Testing

@testable import Store

@Suite struct StateFileTests {
    /// A file in a folder that goes at the end.
    final class Place {
        let folder: String
        var file: String { folder + "/drydock.db" }

        init() throws {
            var template = Array("\(NSTemporaryDirectory())/drydock-test-XXXXXX".utf8CString)
            try #require(mkdtemp(&template) != nil)
            folder = String(
                decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }

        deinit { try? FileManager.default.removeItem(atPath: folder) }
    }

    /// A cloud that is written down as a server does it.
    struct Story {
        let file: StateFile
        var moment: Moment
        var entries = 0

        init(_ path: String) throws {
            let opened = try StateFile.open(path, wallMilliseconds: 0) {
                Moment(cloud: Cloud(seed: 7))
            }
            (file, moment, entries) = (opened.file, opened.moment, opened.lastEntry)
        }

        mutating func call(_ operation: some Handled) throws {
            let entry = JournalEntry(
                number: entries + 1, .call(operation, as: Caller()), to: moment.cloud,
                wallMilliseconds: 0)
            try moment.replay(entry)
            try file.append([entry])
            entries += 1
        }

        mutating func pass(_ seconds: Double) throws {
            moment.run(until: moment.cloud.now + .seconds(seconds))
            entries += 1
            try file.append([
                JournalEntry(number: entries, nil, to: moment.cloud, wallMilliseconds: 0)
            ])
        }

        /// Some calls that all change something, and time in between.
        mutating func go(on count: Int) throws {
            for number in entries..<entries + count {
                switch number % 4 {
                case 0: try call(ECS.CreateCluster(clusterName: "c\(number)"))
                case 1: try call(ECR.CreateRepository(repositoryName: "r\(number)"))
                case 2: try call(CloudWatchLogs.CreateLogGroup(logGroupName: "g\(number)"))
                default: try pass(0.5)
                }
            }
        }
    }

    @Test func aClosedFileOpensWhereItStood() throws {
        let place = try Place()
        var story = try Story(place.file)
        try story.go(on: 20)
        let fingerprint = try story.moment.cloud.fingerprint()
        let seen = story.moment.facts
        try story.file.close()
        story = try Story(place.file)
        #expect(try story.moment.cloud.fingerprint() == fingerprint)
        #expect(story.moment.facts == seen)
        #expect(story.entries == 20)
    }

    @Test func anyInstantCanBeReached() throws {
        let place = try Place()
        var story = try Story(place.file)
        var seen: [(Instant, String)] = []
        for _ in 0..<10 {
            try story.go(on: 4)
            seen.append((story.moment.cloud.now, try story.moment.cloud.fingerprint()))
            if seen.count == 5 {
                try story.file.save(story.moment, after: story.entries, wallMilliseconds: 0)
            }
            // What comes at the same instant would belong to it.
            try story.pass(0.25)
        }
        let reader = try StateReader(place.file)
        for (instant, fingerprint) in seen {
            #expect(try reader.moment(at: instant).value.cloud.fingerprint() == fingerprint)
        }
        #expect(try reader.moment(at: seen[9].0).replayed == 25)
        #expect(throws: StoreProblem.self) { try reader.moment(at: seen[9].0 + .seconds(1)) }
    }

    @Test func aCutFileEndsWhereItWasCut() throws {
        let place = try Place()
        var story = try Story(place.file)
        try story.go(on: 8)
        let (then, fingerprint) = (story.moment.cloud.now, try story.moment.cloud.fingerprint())
        try story.pass(1)
        try story.go(on: 8)
        let moment = try StateReader(place.file).moment(at: then).value
        #expect(try story.file.cut(to: moment, wallMilliseconds: 0) == 8)
        try story.file.close()
        story = try Story(place.file)
        #expect(try story.moment.cloud.fingerprint() == fingerprint)
        try story.go(on: 4)
    }

    /// Old ones get rarer, and the first one stays.
    @Test func snapshotsAreThinnedOut() throws {
        let place = try Place()
        var story = try Story(place.file)
        for _ in 0..<60 {
            try story.go(on: 4)
            try story.file.save(story.moment, after: story.entries, wallMilliseconds: 0)
        }
        let numbers = try story.file.queue.read { db in
            try Int.fetchAll(db, sql: "SELECT number FROM snapshots ORDER BY number")
        }
        #expect(numbers.first == 0 && numbers.last == 240)
        #expect((5...16).contains(numbers.count), "\(numbers)")
    }

    /// Or all snapshots together would take more room than the journal.
    @Test func aLargeCloudIsWrittenDownLessOften() throws {
        let place = try Place()
        var story = try Story(place.file)
        #expect(story.file.entriesBetweenSnapshots == 5_000)
        story.moment.places = (0..<80_000).map {
            .init(account: "\(100_000_000_000 + $0)", region: "us-east-1")
        }
        try story.file.save(story.moment, after: story.entries, wallMilliseconds: 0)
        let between = story.file.entriesBetweenSnapshots
        #expect((5_001...20_000).contains(between))
        try story.file.close()
        story = try Story(place.file)
        #expect(story.file.entriesBetweenSnapshots == between)
    }

    /// A snapshot that was under way when everything was thrown away, or cut, is kept nowhere.
    @Test func aLateSnapshotBelongsToNoOtherStory() throws {
        let place = try Place()
        var story = try Story(place.file)
        try story.go(on: 8)
        let (old, then) = (story.moment, story.file.story)
        let new = Moment(cloud: Cloud(seed: 8))
        try story.file.clear(to: new, wallMilliseconds: 0)
        try story.file.save(old, after: 8, wallMilliseconds: 0, of: then)
        try story.file.close()
        story = try Story(place.file)
        #expect(try story.moment.cloud.fingerprint() == new.cloud.fingerprint())
        #expect(story.entries == 0)
    }

    /// Another version does again what it can, and says what it refuses.
    @Test func anotherVersionTakesItsOwnCourse() throws {
        let place = try Place()
        var story = try Story(place.file)
        try story.go(on: 8)
        try story.file.close()
        let queue = try DatabaseQueue(path: place.file)
        try queue.write { db in
            try db.execute(
                sql: """
                    UPDATE versions SET version = '0.0.1';
                    UPDATE journal SET step = step + 1 WHERE number = 4;
                    UPDATE journal SET operation = 'DeleteCluster',
                        request = '{"cluster":"none"}' WHERE number = 5;
                    """)
        }
        try queue.close()
        let opened = try StateFile.open(place.file, wallMilliseconds: 0) { fatalError("no file") }
        #expect(opened.notes.contains { $0.contains("8 entries") && $0.contains("it refused 1.") })
        let names = opened.moment.cloud.registry.names(in: .standard, after: nil, atMost: 9).names
        #expect(names == ["r1", "r5"])
        // From here on the new version's own snapshot counts.
        try opened.file.close()
        #expect(
            try Story(place.file).moment.cloud.fingerprint()
                == opened.moment.cloud.fingerprint())
    }

    /// The file as it was stays beside the one that takes its place.
    @Test func anOlderFormatIsBroughtUpToDateOnACopy() throws {
        let place = try Place()
        var story = try Story(place.file)
        try story.go(on: 4)
        let fingerprint = try story.moment.cloud.fingerprint()
        try story.file.close()
        let queue = try DatabaseQueue(path: place.file)
        try queue.write { try $0.execute(sql: "PRAGMA user_version = 0; DROP TABLE runs") }
        try queue.close()

        #expect(throws: StoreProblem.self) { try Migration.bringUpToDate(place.file, by: [:]) }
        let isReplaced = try Migration.bringUpToDate(
            place.file,
            by: [0: { try $0.execute(sql: "CREATE TABLE runs (number INTEGER PRIMARY KEY)") }])
        #expect(isReplaced)
        #expect(try Story(place.file).moment.cloud.fingerprint() == fingerprint)
        let old = try DatabaseQueue(path: place.file + ".format-0")
        #expect(try old.read { try Int.fetchOne($0, sql: "PRAGMA user_version") } == 0)
    }

    /// What was written and happens no more is noticed, and nothing is made up.
    @Test func aJournalThatLeadsElsewhereIsRefused() throws {
        let place = try Place()
        var story = try Story(place.file)
        try story.go(on: 8)
        let changes = [
            "step = step + 1 WHERE number = 8", "operation = 'Nothing' WHERE number = 1",
        ]
        for change in changes {
            let opened = try Place()
            try FileManager.default.copyItem(atPath: place.file, toPath: opened.file)
            for end in ["-wal"] where FileManager.default.fileExists(atPath: place.file + end) {
                try FileManager.default.copyItem(
                    atPath: place.file + end, toPath: opened.file + end)
            }
            let other = try DatabaseQueue(path: opened.file)
            try other.write { try $0.execute(sql: "UPDATE journal SET \(change)") }
            try other.close()
            #expect(throws: StoreProblem.self) { try Story(opened.file) }
        }
    }
}
