import Cloud
import Reports
import Simulation

extension Findings {
    /// Tasks were stopped for failed health checks while their program was still starting, though
    /// it would have passed them.
    @Sendable static func graceTooShort(_ scene: Scene) -> [Finding] {
        scene.rollouts.compactMap { rollout -> Finding? in
            let definition = scene.definition(of: rollout)
            let grace = rollout.deployment.settings.gracePeriod ?? .zero
            for task in scene.tasks(of: rollout) {
                guard case .failedTargetChecks(let id)? = task.stopCause?.reason,
                    let group = scene.end.balancing.targetGroups.find(id),
                    let image = task.containers.compactMap(\.image).first,
                    let profile = scene.end.registry.images.find(image)?.configuration.profile,
                    group.healthCheck.passing.contains(where: {
                        $0.from <= profile.check.status && profile.check.status <= $0.to
                    }), profile.check.after <= group.healthCheck.timeout,
                    let started = task.startedAt, let stopped = task.stoppingAt
                else { continue }
                let boot = profile.bootTime(cpuUnits: definition.cpuUnits)
                guard boot > grace, stopped - started < boot + group.healthCheck.interval else {
                    continue
                }
                return finding(
                    scene, rollout, boot: boot, grace: grace, lived: stopped - started)
            }
            return nil
        }
    }

    private static func finding(
        _ scene: Scene, _ rollout: Scene.Rollout, boot: Duration, grace: Duration, lived: Duration
    ) -> Finding {
        let name = scene.service(of: rollout).name
        let (boot, grace) = (Scene.length(boot), Scene.length(grace))
        let lived = Scene.length(lived)
        return Finding(
            "grace-too-short",
            title: Bilingual(
                "Tasks of \(name) are stopped for failed health checks while they still start.",
                "Tasks von \(name) werden wegen gescheiterter Prüfungen beendet, während sie noch "
                    + "starten."),
            evidence: Bilingual(
                "The program needs \(boot.english) to start; the grace period is "
                    + "\(grace.english), and a task was stopped \(lived.english) after it was "
                    + "RUNNING. Once up it would have passed the check.",
                "Das Programm braucht \(boot.german) zum Starten; die Schonfrist ist "
                    + "\(grace.german), und ein Task wurde \(lived.german), nachdem er RUNNING "
                    + "war, beendet. Einmal gestartet hätte er die Prüfung bestanden."),
            remedy: Bilingual(
                "Set --health-check-grace-period-seconds to more than the start takes, and some "
                    + "checks on top.",
                "--health-check-grace-period-seconds auf mehr setzen, als der Start dauert, und "
                    + "einige Prüfungen dazu."),
            calls: [rollout.call.number])
    }
}
