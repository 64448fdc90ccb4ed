import Reports
import Simulation

extension Findings {
    /// The last waiter came back while both versions answered, and the script was content.
    @Sendable static func waiterWhileMixed(_ scene: Scene) -> [Finding] {
        guard scene.saysSuccess else { return [] }
        return scene.rollouts.compactMap { rollout -> Finding? in
            let later = scene.calls(after: rollout.call)
            guard let waiter = later.last(where: { $0.isWaiting && $0.failure == nil }),
                let last = later.last(where: { scene.asks($0, about: rollout) }) ?? later.last
            else { return nil }
            let windows = rollout.result.bothVersions.windows
            let (came, asked) = (waiter.to - rollout.call.to, last.to - rollout.call.to)
            guard let window = windows.first(where: { $0.from <= came && came < $0.to }),
                asked < window.to
            else { return nil }
            let name = scene.service(of: rollout).name
            let (back, until) = (scene.at(waiter.to), scene.at(rollout.call.to + window.to))
            let call = scene.name(waiter)
            return Finding(
                "waiter-while-mixed",
                title: Bilingual(
                    "A waiter came back while two versions of \(name) answered.",
                    "Ein Waiter kam zurück, während zwei Versionen von \(name) antworteten."),
                evidence: Bilingual(
                    "\(call.english), came back at \(back.english), and nothing was asked later; "
                        + "the old version went on answering until \(until.english).",
                    "\(call.german), kam bei \(back.german) zurück, und danach wurde nichts mehr "
                        + "gefragt; die alte Version antwortete noch bis \(until.german)."),
                remedy: Bilingual(
                    "Wait with \"aws ecs wait services-stable\": it ends only when one deployment "
                        + "is left. Healthy targets or running tasks are there before that.",
                    "Mit \"aws ecs wait services-stable\" warten: Es endet erst, wenn nur noch ein "
                        + "Deployment übrig ist. Gesunde Ziele oder laufende Tasks gibt es schon "
                        + "vorher."),
                calls: [waiter.number])
        }
    }
}
