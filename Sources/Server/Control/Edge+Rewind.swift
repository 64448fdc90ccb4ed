import CloudAPI
import Experiments
import HummingbirdCore
import Simulation
import Store

extension Edge {
    /// `POST rewind {"to": ..., "fork": ...}`: shows the cloud as it was, or goes on from there.
    func rewind(_ body: WireValue) async throws -> Response {
        guard case .object(let members) = body,
            members.allSatisfy({ $0.key == "to" || $0.key == "fork" })
        else { throw ControlProblem(400, "Say where to: {\"to\": seconds, \"fork\": false}.") }
        var isFork = false
        switch body["fork"] {
        case nil: break
        case .bool(let value)?: isFork = value
        default: throw ControlProblem(400, "\"fork\" is true or false.")
        }
        let end = await world.writeDown()
        let text: String? =
            switch body["to"] {
            case .string(let text)?: text
            case .int(let seconds)?: "\(seconds)"
            case .double(let seconds)?: "\(seconds)"
            default: nil
            }
        let instant = try instant(text, called: "to", until: end, epoch: await world.epoch())
        if instant == end, !isFork {
            await world.lookAway()
            return .json(await world.rewound(kept: nil))
        }
        guard let store = world.store else {
            throw ControlProblem(409, StoreProblem.nothingKept.description)
        }
        do {
            let path = store.path
            // On a thread of its own: the world goes on meanwhile.
            let moment = try await Task.detached {
                try StateReader(path).moment(at: instant).value
            }.value
            let kept = isFork ? try await world.fork(from: moment) : nil
            if !isFork { await world.look(at: moment) }
            return .json(await world.rewound(kept: kept))
        } catch let problem as StoreProblem {
            throw ControlProblem(409, problem.description)
        }
    }

    /// An instant that a client has written, up to the present.
    func instant(
        _ text: String?, called name: String, until end: Instant, epoch: Timestamp
    ) throws(ControlProblem) -> Instant {
        guard let text, let written = WrittenInstant(text) else {
            throw ControlProblem(400, "\"\(name)\" is \(WrittenInstant.forms).")
        }
        guard let instant = written.instant(epoch: epoch, now: end) else {
            throw ControlProblem(
                400, "The clock started at \(epoch.iso8601), and \(text) is before that.")
        }
        guard instant <= end else {
            throw ControlProblem(400, "\(text) is still to come: the clock stands at \(end) s.")
        }
        return instant
    }
}

extension World {
    func epoch() -> Timestamp { live.cloud.epoch }
}
