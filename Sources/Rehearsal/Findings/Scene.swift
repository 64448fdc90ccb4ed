import Cloud
import CloudAPI
import Experiments
import Reports
import Server
import Simulation

/// All that findings are proven from: what was asked, what the cloud was like when the script ended
/// and when nothing moved any more, and what was measured in between.
struct Scene: Sendable {
    /// When the script began.
    let start: Instant
    /// When it ended, and the cloud at that instant.
    let atExit: Cloud
    /// Whether it said that all is well: it ended by itself with status 0.
    let saysSuccess: Bool
    /// The cloud once nothing was on its way any more.
    let end: Cloud
    let calls: [Transcript.Call]
    let requests: [Transcript.Visit]
    let rollouts: [Rollout]

    /// A deployment that the script began.
    struct Rollout: Sendable {
        let id: DeploymentID
        let deployment: Containers.Deployment
        let result: DeploymentResult
        let call: Transcript.Call
        /// Nothing of the service ran before.
        let isFirst: Bool
    }

    init(
        start: Instant, saysSuccess: Bool, exit: Cloud, end: Backstage.State
    ) {
        self.start = start
        atExit = exit
        self.saysSuccess = saysSuccess
        self.end = end.cloud
        calls = end.transcript.calls
        requests = end.transcript.requests
        var beginnings: [DeploymentID: Transcript.Call] = [:]
        for call in end.transcript.calls {
            for id in call.began { beginnings[id] = call }
        }
        rollouts = end.deployments.compactMap { id, result in
            guard let call = beginnings[id], let found = end.cloud.containers.deployments.find(id)
            else { return nil }
            return Rollout(
                id: id, deployment: found, result: result, call: call,
                isFirst: found.sources.isEmpty)
        }
    }
}

extension Scene {
    /// The last deployment of each service, which is the one that counts when the script ends.
    var lastRollouts: [Rollout] {
        rollouts.enumerated().filter { index, rollout in
            !rollouts[(index + 1)...].contains {
                $0.deployment.service == rollout.deployment.service
            }
        }.map(\.element)
    }

    /// The calls after one, in order.
    func calls(after call: Transcript.Call) -> ArraySlice<Transcript.Call> {
        calls.drop { $0.number <= call.number }
    }

    func service(of rollout: Rollout) -> Containers.Service {
        end.containers.services[rollout.deployment.service]
    }

    func definition(of rollout: Rollout) -> Containers.TaskDefinition {
        end.containers.taskDefinitions[rollout.deployment.settings.definition]
    }

    /// The tasks of a deployment that can still be described.
    func tasks(of rollout: Rollout) -> [Containers.Task] {
        let service = service(of: rollout)
        return (service.stoppedTasks + service.tasks).sorted()
            .compactMap { end.containers.tasks.find($0) }
            .filter { $0.deployment == rollout.id }
    }

    /// Whether anything asked how the service is doing after a call, by an operation of AWS's or
    /// through a load balancer.
    func isChecked(_ rollout: Rollout) -> Bool {
        calls(after: rollout.call).contains { asks($0, about: rollout) }
            || requests.contains { $0.at > rollout.call.to }
    }

    func asks(_ call: Transcript.Call, about rollout: Rollout) -> Bool {
        guard call.failure == nil else { return false }
        let name = service(of: rollout).name
        switch call.input {
        case let ask as ECS.DescribeServices:
            return ask.services.contains { $0 == name || $0.hasSuffix("/\(name)") }
        case is ECS.DescribeTasks, is ECS.DescribeServiceDeployments,
            is ECS.ListServiceDeployments, is ECS.DescribeServiceRevisions,
            is ELBv2.DescribeTargetHealth:
            return true
        default: return false
        }
    }

    /// Whether the service was deleted on purpose.
    func isDeleted(_ rollout: Rollout) -> Bool { service(of: rollout).status != .active }

    // MARK: words

    /// An instant as people read it, from the script's start.
    func at(_ instant: Instant) -> Bilingual { Self.length(instant - start) }

    static func length(_ duration: Duration) -> Bilingual {
        let text = duration.inSeconds.plain(decimals: 1)
        let german = text.map { $0 == "." ? "," : String($0) }.joined()
        return Bilingual(text + " s", german + " s")
    }

    /// `"call 3, ecs UpdateService"`
    func name(_ call: Transcript.Call) -> Bilingual {
        Bilingual(
            "call \(call.number), \(call.service) \(call.operation)",
            "Aufruf \(call.number), \(call.service) \(call.operation)")
    }

    /// `"sha256:0123456789ab"`
    static func short(_ digest: String) -> String { String(digest.prefix(19)) }
}
