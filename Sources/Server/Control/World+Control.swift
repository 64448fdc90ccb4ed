import Cloud
import Experiments
import Reports
import Simulation

extension World {
    /// How far the clock goes at most in search of a moment at which everything is stable.
    static let longestWaitForStable = Duration.hours(1)

    func now() -> Instant {
        catchUp()
        return live.cloud.now
    }

    /// When the next event is due; `nil` if there is none.
    func nextInstant() -> Instant? {
        catchUp()
        return live.cloud.timeline.nextInstant
    }

    /// - Returns: `false` for a clock that has no speed.
    func set(speed: Double) -> Bool {
        guard pace.mode != .manual else { return false }
        catchUp()
        pace.set(speed: speed, at: live.cloud.now, wall: WallClock.now)
        setAlarm()
        return true
    }

    func set(isPaused: Bool) {
        catchUp()
        pace.set(isPaused: isPaused, at: live.cloud.now, wall: WallClock.now)
        setAlarm()
    }

    /// Moves the clock to the first moment at which nothing is on its way any more.
    ///
    /// - Returns: Whether that is reached, or the limit; if neither, ask again.
    func advanceUntilStable(limit: Instant) -> Bool {
        defer {
            pace.move(to: live.cloud.now, at: WallClock.now)
            journalClock()
            setAlarm()
        }
        let began = WallClock.now
        while !isStable {
            guard let next = live.cloud.timeline.nextInstant, next <= limit else {
                return true
            }
            _ = live.cloud.step(until: next)
            if !live.cloud.facts.isEmpty { takeNotice() }
            if WallClock.now.since(began) > 50_000_000 { return false }
        }
        return true
    }

    /// Whether every service is steady and no task, load balancer or gateway is on its way.
    var isStable: Bool {
        let cloud = live.cloud
        return cloud.containers.services.values.allSatisfy {
            $0.status == .inactive || ($0.status == .active && $0.isSteady)
        }
            && cloud.containers.tasks.values.allSatisfy {
                $0.status == .stopped || ($0.status == .running && $0.isWanted)
            }
            && cloud.balancing.loadBalancers.values.allSatisfy { $0.state == .active }
            && cloud.network.natGateways.values.allSatisfy {
                $0.state != .pending && $0.state != .deleting
            }
    }

    /// `GET clock`
    func clock() -> JSON {
        catchUp()
        let cloud = live.cloud
        return .object([
            "now": .seconds(cloud.now), "calendar": .string(cloud.calendar(cloud.now).iso8601),
            "mode": .string(pace.mode.rawValue), "speed": .number(Self.decimals(pace.speed)),
            "paused": .bool(pace.isPaused), "lookingBack": .bool(isLookingBack),
            "stable": .bool(isStable),
            "pending": .number("\(cloud.timeline.count)"),
            "next": cloud.timeline.nextInstant.map { .seconds($0) } ?? .null,
        ])
    }

    private static func decimals(_ number: Double) -> String {
        number == number.rounded() ? "\(Int(number))" : "\(number)"
    }

    /// `GET deployments`: what each deployment since the start has measured so far.
    func deployments() -> String {
        catchUp()
        return DeploymentResult.json(recordings.results(in: live.cloud))
    }
}

extension JSON {
    package static func bool(_ value: Bool) -> JSON { .number(value ? "true" : "false") }

    static func seconds(_ instant: Instant) -> JSON { .number(instant.sinceStart.seconds3) }
}
