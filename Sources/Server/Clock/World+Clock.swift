import Cloud
import Simulation

extension World {
    /// How long, by the wall clock, time may pass at a stretch while others wait.
    private static let patience: UInt64 = 50_000_000

    /// Lets happen what should have happened by now.
    ///
    /// At a speed that the machine cannot keep up with, the clock goes as fast as it can.
    func catchUp() {
        guard pace.flows, !isLookingBack else { return }
        let wall = WallClock.now
        let target = pace.instant(at: wall)
        guard target > live.cloud.now else { return }
        if !run(until: target, patience: Self.patience) {
            pace.move(to: live.cloud.now, at: WallClock.now)
        }
    }

    /// Lets the clock run, and stops when patience is at its end.
    ///
    /// - Returns: Whether it got there.
    func run(until limit: Instant, patience: UInt64) -> Bool {
        let began = WallClock.now
        var steps = 0
        while live.cloud.step(until: limit) {
            if !live.cloud.facts.isEmpty { takeNotice() }
            steps += 1
            if steps % 64 == 0, WallClock.now.since(began) > patience { return false }
        }
        return true
    }

    /// Makes sure that the world wakes when the next event is due. An earlier alarm than needed
    /// does no harm, so this mostly changes nothing.
    func setAlarm() {
        guard pace.flows, !isLookingBack, let next = live.cloud.timeline.nextInstant,
            let moment = pace.moment(of: next)
        else { return }
        alarm.set(to: moment) { [weak self] in await self?.wake() }
    }

    private func wake() {
        alarm.hasRung()
        catchUp()
        setAlarm()
    }

    /// Moves the clock by hand or for a client, and lets it flow on from there.
    ///
    /// - Returns: Whether the clock stands at `target`; if not, ask again.
    func advance(to target: Instant) -> Bool {
        defer {
            pace.move(to: live.cloud.now, at: WallClock.now)
            journalClock()
            setAlarm()
        }
        guard target > live.cloud.now else { return true }
        return run(until: target, patience: Self.patience)
    }
}
