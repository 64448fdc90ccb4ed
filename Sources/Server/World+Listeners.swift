import Cloud

/// Which listeners there are, for whoever opens ports of this machine for them.
extension World {
    struct OpenListener: Hashable, Sendable {
        /// The DNS name of its load balancer.
        var name: String
        var port: Int
    }

    /// All listeners of load balancers that work, now and after each change.
    func watchListeners() -> AsyncStream<[ListenerID: OpenListener]> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: [ListenerID: OpenListener].self, bufferingPolicy: .bufferingNewest(1))
        listenerWatch = continuation
        continuation.yield(openListeners())
        return stream
    }

    func leaveListeners() {
        listenerWatch?.finish()
        listenerWatch = nil
    }

    func opened(_ id: ListenerID, at port: Int) { localPorts[id] = port }
    func closed(_ id: ListenerID) { localPorts[id] = nil }

    /// To be called when something has happened.
    func tellListeners() {
        guard let listenerWatch else { return }
        let mayDiffer = live.cloud.facts.contains {
            switch $0 {
            case .balancing(.routingChanged), .balancing(.loadBalancerActive): true
            default: false
            }
        }
        if mayDiffer { listenerWatch.yield(openListeners()) }
    }

    /// To be called when everything may be different.
    func listenersMayDiffer() { listenerWatch?.yield(openListeners()) }

    private func openListeners() -> [ListenerID: OpenListener] {
        let balancing = live.cloud.balancing
        var found: [ListenerID: OpenListener] = [:]
        for (id, listener) in balancing.listeners
        where balancing.loadBalancers.find(listener.loadBalancer)?.state == .active {
            found[id] = OpenListener(
                name: live.cloud.dnsName(listener.loadBalancer), port: listener.port)
        }
        return found
    }
}
