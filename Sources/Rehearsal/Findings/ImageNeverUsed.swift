import Cloud
import CloudAPI
import Reports
import Simulation

extension Findings {
    /// An image was pushed and then something deployed, but not that image.
    @Sendable static func imageNeverUsed(_ scene: Scene) -> [Finding] {
        scene.calls.compactMap { push -> Finding? in
            guard let put = push.input as? ECR.PutImage,
                case .answered(let output as ECR.PutImage.Output) = push.outcome,
                let digest = output.image?.imageId?.imageDigest
            else { return nil }
            // Of a later push to the same tag the earlier image is no mistake.
            let isReplaced = scene.calls(after: push).contains {
                ($0.input as? ECR.PutImage).map {
                    $0.repositoryName == put.repositoryName && $0.imageTag == put.imageTag
                } ?? false
            }
            let later = scene.rollouts.filter { $0.call.number > push.number }
            guard !isReplaced, let last = later.last,
                !later.contains(where: { runs(digest, $0, scene) }), !isPart(digest, of: scene)
            else { return nil }
            let images = scene.definition(of: last).containers.map(\.image.text)
                .joined(separator: ", ")
            let name = "\(put.repositoryName)\(put.imageTag.map { ":\($0)" } ?? "")"
            let definition = scene.definition(of: last)
            let revision = "\(definition.family):\(definition.revision)"
            let call = scene.name(push)
            return Finding(
                "image-never-used",
                title: Bilingual(
                    "The new image \(name) is deployed nowhere.",
                    "Das neue Image \(name) wird nirgends ausgerollt."),
                evidence: Bilingual(
                    "\(call.english), brought \(Scene.short(digest)); the service "
                        + "\(scene.service(of: last).name) was then deployed with \(revision), "
                        + "which names \(images).",
                    "\(call.german), brachte \(Scene.short(digest)); der Dienst "
                        + "\(scene.service(of: last).name) wurde danach mit \(revision) "
                        + "ausgerollt, die \(images) nennt."),
                remedy: Bilingual(
                    "Register a revision of the task definition with the new image, and give its "
                        + "ARN to UpdateService.",
                    "Eine Revision der Task-Definition mit dem neuen Image registrieren und ihren "
                        + "ARN an UpdateService geben."),
                calls: [push.number, last.call.number])
        }
    }

    /// Whether a deployment runs the image, or would if its tasks came as far.
    private static func runs(_ digest: String, _ rollout: Scene.Rollout, _ scene: Scene) -> Bool {
        if rollout.deployment.digests.contains(digest) { return true }
        let definition = scene.definition(of: rollout)
        return definition.containers.contains { container in
            guard
                let image = scene.end.registry.image(container.image, for: definition.place)
            else { return false }
            let found = scene.end.registry.images[image]
            return found.digest == digest
                || found.children.contains { scene.end.registry.images[$0].digest == digest }
        }
    }

    /// Whether an index lists it: then it is the index that is deployed.
    private static func isPart(_ digest: String, of scene: Scene) -> Bool {
        scene.end.registry.images.values.contains { image in
            image.children.contains { scene.end.registry.images[$0].digest == digest }
        }
    }
}
