import Cloud
import CloudAPI
import Reports
import Simulation

extension Findings {
    /// A new deployment was forced, and its tasks run what the old ones ran.
    @Sendable static func forcedWithoutNewImage(_ scene: Scene) -> [Finding] {
        scene.rollouts.compactMap { rollout -> Finding? in
            guard let update = rollout.call.input as? ECS.UpdateService,
                update.forceNewDeployment == true, !rollout.isFirst,
                !rollout.deployment.digests.isEmpty,
                rollout.deployment.digests.allSatisfy({ $0 != nil })
            else { return nil }
            let olds = rollout.deployment.sources.compactMap {
                scene.end.containers.deployments.find($0)
            }
            let isSame = olds.allSatisfy {
                $0.settings.definition == rollout.deployment.settings.definition
                    && $0.digests == rollout.deployment.digests
            }
            guard !olds.isEmpty, isSame else { return nil }
            let name = scene.service(of: rollout).name
            let definition = scene.definition(of: rollout)
            let image = definition.containers[0].image.text
            let digest = Scene.short(rollout.deployment.digests[0] ?? "")
            let call = scene.name(rollout.call)
            return Finding(
                "forced-without-new-image",
                title: Bilingual(
                    "A deployment of \(name) was forced without a new image.",
                    "Ein Deployment von \(name) wurde ohne neues Image erzwungen."),
                evidence: Bilingual(
                    "\(call.english): \(image) is \(digest) before and after; every task was "
                        + "replaced by one of the same version.",
                    "\(call.german): \(image) ist vorher und nachher \(digest); jeder Task wurde "
                        + "durch einen derselben Version ersetzt."),
                remedy: Bilingual(
                    "Push the new image to the name that the task definition says before the "
                        + "update, or register a revision that names the new tag or digest.",
                    "Vor dem Update das neue Image unter dem Namen pushen, den die Task-Definition "
                        + "nennt, oder eine Revision registrieren, die den neuen Tag oder Digest "
                        + "nennt."),
                calls: [rollout.call.number])
        }
    }
}
