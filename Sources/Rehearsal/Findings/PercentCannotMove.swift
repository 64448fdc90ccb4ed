import Cloud
import Reports
import Simulation

extension Findings {
    /// The percentages allow neither to start a task nor to stop one.
    @Sendable static func percentCannotMove(_ scene: Scene) -> [Finding] {
        scene.lastRollouts.compactMap { rollout -> Finding? in
            let service = scene.service(of: rollout)
            guard
                let event = service.events.last(where: {
                    $0.kind == .cannotMove && $0.at >= rollout.deployment.createdAt
                })
            else { return nil }
            let settings = rollout.deployment.settings
            let (least, most) = (settings.minimumHealthyPercent, settings.maximumPercent)
            let (count, at) = (service.desiredCount, scene.at(event.at))
            return Finding(
                "percent-cannot-move",
                title: Bilingual(
                    "The percentages of \(service.name) do not let the deployment move.",
                    "Die Prozentwerte von \(service.name) lassen das Deployment nicht vorankommen."
                ),
                evidence: Bilingual(
                    "minimumHealthyPercent \(least) and maximumPercent \(most) at a desired count "
                        + "of \(count): no task may be stopped and none started. ECS said at "
                        + "\(at.english): "
                        + scene.end.message(of: event, in: rollout.deployment.service),
                    "minimumHealthyPercent \(least) und maximumPercent \(most) bei einer Anzahl "
                        + "von \(count): Kein Task darf beendet und keiner gestartet werden. ECS "
                        + "bei \(at.german): "
                        + scene.end.message(of: event, in: rollout.deployment.service)),
                remedy: Bilingual(
                    "Raise maximumPercent so that one task more than desired may run, or lower "
                        + "minimumHealthyPercent so that one may be missing.",
                    "maximumPercent so weit heben, dass ein Task mehr laufen darf, oder "
                        + "minimumHealthyPercent so weit senken, dass einer fehlen darf."),
                calls: [rollout.call.number])
        }
    }
}
