import Experiments
import Reports
import Simulation

extension Findings {
    /// A version that never gets healthy is tried for ever, because nothing ends it.
    @Sendable static func noCircuitBreaker(_ scene: Scene) -> [Finding] {
        scene.lastRollouts.compactMap { rollout -> Finding? in
            guard rollout.result.outcome == .stuck, rollout.result.replacedAt == nil,
                !rollout.deployment.settings.circuitBreaker.isEnabled,
                rollout.deployment.failedTasks > 0, !scene.isDeleted(rollout)
            else { return nil }
            let name = scene.service(of: rollout).name
            let count = rollout.deployment.failedTasks
            let measured = Scene.length(rollout.result.measuredUntil)
            let said = rollout.result.events.last.map { " ECS: \($0.message)" } ?? ""
            return Finding(
                "no-circuit-breaker",
                title: Bilingual(
                    "The new version of \(name) does not get healthy, and nothing ends its "
                        + "deployment.",
                    "Die neue Version von \(name) wird nicht gesund, und nichts beendet ihr "
                        + "Deployment."),
                evidence: Bilingual(
                    "The service has no deployment circuit breaker; \(count) tasks in a row have "
                        + "failed, and after \(measured.english) it is still IN_PROGRESS.\(said)",
                    "Der Dienst hat keinen Deployment Circuit Breaker; \(count) Tasks "
                        + "nacheinander sind gescheitert, und nach \(measured.german) ist es immer "
                        + "noch IN_PROGRESS.\(said)"),
                remedy: Bilingual(
                    "Set \"--deployment-configuration "
                        + "deploymentCircuitBreaker={enable=true,rollback=true}\" when the service "
                        + "is created or updated.",
                    "Beim Anlegen oder Ändern des Dienstes \"--deployment-configuration "
                        + "deploymentCircuitBreaker={enable=true,rollback=true}\" setzen."),
                calls: [rollout.call.number])
        }
    }
}
