import Experiments
import Reports
import Simulation

extension Findings {
    /// The script asked, and still called a deployment a success that had failed: after a rollback
    /// the service is as stable as after a deployment.
    @Sendable static func successAfterFailure(_ scene: Scene) -> [Finding] {
        guard scene.saysSuccess else { return [] }
        return scene.lastRollouts.filter { rollout in
            let failed = [.failed, .rolledBack].contains(rollout.result.outcome)
            return failed && scene.isChecked(rollout) && !scene.isDeleted(rollout)
        }.map { rollout in
            let name = scene.service(of: rollout).name
            let isBack = rollout.result.outcome == .rolledBack
            let failed = scene.at(rollout.deployment.stoppedAt ?? scene.end.now)
            let exit = scene.at(scene.atExit.now)
            return Finding(
                "success-after-failure",
                title: Bilingual(
                    "Success is reported, and the deployment of \(name) "
                        + (isBack ? "was rolled back." : "failed."),
                    "Erfolg wird gemeldet, und das Deployment von \(name) "
                        + (isBack ? "wurde zurückgerollt." : "ist gescheitert.")),
                evidence: Bilingual(
                    "It failed at \(failed.english); the script ended with status 0 at "
                        + "\(exit.english).\(isBack ? " The old version is what runs." : "")",
                    "Es scheiterte bei \(failed.german); das Skript endete mit Status 0 bei "
                        + "\(exit.german).\(isBack ? " Es läuft die alte Version." : "")"),
                remedy: Bilingual(
                    "A waiter tells that the service is stable, not which version it runs: after "
                        + "it compare the rolloutState of the deployment that UpdateService "
                        + "answered, or the task definition of the PRIMARY one.",
                    "Ein Waiter sagt, dass der Dienst stabil ist, nicht welche Version läuft: "
                        + "danach den rolloutState des Deployments vergleichen, das UpdateService "
                        + "geantwortet hat, oder die Task-Definition des PRIMARY."),
                calls: [rollout.call.number])
        }
    }
}
