import Cloud
import Simulation

extension Recorder {
    /// A connection that a client may have opened to a task and kept.
    struct KeptConnection: Sendable, Codable {
        var task: TaskID
        var version: Int
        var from: Instant
        var to: Instant?
        /// The ways on which it may have come, by each node of the load balancer: from the client
        /// to the node, and from there to the task.
        var ways: [[Network.Flow]]

        func isOpen(at instant: Instant) -> Bool {
            from <= instant && to.map { instant < $0 } ?? true
        }
    }

    /// A connection to a task that has just answered, unless there is one already.
    mutating func openKept(to task: TaskID, _ version: Int, in cloud: Cloud) {
        guard !kept.contains(where: { $0.task == task && $0.to == nil }) else { return }
        kept.append(
            .init(task: task, version: version, from: cloud.now, ways: ways(to: task, in: cloud)))
    }

    private func ways(to task: TaskID, in cloud: Cloud) -> [[Network.Flow]] {
        guard let listener = watch.listener.flatMap({ cloud.balancing.listeners.find($0) }),
            let interface = cloud.containers.tasks.find(task)?.interface,
            let target = cloud.containers.tasks[task].targets.first(where: {
                cloud.balancing.targets.contains($0)
            })
        else { return [] }
        let port = cloud.balancing.targets[target].port
        return cloud.balancing.loadBalancers[listener.loadBalancer].nodes.compactMap { node in
            guard
                let outer = cloud.network.open(
                    from: watch.origin, to: node.interface, port: listener.port),
                let inner = cloud.network.open(
                    from: .interface(node.interface), to: interface, port: port)
            else { return nil }
            return [outer, inner]
        }
    }

    mutating func endKept(of task: TaskID) {
        for index in kept.indices where kept[index].task == task && kept[index].to == nil {
            kept[index].to = now
        }
    }

    /// Something in the network is not as it was: what no way carries any more ends.
    mutating func cutKept(in cloud: Cloud) {
        for index in kept.indices where kept[index].to == nil && !kept[index].ways.isEmpty {
            kept[index].ways.removeAll { way in !way.allSatisfy { cloud.network.carries($0) } }
            if kept[index].ways.isEmpty { kept[index].to = now }
        }
    }

    /// Whether the end of a drain cuts what is left of the connections. An application load
    /// balancer does so, a network load balancer if it is told to. Source: elbv2.md section 6.
    func drainCuts(in cloud: Cloud) -> Bool {
        let groups = cloud.containers.services.find(watch.service)?.settings.loadBalancers ?? []
        guard let group = groups.first?.group else { return true }
        return cloud.balancing.targetGroups.find(group)?.cutsConnections ?? true
    }
}
