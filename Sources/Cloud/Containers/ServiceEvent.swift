import Simulation

extension Containers {
    /// A line of a service's `events`. Kept as what happened; the words are made when it is read.
    public struct ServiceEvent: Hashable, Sendable, Codable {
        public let at: Instant
        /// Counts the service's events, from 0.
        public let number: UInt32
        public let kind: Kind

        public enum Kind: Hashable, Sendable, Codable {
            case started([TaskID], replacing: Int)
            case registered(Int, TargetGroupID)
            case deregistered(Int, TargetGroupID)
            /// The deployment is the one whose tasks drain.
            case draining(Int, DeploymentID)
            case stoppedRunning([TaskID])
            case stoppedPending(Int)
            case unhealthyTarget(TaskID, port: Int, TargetGroupID, reason: String)
            case failedContainerChecks(TaskID)
            case steady
            case completed(DeploymentID)
            case failed(DeploymentID)
            /// The deployment is the one that the service goes back to.
            case rollingBack(DeploymentID)
            case heldUp(Int, DeploymentID)
            case unableToPlace(reason: String)
            case unableToStart
            case cannotMove
        }
    }
}

extension Cloud {
    mutating func note(_ kind: Containers.ServiceEvent.Kind, for id: ServiceID) {
        let number = containers.services[id].eventCount
        containers.services[id].eventCount += 1
        if containers.services[id].events.count == 100 {
            containers.services[id].events.removeFirst()
        }
        containers.services[id].events.append(
            Containers.ServiceEvent(at: now, number: number, kind: kind))
        record(.containers(.serviceEvent(id)))
    }

    /// The event in AWS's words. Source: ecs.md sections 16.3, 16.4 and 16.6; the punctuation is
    /// AWS's, and plurals are never adapted.
    public func message(of event: Containers.ServiceEvent, in id: ServiceID) -> String {
        let service = String(parts: "(service ", containers.services[id].name, ")")
        switch event.kind {
        case .started(let tasks, let replaced):
            let replacing =
                replaced == 0
                ? ""
                : " Amazon ECS replaced \(replaced) tasks due to an unhealthy status."
            return String(
                parts: service, " has started ", String(tasks.count), " tasks: ", list(tasks), ".",
                replacing)
        case .registered(let count, let group):
            return String(
                parts: service, " registered ", String(count), " targets in (target-group ",
                arn(group), ")")
        case .deregistered(let count, let group):
            return String(
                parts: service, " deregistered ", String(count), " targets in (target-group ",
                arn(group), ")")
        case .draining(let count, let deployment):
            return String(
                parts: "(service ", containers.services[id].name, ", taskSet ecs-svc/",
                naming.digits(deployment, .deployment), ") has begun draining connections on ",
                String(count), " tasks.")
        case .stoppedRunning(let tasks):
            return String(
                parts: service, " has stopped ", String(tasks.count), " running tasks: ",
                list(tasks), ".")
        case .stoppedPending(let count):
            return "\(service) stopped \(count) pending tasks."
        case .unhealthyTarget(let task, let port, let group, let reason):
            return "\(service) (task \(naming.hex32(task))) (port \(port)) is unhealthy in "
                + "(target-group \(arn(group))) due to (reason \(reason))."
        case .failedContainerChecks(let task):
            return "\(service) (task \(naming.hex32(task))) failed container health checks."
        case .steady: return String(parts: service, " has reached a steady state.")
        case .completed(let deployment):
            return String(
                parts: service, " (deployment ecs-svc/", naming.digits(deployment, .deployment),
                ") deployment completed.")
        case .failed(let deployment):
            return
                "\(service) (deployment \(name(of: deployment))) deployment failed: tasks failed "
                + "to start."
        case .rollingBack(let deployment):
            return "\(service) rolling back to deployment \(name(of: deployment))."
        case .heldUp(let count, let deployment):
            return "\(service) was unable to reach steady state because (taskSet "
                + "\(name(of: deployment))) was unable to scale in due to (reason \(count) tasks "
                + "under protection)"
        case .unableToPlace(let reason):
            return "\(service) was unable to place a task. Reason: \(reason)."
        case .unableToStart:
            return "\(service) is unable to consistently start tasks successfully."
        case .cannotMove:
            return
                "\(service) was unable to stop or start tasks during a deployment because of the "
                + "service deployment configuration. Update the minimumHealthyPercent or "
                + "maximumPercent value and try again."
        }
    }

    private func list(_ tasks: [TaskID]) -> String {
        var text = ""
        for task in tasks {
            text += text.isEmpty ? "(task " : " (task "
            text += naming.hex32(task)
            text += ")"
        }
        return text
    }
}
