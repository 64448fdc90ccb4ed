import Simulation

extension Containers {
    /// A line of a service's `events`. Kept as what happened; the words are made when it is read.
    public struct ServiceEvent: Hashable, Sendable, Codable {
        public let at: Instant
        /// Counts the service's events, from 0.
        public let number: UInt32
        public let kind: Kind

        /// How many tasks of a service are in a zone.
        public struct ZoneCount: Hashable, Sendable, Codable {
            public var zone: String
            public var tasks: Int
        }

        public enum Kind: Hashable, Sendable, Codable {
            case started([TaskID], replacing: Int)
            case startedToRebalance([TaskID], zone: String)
            case notBalanced([ZoneCount])
            case balanced([ZoneCount])
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
        record(.containers(.serviceEvent(id, number: number)))
    }

    /// The event of a service with a number, in AWS's words.
    ///
    /// - Returns: `nil` if it is no longer among the last hundred, or the service is gone.
    public func message(ofEvent number: UInt32, in id: ServiceID) -> String? {
        guard containers.services.contains(id),
            let first = containers.services[id].events.first?.number, number >= first
        else { return nil }
        let events = containers.services[id].events
        let index = Int(number - first)
        return index < events.count ? message(of: events[index], in: id) : nil
    }

    /// The event in AWS's words. Source: ecs.md sections 16.3, 16.4 and 16.6; the punctuation is
    /// AWS's, and plurals are never adapted.
    public func message(of event: Containers.ServiceEvent, in id: ServiceID) -> String {
        String(writing: { write(event, of: id, to: &$0) })
    }

    private func write(
        _ event: Containers.ServiceEvent, of id: ServiceID, to text: inout TextWriter
    ) {
        text.add("(service ")
        text.add(containers.services[id].name)
        switch event.kind {
        case .started(let tasks, let replaced):
            add(") has started ", tasks.count, " tasks: ", to: &text)
            add(tasks, to: &text)
            text.add(".")
            guard replaced > 0 else { return }
            add(" Amazon ECS replaced ", replaced, " tasks due to an unhealthy status.", to: &text)
        case .startedToRebalance, .notBalanced, .balanced:
            writeBalance(event.kind, to: &text)
        case .registered(let count, let group):
            add(") registered ", count, " targets in ", to: &text)
            add(group, to: &text)
        case .deregistered(let count, let group):
            add(") deregistered ", count, " targets in ", to: &text)
            add(group, to: &text)
        case .draining(let count, let deployment):
            text.add(", taskSet ecs-svc/")
            naming.add(digits: deployment, .deployment, to: &text)
            add(") has begun draining connections on ", count, " tasks.", to: &text)
        case .stoppedRunning(let tasks):
            add(") has stopped ", tasks.count, " running tasks: ", to: &text)
            add(tasks, to: &text)
            text.add(".")
        case .stoppedPending(let count):
            add(") stopped ", count, " pending tasks.", to: &text)
        case .steady: text.add(") has reached a steady state.")
        case .completed(let deployment):
            text.add(") (deployment ecs-svc/")
            naming.add(digits: deployment, .deployment, to: &text)
            text.add(") deployment completed.")
        case .unhealthyTarget, .failedContainerChecks, .failed, .rollingBack, .heldUp,
            .unableToPlace, .unableToStart, .cannotMove:
            writeTrouble(event.kind, to: &text)
        }
    }

    /// The same of moves from zone to zone; ecs.md section 16.3.
    private func writeBalance(_ kind: Containers.ServiceEvent.Kind, to text: inout TextWriter) {
        switch kind {
        case .startedToRebalance(let tasks, let zone):
            add(") has started ", tasks.count, " tasks in ", to: &text)
            text.add(zone)
            text.add(" to AZ Rebalance: ")
            add(tasks, to: &text)
            text.add(".")
        case .balanced(let zones):
            text.add(") is AZ balanced with ")
            add(zones, to: &text)
            text.add(".")
        case .notBalanced(let zones):
            text.add(") is not AZ balanced with ")
            add(zones, to: &text)
            text.add(". AZ Rebalancing in progress.")
        default: preconditionFailure("it is about something else")
        }
    }

    private func add(_ deployment: DeploymentID, to text: inout TextWriter) {
        text.add("ecs-svc/")
        naming.add(digits: deployment, .deployment, to: &text)
    }

    private func add(_ zones: [Containers.ServiceEvent.ZoneCount], to text: inout TextWriter) {
        var isFirst = true
        for zone in zones {
            add(isFirst ? "" : ", ", zone.tasks, " tasks in ", to: &text)
            text.add(zone.zone)
            isFirst = false
        }
    }

    /// The same of what goes wrong, from the parenthesis on that ends the service's name.
    private func writeTrouble(_ kind: Containers.ServiceEvent.Kind, to text: inout TextWriter) {
        switch kind {
        case .unhealthyTarget(let task, let port, let group, let reason):
            text.add(") ")
            add([task], to: &text)
            add(" (port ", port, ") is unhealthy in ", to: &text)
            add(group, to: &text)
            text.add(" due to (reason ")
            text.add(reason)
            text.add(").")
        case .failedContainerChecks(let task):
            text.add(") ")
            add([task], to: &text)
            text.add(" failed container health checks.")
        case .failed(let deployment):
            text.add(") (deployment ")
            add(deployment, to: &text)
            text.add(") deployment failed: tasks failed to start.")
        case .rollingBack(let deployment):
            text.add(") rolling back to deployment ")
            add(deployment, to: &text)
            text.add(".")
        case .heldUp(let count, let deployment):
            text.add(") was unable to reach steady state because (taskSet ")
            add(deployment, to: &text)
            add(
                ") was unable to scale in due to (reason ", count, " tasks under protection)",
                to: &text)
        case .unableToPlace(let reason):
            text.add(") was unable to place a task. Reason: ")
            text.add(reason)
            text.add(".")
        case .unableToStart: text.add(") is unable to consistently start tasks successfully.")
        case .cannotMove:
            text.add(
                ") was unable to stop or start tasks during a deployment because of the service "
                    + "deployment configuration. Update the minimumHealthyPercent or "
                    + "maximumPercent value and try again.")
        default: preconditionFailure("it is no trouble")
        }
    }

    private func add(
        _ before: String, _ count: Int, _ after: String, to text: inout TextWriter
    ) {
        text.add(before)
        text.add(count)
        text.add(after)
    }

    private func add(_ tasks: [TaskID], to text: inout TextWriter) {
        var isFirst = true
        for task in tasks {
            text.add(isFirst ? "(task " : " (task ")
            naming.add(hex32: task, to: &text)
            text.add(")")
            isFirst = false
        }
    }

    private func add(_ group: TargetGroupID, to text: inout TextWriter) {
        text.add("(target-group ")
        add(arnOf: group, to: &text)
        text.add(")")
    }
}
