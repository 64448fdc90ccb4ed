import Reports
import Simulation

extension Findings {
    /// The script ended well without having asked what became of a deployment.
    @Sendable static func nothingChecked(_ scene: Scene) -> [Finding] {
        guard scene.saysSuccess else { return [] }
        return scene.rollouts.filter { !scene.isChecked($0) && !scene.isDeleted($0) }.map {
            let name = scene.service(of: $0).name
            let (call, exit) = (scene.name($0.call), scene.at(scene.atExit.now))
            let outcome = $0.result.outcome.rawValue
            let begun = scene.at($0.call.to)
            return Finding(
                "nothing-checked",
                title: Bilingual(
                    "Nothing is checked after the deployment of \(name).",
                    "Nach dem Deployment von \(name) wird nichts geprüft."),
                evidence: Bilingual(
                    "\(call.english), began it at \(begun.english); the script ended with status 0 "
                        + "at \(exit.english) and had not asked for it. It came to \(outcome).",
                    "\(call.german), begann es bei \(begun.german); das Skript endete bei "
                        + "\(exit.german) mit Status 0, ohne danach zu fragen. Es kam zu "
                        + "\(outcome)."),
                remedy: Bilingual(
                    "Wait with \"aws ecs wait services-stable\", and then look whether the "
                        + "deployment whose id UpdateService answered is COMPLETED.",
                    "Mit \"aws ecs wait services-stable\" warten und danach nachsehen, ob das "
                        + "Deployment, dessen Id UpdateService geantwortet hat, COMPLETED ist."),
                calls: [$0.call.number])
        }
    }
}
