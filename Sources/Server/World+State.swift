import Cloud
import CloudAPI
import Experiments
import Reports
import Simulation
import Store

/// What a world has to do so that its cloud outlives it: every change is in the file before anybody
/// hears that it was made.
extension World {
    /// How far the file is behind, and ahead of the last snapshot.
    struct Keeping {
        /// The number of the last entry in the journal; some may still be ``pending``.
        var lastEntry: Int
        /// Where the cloud stood then; only known once there was one.
        var stepOfEntry = -1
        var atOfEntry = Instant.start
        /// Entries that will be written together, in order.
        var pending: [JournalEntry] = []
        /// Entries that could not be written, and whose numbers are not used again. The last ones.
        var lost: [ClosedRange<Int>] = []
        /// Where the last snapshot was taken.
        var entryOfSnapshot: Int
        var stepOfSnapshot: Int
        /// A snapshot is on its way.
        var isSaving = false
        /// The last entry could not be written.
        var isFailing = false
        /// The file could not be read back after it could not be written: nothing may change.
        var isLost = false

        /// There is one more entry.
        mutating func note(_ entry: JournalEntry) {
            lastEntry = entry.number
            stepOfEntry = entry.step
            atOfEntry = entry.at
        }
    }

    /// Events from one snapshot to the next. To do so many again takes less than half a second
    /// (`scripts/bench state`).
    private static let mostSteps = 200_000

    // MARK: writing

    /// Takes note of what has just changed. To be called after every change that came from outside;
    /// it must be settled before it is answered.
    func note(_ change: Change?) {
        guard keeping != nil else { return }
        let entry = JournalEntry(
            number: keeping!.lastEntry + 1, change, to: live.cloud,
            wallMilliseconds: WallClock.calendarMilliseconds)
        keeping!.note(entry)
        keeping!.pending.append(entry)
    }

    /// The last entry that there is now, for whoever will want to know whether it was written.
    var lastEntry: Int { keeping?.lastEntry ?? 0 }

    /// Writes down what has been noted, all of it at once.
    ///
    /// - Throws: If that cannot be done, or could not be done for this entry when another call
    ///   tried to; the cloud is then as it was without what was noted.
    func settle(upTo entry: Int) throws(APIFailure) {
        guard let store, let pending = keeping?.pending else { return }
        if !pending.isEmpty {
            keeping!.pending = []
            do {
                try store.append(pending)
                keeping!.isFailing = false
                saveIfDue()
            } catch {
                keeping!.isFailing = true
                keeping!.lost.append(pending.first!.number...pending.last!.number)
                keeping!.lost.removeFirst(max(0, keeping!.lost.count - 1000))
                goBack()
                throw .unwritten(error)
            }
        }
        if !keeping!.lost.isEmpty, keeping!.lost.contains(where: { $0.contains(entry) }) {
            throw .unwritten(StoreProblem.couldNotBeWritten(store.path))
        }
    }

    /// Takes note of a change and writes it down.
    func journal(_ change: Change?) throws(APIFailure) {
        note(change)
        try settle(upTo: lastEntry)
    }

    /// To be asked before anything is changed.
    ///
    /// - Throws: If it is known that nothing can be written down. To take a change back costs much
    ///   more than this question.
    func checkWritable() throws(APIFailure) {
        guard let store, let keeping else { return }
        if isLookingBack { throw .lookingBack(at: live.cloud.now) }
        if keeping.isLost { throw .stateLost(store.path) }
        if keeping.isFailing || store.isReadOnly {
            do {
                let entry = JournalEntry(
                    number: keeping.lastEntry + 1, nil, to: live.cloud,
                    wallMilliseconds: WallClock.calendarMilliseconds)
                try store.append([entry])
                self.keeping!.note(entry)
                self.keeping!.isFailing = false
            } catch {
                throw .unwritten(error)
            }
        }
    }

    /// Writes down where the clock stands, if it has moved on for somebody. If that fails, nothing
    /// is lost but the time that has passed.
    func journalClock() {
        guard store != nil, !isLookingBack, (try? checkWritable()) != nil else { return }
        try? journal(nil)
    }

    /// Does something to the cloud that is no call of AWS's, shows it and writes it down.
    func change(_ change: Registry.Change) throws(APIFailure) {
        try checkWritable()
        try live.cloud.apply(change)
        if !live.cloud.facts.isEmpty { takeNotice() }
        try journal(.registry(change))
    }

    /// The whole of it, to go on from.
    var moment: Moment {
        Moment(
            cloud: live.cloud, recordings: recordings, places: places.sorted(),
            facts: chronicle.last)
    }

