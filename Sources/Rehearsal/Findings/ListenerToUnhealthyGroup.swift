import Cloud
import CloudAPI
import Reports
import Simulation

extension Findings {
    /// Traffic was switched to a target group in which nothing was healthy, away from one in which
    /// something was.
    @Sendable static func listenerToUnhealthyGroup(_ scene: Scene) -> [Finding] {
        scene.calls.compactMap { call -> Finding? in
            guard call.failure == nil, let before = call.before, let after = call.after,
                let name = (call.input as? ELBv2.ModifyListener)?.listenerArn,
                let id = after.balancing.listeners.first(where: { after.arn($0.id) == name })?.id
            else { return nil }
            let new = groups(of: id, in: after)
            guard !new.isEmpty, new != groups(of: id, in: before),
                new.allSatisfy({ healthy($0, in: after) == 0 }),
                groups(of: id, in: before).contains(where: { healthy($0, in: before) > 0 })
            else { return nil }
            let all = new.map { after.balancing.targetGroups[$0] }
            let names = all.map(\.name).joined(separator: ", ")
            let targets = all.reduce(0) { $0 + $1.targets.count }
            let (called, at) = (scene.name(call), scene.at(call.to))
            return Finding(
                "listener-to-unhealthy-group",
                title: Bilingual(
                    "The listener was switched to a group without a healthy target: \(names).",
                    "Der Listener wurde auf eine Gruppe ohne gesundes Ziel umgestellt: \(names)."),
                evidence: Bilingual(
                    "\(called.english), at \(at.english): of its \(targets) targets none was "
                        + "healthy, while the group before had healthy ones.",
                    "\(called.german), bei \(at.german): Von ihren \(targets) Zielen war keines "
                        + "gesund, während die Gruppe davor gesunde hatte."),
                remedy: Bilingual(
                    "Before the switch wait with \"aws elbv2 wait target-in-service\" for the new "
                        + "group.",
                    "Vor der Umstellung mit \"aws elbv2 wait target-in-service\" auf die neue "
                        + "Gruppe warten."),
                calls: [call.number])
        }
    }

    /// Where the default action sends requests.
    private static func groups(of id: ListenerID, in cloud: Cloud) -> [TargetGroupID] {
        guard let listener = cloud.balancing.listeners.find(id) else { return [] }
        return listener.actions.flatMap { action -> [TargetGroupID] in
            guard case .forward(let forward) = action else { return [] }
            return forward.groups.filter { $0.weight > 0 || forward.groups.count == 1 }
                .map(\.group)
        }
    }

    private static func healthy(_ id: TargetGroupID, in cloud: Cloud) -> Int {
        guard let group = cloud.balancing.targetGroups.find(id) else { return 0 }
        return group.targets.count { cloud.balancing.targets.find($0)?.state == .healthy }
    }
}
