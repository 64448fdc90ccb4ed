import Cloud
import CloudAPI
import Reports
import Server
import Simulation

extension Findings {
    /// The first task of a list was taken for the new one, and is an old one: the list has no order
    /// that says which is new.
    @Sendable static func firstTaskTaken(_ scene: Scene) -> [Finding] {
        scene.rollouts.filter { !$0.isFirst }.compactMap { rollout -> Finding? in
            let later = Array(scene.calls(after: rollout.call))
            for (index, list) in later.enumerated() {
                guard case .answered(let output as ECS.ListTasks.Output) = list.outcome,
                    let all = output.taskArns, all.count > 1, let first = all.first,
                    let use = later[(index + 1)...].first(where: { tasks(of: $0) != nil }),
                    tasks(of: use) == [first] || tasks(of: use) == [last(first)],
                    let task = scene.end.containers.tasks.first(where: {
                        last(scene.end.arn($0.id)) == last(first)
                    })?.value,
                    task.service == rollout.deployment.service, task.deployment != rollout.id,
                    holdsNew(all, rollout, scene)
                else { continue }
                let name = scene.service(of: rollout).name
                let (listed, used) = (scene.name(list), scene.name(use))
                return Finding(
                    "first-task-taken",
                    title: Bilingual(
                        "taskArns[0] is taken for the new task of \(name), and is an old one.",
                        "taskArns[0] wird für den neuen Task von \(name) gehalten und ist ein "
                            + "alter."),
                    evidence: Bilingual(
                        "\(listed.english), named \(all.count) tasks, old and new; "
                            + "\(used.english), took the first, \(last(first)), which the "
                            + "deployment replaces.",
                        "\(listed.german), nannte \(all.count) Tasks, alte und neue; "
                            + "\(used.german), nahm den ersten, \(last(first)), den das Deployment "
                            + "ersetzt."),
                    remedy: Bilingual(
                        "Ask for \"list-tasks --started-by\" the id of the new deployment, or "
                            + "compare taskDefinitionArn or startedBy of all of them.",
                        "Mit \"list-tasks --started-by\" und der Id des neuen Deployments fragen, "
                            + "oder taskDefinitionArn oder startedBy bei allen vergleichen."),
                    calls: [list.number, use.number])
            }
            return nil
        }
    }

    /// The tasks that a call asks or enters; `nil` if it is about none. Stopping the first one is
    /// no mistake: whoever stops all of them begins with it.
    private static func tasks(of call: Transcript.Call) -> [String]? {
        switch call.input {
        case let ask as ECS.DescribeTasks: ask.tasks
        case let exec as ECS.ExecuteCommand: [exec.task]
        default: nil
        }
    }

    private static func holdsNew(
        _ arns: [String], _ rollout: Scene.Rollout, _ scene: Scene
    ) -> Bool {
        let names = arns.map(last)
        return scene.end.containers.tasks.contains { id, task in
            task.deployment == rollout.id && names.contains(last(scene.end.arn(id)))
        }
    }

    private static func last(_ arn: String) -> String {
        arn.split(separator: "/").last.map(String.init) ?? arn
    }
}
