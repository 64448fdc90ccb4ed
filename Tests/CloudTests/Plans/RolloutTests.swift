import Testing

@testable import Cloud

@Suite struct RolloutTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let rollout: Containers.Rollout
        let steps: [Containers.Step]
        var testDescription: String { name }

        /// Counts are (wanted, healthy) or, for new tasks, (wanted, healthy, sick).
        init(
            _ name: String, desired: Int, percent: (Int, Int), old: (Int, Int) = (0, 0),
            new: (Int, Int, Int) = (0, 0, 0), stopping: Int = 0, arriving: Int = 0,
            replaceable: Int = 0, deploying: Bool = true, failed: Bool = false,
            steps: [Containers.Step]
        ) {
            self.name = name
            self.steps = steps
            var rollout = Containers.Rollout(
                desired: desired, minimumPercent: percent.0, maximumPercent: percent.1)
            rollout.old = .init(wanted: old.0, healthy: old.1)
            rollout.new = .init(wanted: new.0, healthy: new.1, sick: new.2)
            rollout.holding = old.0 + new.0 + stopping
            rollout.isDeploying = deploying
            rollout.hasFailed = failed
            rollout.arriving = arriving
            rollout.replaceable = replaceable
            self.rollout = rollout
        }
    }

    static let cases = [
        Case(
            "starts all new tasks at once where twice as many may run",
            desired: 4, percent: (100, 200), old: (4, 4), steps: [.start(4, replacing: 0)]),
        Case(
            "waits while the new tasks are not yet healthy",
            desired: 4, percent: (100, 200), old: (4, 4), new: (4, 0, 0), steps: []),
        Case(
            "stops as many old tasks as new ones are healthy",
            desired: 4, percent: (100, 200), old: (4, 4), new: (4, 3, 0),
            steps: [.stopOld(unhealthy: 0, healthy: 3)]),
        Case(
            "makes room first where no surge is allowed",
            desired: 4, percent: (50, 100), old: (4, 4),
            steps: [.stopOld(unhealthy: 0, healthy: 2)]),
        Case(
            "starts in the room that stopped tasks have left",
            desired: 4, percent: (50, 100), old: (2, 2), steps: [.start(2, replacing: 0)]),
        Case(
            "does not start while stopping tasks still hold their places",
            desired: 4, percent: (50, 100), old: (2, 2), stopping: 2, steps: []),
        Case(
            "cannot move with 100/100",
            desired: 2, percent: (100, 100), old: (2, 2), steps: []),
        Case(
            "rounds the minimum up: of two tasks 75 % are two",
            desired: 2, percent: (75, 100), old: (2, 2), steps: []),
        Case(
            "rounds the maximum down: of three tasks 125 % are three",
            desired: 3, percent: (100, 125), old: (3, 3), steps: []),
        Case(
            "stops and starts in one look where the minimum is zero and there is room",
            desired: 1, percent: (0, 200), old: (1, 1),
            steps: [.start(1, replacing: 0), .stopOld(unhealthy: 0, healthy: 1)]),
        Case(
            "stops old tasks that are not healthy at once",
            desired: 2, percent: (100, 200), old: (3, 1), new: (2, 0, 0),
            steps: [.stopOld(unhealthy: 2, healthy: 0)]),
        Case(
            "starts no more than is desired",
            desired: 3, percent: (100, 200), new: (1, 1, 0), steps: [.start(2, replacing: 0)]),
        Case(
            "scales in what is not healthy first",
            desired: 1, percent: (100, 200), new: (3, 2, 0), steps: [.stopNew(2)]),
        Case(
            "scales in to nothing",
            desired: 0, percent: (100, 200), new: (2, 2, 0), steps: [.stopNew(2)]),
        Case(
            "replaces a sick new task and stops it in the same look of a deployment",
            desired: 2, percent: (100, 200), old: (2, 2), new: (2, 1, 1),
            steps: [
                .stopSick(1), .stopOld(unhealthy: 0, healthy: 1),
            ]),
        Case(
            "starts the replacement first in a steady service",
            desired: 2, percent: (100, 200), new: (2, 1, 1), deploying: false,
            steps: [.start(1, replacing: 1)]),
        Case(
            "stops the sick task of a steady service once its replacement is healthy",
            desired: 2, percent: (100, 200), new: (3, 2, 1), deploying: false,
            steps: [.stopSick(1)]),
        Case(
            "stops one sick task at a time where there is no room to start first",
            desired: 3, percent: (50, 100), new: (3, 1, 2), deploying: false,
            steps: [.stopSick(1)]),
        Case(
            "waits for the sick task that is on its way out before it stops the next",
            desired: 3, percent: (50, 100), new: (2, 1, 1), stopping: 1, deploying: false,
            steps: []),
        Case(
            "stops all sick tasks at once where none is desired",
            desired: 0, percent: (50, 100), new: (3, 0, 3), deploying: false,
            steps: [.stopSick(3)]),
        Case(
            "starts tasks of the version before where the minimum misses them",
            desired: 2, percent: (100, 200), old: (1, 1), new: (2, 0, 0), replaceable: 1,
            steps: [.startOld(1, replacing: 0)]),
        Case(
            "does not, where the new version has what the minimum needs",
            desired: 2, percent: (50, 200), old: (1, 1), new: (2, 0, 0), replaceable: 1,
            steps: []),
        Case(
            "keeps tasks of the version before that are on their way, as far as it needs them",
            desired: 2, percent: (100, 200), old: (2, 1), new: (2, 0, 0), arriving: 1,
            steps: []),
        Case(
            "stops them once it does not",
            desired: 2, percent: (100, 200), old: (2, 1), new: (2, 2, 0), arriving: 1,
            steps: [.stopOld(unhealthy: 1, healthy: 1)]),
        Case(
            "starts nothing of a version that has failed, and stops nothing of the one before",
            desired: 2, percent: (100, 200), old: (2, 2), new: (1, 0, 1), deploying: false,
            failed: true, steps: [.stopSick(1)]),
        Case(
            "rests where everything is as desired",
            desired: 2, percent: (100, 200), new: (2, 2, 0), deploying: false, steps: []),
    ]

    @Test(arguments: cases) func plan(_ c: Case) {
        #expect(Containers.plan(c.rollout) == c.steps)
    }

    /// Over every small situation: the plan itself never asks for too much.
    @Test func neverExceedsTheMaximumNorFallsBelowTheMinimum() {
        for desired in 0...4 {
            for percent in [(0, 100), (50, 100), (100, 100), (100, 150), (100, 200), (50, 200)] {
                for oldWanted in 0...4 {
                    for oldHealthy in 0...oldWanted {
                        for newWanted in 0...4 {
                            for newHealthy in 0...newWanted {
                                check(
                                    desired, percent, (oldWanted, oldHealthy),
                                    (newWanted, newHealthy))
                            }
                        }
                    }
                }
            }
        }
    }

    private func check(
        _ desired: Int, _ percent: (Int, Int), _ old: (Int, Int), _ new: (Int, Int)
    ) {
        let rollout = Case(
            "", desired: desired, percent: percent, old: old, new: (new.0, new.1, 0), steps: []
        ).rollout
        var holding = rollout.holding
        var healthy = old.1 + new.1
        for step in Containers.plan(rollout) {
            switch step {
            case .start(let count, _), .startOld(let count, _): holding += count
            case .stopOld(_, let stopped): healthy -= stopped
            case .stopNew(let count): healthy -= max(0, count - (new.0 - new.1))
            case .stopSick: break
            }
        }
        #expect(holding <= max(rollout.maximum, rollout.holding))
        #expect(healthy >= min(rollout.minimum, old.1 + new.1))
    }
}
