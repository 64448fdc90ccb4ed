import Simulation

extension Containers {
    /// Where a service stands, as far as its scheduler must know to decide what to do next.
    struct Rollout: Equatable, Sendable {
        var desired: Int
        /// Not fewer healthy tasks than this, by the scheduler's own doing.
        var minimum: Int
        /// Not more tasks than this from PROVISIONING through STOPPING.
        var maximum: Int
        /// The tasks of the primary deployment that are wanted, and how many of them count as
        /// healthy.
        var new = Count()
        /// The wanted tasks of older deployments.
        var old = Count()
        /// Every task that holds a place, those being stopped included.
        var holding = 0
        /// Those of them that belong to older deployments.
        var oldHolding = 0

        /// Of the old tasks, those of the revision that completed last on the way to being healthy.
        var arriving = 0
        /// How many more tasks of that revision may be started in place of those it has lost.
        var replaceable = 0

        /// Whether a deployment is in progress. If not, the service is steady, or was.
        var isDeploying = true
        /// Whether more tasks than desired are there to move from one zone to another.
        var isRebalancing = false
        /// Whether the newest deployment has failed and nothing takes it back.
        var hasFailed = false

        struct Count: Equatable, Sendable {
            var wanted = 0
            var healthy = 0
            /// Found unhealthy, past the grace period. Neither healthy nor on the way to it.
            var sick = 0
            /// Of the healthy ones and of the others, those that protection keeps.
            var heldHealthy = 0
            var heldOthers = 0

            init(wanted: Int = 0, healthy: Int = 0, sick: Int = 0) {
                self.wanted = wanted
                self.healthy = healthy
                self.sick = sick
            }
        }

        /// The minimum of healthy tasks is rounded up and the maximum of tasks down, as ECS does.
        /// Source: ecs.md section 13.1.
        init(desired: Int, minimumPercent: Int, maximumPercent: Int) {
            self.desired = desired
            minimum = (desired * minimumPercent + 99) / 100
            maximum = desired * maximumPercent / 100
        }
    }

    /// What a scheduler wants done.
    enum Step: Equatable, Sendable {
        /// Start so many tasks of the revision that completed last, some in place of sick ones.
        case startOld(Int, replacing: Int)
        /// Start so many tasks of the primary deployment, some of them in place of sick ones.
        case start(Int, replacing: Int)
        /// Stop so many sick tasks of the primary deployment.
        case stopSick(Int)
        /// Stop so many tasks of older deployments: first those that are not healthy.
        case stopOld(unhealthy: Int, healthy: Int)
        /// Stop so many tasks of the primary deployment, of which there are too many.
        case stopNew(Int)
    }

    /// Decides the next steps of a rolling deployment. Looks, decides, changes nothing.
    ///
    /// Source: ecs.md section 13.4; 13.7 for the sick.
    static func plan(_ rollout: Rollout) -> [Step] {
        let (old, new) = (rollout.old, rollout.new)
        var steps: [Step] = []

        let shortfall = max(0, rollout.minimum - old.healthy - new.healthy)
        let room = rollout.maximum - rollout.holding
        let again = startsOfOld(rollout, shortfall: shortfall, room: room)
        if again > 0 { steps.append(.startOld(again, replacing: min(again, old.sick))) }

        let missing = rollout.hasFailed ? 0 : rollout.desired - (new.wanted - new.sick)
        let start = max(0, min(missing, room - again))
        if start > 0 { steps.append(.start(start, replacing: min(start, new.sick))) }

        let sick = stopsOfSick(rollout, starting: start)
        if sick > 0 { steps.append(.stopSick(sick)) }
        // Of a failed deployment the version before is not stopped; ecs.md section 18.6.
        if rollout.hasFailed { return steps }

        // Old tasks that are not healthy serve nobody and go at once, except those that the minimum
        // needs and that are on their way; healthy ones as far as the minimum allows.
        let spare = old.healthy + new.healthy - rollout.minimum
        let healthy = max(0, min(spare, old.healthy - old.heldHealthy))
        let needed = min(shortfall, rollout.arriving)
        let unhealthy = max(0, old.wanted - old.healthy - old.heldOthers - needed)
        if healthy + unhealthy > 0 {
            steps.append(.stopOld(unhealthy: unhealthy, healthy: healthy))
        }

        // Scale-in: what is not healthy is free here too.
        let surplus = new.wanted - new.sick - rollout.desired
        if surplus > 0 {
            // What a rebalancing has started takes the place of others once it is healthy.
            let unready =
                rollout.isRebalancing ? 0 : new.wanted - new.sick - new.healthy - new.heldOthers
            let spare = rollout.isRebalancing ? new.healthy - rollout.desired : spare
            let stop = min(
                surplus,
                max(0, unready) + max(0, min(spare - healthy, new.healthy - new.heldHealthy)))
            if stop > 0 { steps.append(.stopNew(stop)) }
        }
        return steps
    }

    /// How many tasks the version before gets again while a newer one is deployed: what it has lost
    /// is replaced by its own revision, as far as the minimum needs it.
    ///
    /// Source: AWS, "Amazon ECS improves Service Availability during Rolling deployments",
    /// November 2025. That the minimum is the measure is assumed.
    private static func startsOfOld(_ rollout: Rollout, shortfall: Int, room: Int) -> Int {
        guard rollout.isDeploying || rollout.hasFailed else { return 0 }
        return max(0, min(shortfall - rollout.arriving, rollout.replaceable, room))
    }

    /// How many sick tasks go now.
    ///
    /// In a deployment they go at once, where there is room in the same look that starts their
    /// replacements. In a steady service the replacement comes first and the sick task goes when
    /// enough others are healthy; without room one goes at a time.
    private static func stopsOfSick(_ rollout: Rollout, starting: Int) -> Int {
        let new = rollout.new
        if new.sick == 0 { return 0 }
        // Nobody needs them, and after a scale-in to nothing there is no room to speak of.
        if new.healthy >= rollout.desired { return new.sick }
        let hasRoom = rollout.maximum > rollout.desired
        if !hasRoom { return rollout.holding > rollout.new.wanted + rollout.old.wanted ? 0 : 1 }
        return rollout.isDeploying || rollout.hasFailed ? new.sick : 0
    }
}
