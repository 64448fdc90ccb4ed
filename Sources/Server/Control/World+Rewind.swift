import Cloud
import CloudAPI
import Experiments
import Reports
import Simulation
import Store

/// Going back in time: to look, or to go on from there.
extension World {
    /// What is put aside while the world shows how it was.
    struct Present {
        var moment: Moment
        var chronicle: Chronicle
    }

    var isLookingBack: Bool { present != nil }

    /// Makes sure that everything up to now is in the file. What is then read from it reaches the
    /// present.
    func writeDown() -> Instant {
        guard present == nil else { return present!.moment.cloud.now }
        catchUp()
        journalClock()
        return live.cloud.now
    }

    /// Shows the cloud as it was. It stands still, and whoever wants to change something is
    /// refused, until ``lookAway()``.
    func look(at moment: Moment) {
        handOverHistory()
        present = present ?? Present(moment: self.moment, chronicle: chronicle)
        take(moment)
    }

    /// Goes on from the present, which has stood still meanwhile.
    func lookAway() {
        guard let present else { return }
        self.present = nil
        take(present.moment)
        chronicle = present.chronicle
        setAlarm()
    }

    /// Goes on from a moment of the past.
    ///
    /// - Returns: The file in which the present is kept that is given up.
    func fork(from moment: Moment) throws -> String {
        guard let store, !store.isReadOnly else { throw StoreProblem.nothingKept }
        lookAway()
        let wall = WallClock.calendarMilliseconds
        handOverHistory(isLast: true)
        try history?.drain()
        let copy = try store.copyAside()
        try keepImages(for: copy)
        var entry = 0
        try beginAnotherStory { entry = try store.cut(to: moment, wallMilliseconds: wall) }
        keeping = Keeping(
            lastEntry: entry, entryOfSnapshot: entry, stepOfSnapshot: moment.cloud.steps)
        take(moment)
        return copy
    }

    /// Gives the whole cloud up for another one.
    ///
    /// - Returns: The file in which the one before is kept; `nil` if it was in memory alone.
    func replace(by moment: Moment) throws -> String? {
        lookAway()
        var copy: String?
        if let store {
            handOverHistory(isLast: true)
            try history?.drain()
            copy = try store.copyAside()
            try keepImages(for: copy!)
            try beginAnotherStory {
                try store.clear(to: moment, wallMilliseconds: WallClock.calendarMilliseconds)
            }
            keeping = Keeping(
                lastEntry: 0, entryOfSnapshot: 0, stepOfSnapshot: moment.cloud.steps)
        }
        take(moment)
        answerAsOurs()
        return copy
    }

    /// Lets a copy of the state have its images, which take no room twice.
    private func keepImages(for copy: String) throws {
        guard let folder = blobs.folder else { return }
        try folder.link(to: copy + ".images")
    }

    /// `POST rewind`, answered.
    func rewound(kept: String?) -> JSON {
        .object([
            "now": .seconds(live.cloud.now),
            "calendar": .string(live.cloud.calendar(live.cloud.now).iso8601),
            "lookingBack": .bool(isLookingBack),
            "present": present.map { .seconds($0.moment.cloud.now) } ?? .null,
            "kept": kept.map { .string($0) } ?? .null,
        ])
    }
}

extension APIFailure {
    /// The world shows its past. Code and text: ours.
    static func lookingBack(at instant: Instant) -> APIFailure {
        APIFailure(
            code: "InvalidRequestException",
            message: "Nothing can be changed at \(instant.sinceStart.seconds3) s, in the past: "
                + "drydock rewind --to now goes back to the present, and --fork goes on from here.",
            status: 409)
    }
}

extension StoreProblem {
    static let nothingKept = StoreProblem(
        .unwritable,
        "This server keeps no journal, so it knows the present alone; start one with --state FILE.")
}
