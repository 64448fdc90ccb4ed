import Cloud
import CloudAPI
import Store

/// What a world has to do so that people can ask what happened: docs/history.md says what they
/// find.
///
/// The journal is written before an answer is sent, the history behind it and in batches. It can
/// always be made again from the journal, so it may come late; it never says what the journal does
/// not lead to.
extension World {
    /// From the first thing that is not written down to its writing.
    private static let wait: UInt64 = 250_000_000

    struct HistoryKeeping {
        var notes = HistoryNotes()
        /// Somebody is going to write, or is at it.
        var isDue = false
        /// What was handed over last could not be written.
        var isFailing = false
    }

    /// Takes note of what the last step brought about.
    func noteFacts() {
        guard history != nil else { return }
        past.notes.take(live.cloud, last: chronicle.last)
        writeHistorySoon()
    }

    func noteRead(_ operation: any APIOperation) {
        guard history != nil else { return }
        past.notes.noteRead(type(of: operation))
        writeHistorySoon()
    }

    func note(
        refused failure: APIFailure, service: String, operation: String, from sender: Sender
    ) {
        guard history != nil, let keeping else { return }
        let caller = accounts.caller(
            accessKey: sender.accessKey, region: sender.region, in: live.cloud)
        past.notes.note(
            HistoryNotes.Refusal(
                failure, service: service, operation: operation, by: caller, at: live.cloud.now,
                afterEntry: keeping.lastEntry, wallMilliseconds: WallClock.calendarMilliseconds))
        writeHistorySoon()
    }

    /// Hands over what has happened up to now. Not in the middle of a call: what is not yet in the
    /// journal may still be taken back.
    ///
    /// - Parameter isLast: Whether the tables are to say where every deployment stands.
    func handOverHistory(isLast: Bool = false) {
        guard let history, keeping != nil, isLast || !past.notes.isEmpty else { return }
        history.add(
            HistoryWriter.Batch(
                past.notes, until: present?.moment ?? moment, clock: clockEntry(),
                isLast: isLast))
        past.notes = HistoryNotes()
    }

    /// Lets the file tell another story from now on, or from the beginning.
    ///
    /// - Parameter change: What is done to the file for that.
    func beginAnotherStory(_ change: () throws -> Void) throws {
        if let history { try history.restart(change) } else { try change() }
        past.notes = HistoryNotes()
    }

    /// An entry that says where the cloud stands, unless the last one does.
    private func clockEntry() -> JournalEntry? {
        guard !isLookingBack else { return nil }
        guard keeping!.stepOfEntry != live.cloud.steps || keeping!.atOfEntry != live.cloud.now
        else { return nil }
        let entry = JournalEntry(
            number: keeping!.lastEntry + 1, nil, to: live.cloud,
            wallMilliseconds: WallClock.calendarMilliseconds)
        keeping!.note(entry)
        return entry
    }

    private func writeHistorySoon() {
        guard !past.isDue else { return }
        past.isDue = true
        Task { [weak self] in
            try? await Task.sleep(nanoseconds: Self.wait)
            await self?.writeHistory()
        }
    }

    private func writeHistory() async {
        // While nothing can be written, it comes to one batch.
        if !past.isFailing {
            // What is noted and not written may still be taken back.
            try? settle(upTo: lastEntry)
            handOverHistory()
        }
        let history = history
        past.isFailing = await Task.detached(priority: .utility) {
            (try? history?.drain()) == nil
        }.value
        past.isDue = false
        if past.isFailing || !past.notes.isEmpty { writeHistorySoon() }
    }
}
