import Cloud
import Reports
import Simulation

extension Findings {
    /// Tasks could not start because no path leads from their subnet to the registry.
    @Sendable static func noWayToRegistry(_ scene: Scene) -> [Finding] {
        scene.rollouts.compactMap { rollout -> Finding? in
            for task in scene.tasks(of: rollout) where task.stopCause?.code == .taskFailedToStart {
                guard case .text(let reason)? = task.stopCause?.reason,
                    reason.hasSuffix("i/o timeout")
                else { continue }
                let name = scene.service(of: rollout).name
                let subnet = scene.end.id(task.subnet)
                let without =
                    task.hasPublicAddress
                    ? Bilingual("", "")
                    : Bilingual(", without a public address,", " ohne öffentliche Adresse")
                return Finding(
                    "no-way-to-registry",
                    title: Bilingual(
                        "The tasks of \(name) cannot reach the registry.",
                        "Die Tasks von \(name) erreichen die Registry nicht."),
                    evidence: Bilingual(
                        "A task in \(subnet)\(without.english) stopped: \(reason)",
                        "Ein Task in \(subnet)\(without.german) endete: \(reason)"),
                    remedy: Bilingual(
                        "Give its subnet a route to a NAT gateway or VPC endpoints for ecr.api, "
                            + "ecr.dkr and s3; or, in a public subnet, assignPublicIp=ENABLED.",
                        "Seinem Subnetz eine Route zu einem NAT-Gateway oder VPC-Endpunkte für "
                            + "ecr.api, ecr.dkr und s3 geben; oder in einem öffentlichen Subnetz "
                            + "assignPublicIp=ENABLED."),
                    calls: [rollout.call.number])
            }
            return nil
        }
    }
}