    private func saveIfDue() {
        guard let store, !keeping!.isSaving,
            keeping!.lastEntry - keeping!.entryOfSnapshot >= store.entriesBetweenSnapshots
                || live.cloud.steps - keeping!.stepOfSnapshot >= Self.mostSteps
        else { return }
        keeping!.isSaving = true
        // What is behind a snapshot cannot be done again, so the history is written before it.
        handOverHistory()
        let (history, moment, entry) = (history, moment, keeping!.lastEntry)
        let story = store.story
        let wall = WallClock.calendarMilliseconds
        Task.detached(priority: .utility) { [weak self] in
            // One that fails is made up for by the next, when as much again has happened; the
            // journal has everything.
            try? {
                try history?.drain()
                try store.save(moment, after: entry, wallMilliseconds: wall, of: story)
            }()
            await self?.saved(entry, moment.cloud.steps, of: story)
        }
    }

    private func saved(_ entry: Int, _ step: Int, of story: StateFile.Story) {
        guard story == store?.story else { return }
        keeping?.isSaving = false
        keeping?.entryOfSnapshot = entry
        keeping?.stepOfSnapshot = step
    }

    /// Everything is written down, and nothing more will be.
    func closeState() {
        guard let store, !store.isReadOnly, let keeping, !keeping.isLost else { return }
        lookAway()
        catchUp()
        journalClock()
        handOverHistory(isLast: true)
        if (try? history?.drain()) != nil {
            try? store.save(
                moment, after: self.keeping!.lastEntry,
                wallMilliseconds: WallClock.calendarMilliseconds)
        }
        self.keeping = nil
        try? store.close()
    }

    /// `GET state`: where the cloud is kept, and what tells it from every other.
    func state() throws -> JSON {
        let cloud = live.cloud
        return .object([
            "file": store.map { .string($0.path) } ?? .null,
            "entries": .number("\(keeping?.lastEntry ?? 0)"),
            "steps": .number("\(cloud.steps)"), "now": .seconds(cloud.now),
            "version": .string(Cloud.version), "fingerprint": .string(try cloud.fingerprint()),
        ])
    }

    // MARK: going back

    /// Takes back what could not be written down: the cloud is read again from the file, and lives
    /// through the time since.
    private func goBack() {
        let instant = live.cloud.now
        guard let store, var last = try? store.last() else {
            keeping?.isLost = true
            return
        }
        last.run(until: max(instant, last.cloud.now))
        past.notes.forget(after: last.facts)
        take(last)
    }

    /// Goes on from another moment.
    func take(_ moment: Moment) {
        live.cloud = moment.cloud
        recordings = moment.recordings
        places = Set(moment.places)
        forgetCallers()
        chronicle.go(on: moment.facts)
        memory = PollMemory()
        pace.move(to: live.cloud.now, at: WallClock.now)
        listenersMayDiffer()
        setAlarm()
    }

    // MARK: opening

    /// Lets pass the time in which nobody served the cloud, where the clock is one that flows by
    /// itself: such a cloud lives on. With the other clocks it stood still.
    func liveThrough(since wallMilliseconds: Int64?) {
        guard pace.mode == .real, let wallMilliseconds else { return }
        let milliseconds = max(0, WallClock.calendarMilliseconds - wallMilliseconds)
        let passed = Double(milliseconds) / 1000 * pace.speed
        let target = live.cloud.now + .seconds(min(passed, Self.longestAbsence))
        while !run(until: target, patience: .max) {}
        pace.move(to: live.cloud.now, at: WallClock.now)
        journalClock()
    }

    /// A hundred years, in seconds: so that no clock of a machine that is wrong can overflow.
    private static let longestAbsence = 100.0 * 365 * 86_400

    /// Gives up what cannot go on: the bytes of uploads that were not complete are gone.
    ///
    /// - Returns: A sentence about each thing that is not as it was.
    func tidyAfterOpening() -> [String] {
        for upload in live.cloud.openUploads.sorted() { try? change(.dropped(upload: upload)) }
        let digests = live.cloud.referencedDigests()
        for path in blobs.sweep(keeping: digests, uploads: []) { Disk.remove(path) }
        let missing = digests.count { blobs.sizeBytes(ofBlob: $0) == nil }
        guard missing > 0 else { return [] }
        return [
            "Of the images, \(missing) blobs are not in \(blobs.folder?.path ?? "the folder"); "
                + "who pulls them will not find them."
        ]
    }
}

extension APIFailure {
    /// What was asked for could not be kept, and was not done. The code is the one that the SDKs
    /// try again; text: ours.
    static func unwritten(_ error: any Error) -> APIFailure {
        APIFailure(
            code: "InternalFailure", message: "Nothing was changed: \(error)", status: 500)
    }

    static func stateLost(_ path: String) -> APIFailure {
        APIFailure(
            code: "InternalFailure",
            message: "Nothing was changed: \(path) can be neither written nor read any more. Stop "
                + "the server, and start it again when the disk works.", status: 500)
    }
}
