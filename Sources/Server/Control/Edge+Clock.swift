import CloudAPI
import Simulation

extension Edge {
    /// Carries out what a `POST clock` asks for, and comes back once the clock stands there.
    func moveClock(_ body: WireValue) async throws {
        guard case .object(let members) = body, !members.isEmpty else {
            throw ControlProblem(
                400,
                "Say what to do: {\"advance\": seconds}, {\"until\": \"stable\"} or "
                    + "{\"until\": \"next\"}, {\"speed\": number}, {\"pause\": true}.")
        }
        if await world.isLookingBack {
            throw ControlProblem(
                409, "The past stands still; {\"to\": \"now\"} to rewind goes back to the present.")
        }
        for member in members {
            switch (member.key, member.value) {
            case ("advance", let value): try await advance(value)
            case ("until", .string("next")):
                if let next = await world.nextInstant() { try await go(to: next) }
            case ("until", .string("stable")): await goUntilStable()
            case ("until", _): throw ControlProblem(400, "\"until\" is \"stable\" or \"next\".")
            case ("speed", let value):
                guard let speed = value.number, (0...Self.fastest).contains(speed) else {
                    throw ControlProblem(
                        400, "\"speed\" is a number from 0 to \(Int(Self.fastest)).")
                }
                guard await world.set(speed: speed) else {
                    throw ControlProblem(
                        409,
                        "A clock that is moved by hand has no speed; start with --clock real "
                            + "or --clock demand.")
                }
            case ("pause", .bool(let isPaused)): await world.set(isPaused: isPaused)
            case ("pause", _): throw ControlProblem(400, "\"pause\" is true or false.")
            default: throw ControlProblem(400, "There is no \"\(member.key)\" for a clock.")
            }
        }
    }

    /// Virtual seconds in a second, at most. The clock goes as fast as the machine can anyway.
    static let fastest = 1_000_000.0
    /// Ten years; further than any scenario goes.
    private static let farthest = 10.0 * 365 * 86_400

    private func advance(_ value: WireValue) async throws {
        guard let seconds = value.number, (0...Self.farthest).contains(seconds) else {
            throw ControlProblem(
                400, "\"advance\" is a number of seconds, from 0 to ten years of them.")
        }
        try await go(to: await world.now() + .seconds(seconds))
    }

    /// In short stretches, between which others have their turn.
    private func go(to instant: Instant) async throws {
        while !(await world.advance(to: instant)) { try Task.checkCancellation() }
    }

    private func goUntilStable() async {
        let limit = await world.now() + World.longestWaitForStable
        while !(await world.advanceUntilStable(limit: limit)) {
            if Task.isCancelled { return }
        }
    }
}

extension WireValue {
    /// A number that is one: neither infinite nor text.
    fileprivate var number: Double? {
        switch self {
        case .int(let value): Double(value)
        case .double(let value) where value.isFinite: value
        default: nil
        }
    }
}
