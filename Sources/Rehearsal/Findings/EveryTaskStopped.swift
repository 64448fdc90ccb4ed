import Cloud
import CloudAPI
import Reports
import Simulation

extension Findings {
    /// After a deployment was called for, the script stopped every task that was there: the
    /// deployment would have done so one after the other.
    @Sendable static func everyTaskStopped(_ scene: Scene) -> [Finding] {
        scene.rollouts.compactMap { rollout -> Finding? in
            let stops = scene.calls(after: rollout.call).filter {
                $0.input is ECS.StopTask && $0.failure == nil
            }
            guard let first = stops.first, let last = stops.last, !rollout.isFirst,
                let before = first.before, let after = last.after
            else { return nil }
            let id = rollout.deployment.service
            let there = before.containers.services[id].tasks.filter {
                before.containers.tasks[$0].isWanted
                    && before.containers.tasks[$0].status == .running
            }
            let left = there.filter { after.containers.tasks.find($0)?.isWanted == true }
            let outage = rollout.result.noVersion.windows.filter {
                $0.to > first.to - rollout.call.to
            }
            guard !there.isEmpty, left.isEmpty, let window = outage.first else { return nil }
            let name = scene.service(of: rollout).name
            let length = Scene.length(window.to - window.from)
            return Finding(
                "every-task-stopped",
                title: Bilingual(
                    "Every task of \(name) was stopped at once.",
                    "Alle Tasks von \(name) wurden auf einmal beendet."),
                evidence: Bilingual(
                    "Calls \(first.number) to \(last.number), ecs StopTask, ended all "
                        + "\(there.count) running tasks; nothing answered for \(length.english).",
                    "Aufrufe \(first.number) bis \(last.number), ecs StopTask, beendeten alle "
                        + "\(there.count) laufenden Tasks; \(length.german) lang antwortete "
                        + "nichts."),
                remedy: Bilingual(
                    "Leave that to the deployment: --force-new-deployment replaces the tasks "
                        + "without an interruption.",
                    "Das dem Deployment überlassen: --force-new-deployment ersetzt die Tasks ohne "
                        + "Unterbrechung."),
                calls: stops.map(\.number))
        }
    }
}
