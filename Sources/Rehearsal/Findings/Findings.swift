import Reports
import Simulation

/// Every mistake that Drydock can prove, each in a file of its own. What cannot be proven from the
/// calls and the cloud is not said: a finding is never a guess.
enum Findings {
    static let all: [@Sendable (Scene) -> [Finding]] = [
        nothingChecked, successAfterFailure, waiterWhileMixed, forcedWithoutNewImage,
        imageNeverUsed, noCircuitBreaker, percentCannotMove, graceTooShort, noWayToRegistry,
        listenerPortClosed, listenerToUnhealthyGroup, everyTaskStopped, firstTaskTaken,
        existenceByStatus, regionOnSomeCalls, refusalIgnored,
    ]

    /// In the order of the table.
    static func find(in scene: Scene) -> [Finding] { all.flatMap { $0(scene) } }
}
