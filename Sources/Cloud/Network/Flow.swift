import Simulation

extension Network {
    /// A connection that has been opened, and what the security groups at its ends remember of it.
    ///
    /// A group that tracks a connection lets its packets through for as long as it lasts, whatever
    /// becomes of the rule that let it in. It does not track what rules for everyone let through in
    /// both directions: such packets are let through by the rules alone, as they are at the time.
    /// Routes and ACLs remember nothing. Source: vpc.md sections 0.5 and 6.
    public struct Flow: Hashable, Sendable, Codable {
        public let origin: Origin
        public let target: InterfaceID
        public let port: Int
        let isTrackedAtOrigin: Bool
        let isTrackedAtTarget: Bool
    }

    /// Opens a connection; ``connect(from:to:port:)`` says why not, if there is none.
    public func open(from origin: Origin, to target: InterfaceID, port: Int) -> Flow? {
        guard case .accepted = connect(from: origin, to: target, port: port) else { return nil }
        var isTrackedAtOrigin = true
        if case .interface(let id) = origin {
            isTrackedAtOrigin = tracks(at: id, egress: true, port: port)
        }
        return Flow(
            origin: origin, target: target, port: port, isTrackedAtOrigin: isTrackedAtOrigin,
            isTrackedAtTarget: tracks(at: target, egress: false, port: port))
    }

    /// Whether packets still go both ways on an open connection. The program that has it may have
    /// ended all the same.
    public func carries(_ flow: Flow) -> Bool {
        guard interfaces.contains(flow.target) else { return false }
        let target = flow.target
        switch flow.origin {
        case .internet:
            guard blockerFromInternet(to: target, port: flow.port) == nil else { return false }
            return flow.isTrackedAtTarget
                || lets(in: target, port: flow.port, from: Self.internetClient, groups: [])
        case .interface(let id):
            guard interfaces.contains(id), blockingACL(from: id, to: target, port: flow.port) == nil
            else { return false }
            let isLetOut =
                flow.isTrackedAtOrigin || letsOut(of: id, to: target, port: flow.port)
            let isLetIn =
                flow.isTrackedAtTarget
                || lets(
                    in: target, port: flow.port, from: interfaces[id].address,
                    groups: interfaces[id].securityGroups)
            return isLetOut && isLetIn
        }
    }

    /// Whether the groups of an interface keep track of a connection that its rules allow: unless
    /// one rule lets it through for everyone, and one of the other direction lets everything
    /// through to everyone. Those of gateways and endpoints are tracked in any case.
    /// Source: vpc.md section 0.5; what counts as a rule for everyone is EC2's own definition.
    private func tracks(at id: InterfaceID, egress: Bool, port: Int) -> Bool {
        switch interfaces[id].kind {
        case .natGateway, .endpoint: return true
        case .loadBalancer, .user, .task: break
        }
        guard isGuarded(id) else { return true }
        let groups = interfaces[id].securityGroups
        let isForEveryone = allows(groups, egress: egress) {
            $0.ports?.contains(port) ?? true
        }
        let repliesAreFree = allows(groups, egress: !egress) {
            $0.ports.map { $0.contains(0) && $0.contains(65535) } ?? true
        }
        return !(isForEveryone && repliesAreFree)
    }

    /// Whether a rule of the groups that is for everyone covers these ports of TCP.
    private func allows(
        _ groups: [SecurityGroupID], egress: Bool, covers: (SecurityGroup.Rule) -> Bool
    ) -> Bool {
        groups.contains { group in
            guard securityGroups.contains(group) else { return false }
            return securityGroups[group].rules.contains { id in
                guard rules[id].isEgress == egress, rules[id].peer == .block(.everywhere) else {
                    return false
                }
                switch rules[id].protocols {
                case .all: return true
                case .tcp: return covers(rules[id])
                default: return false
                }
            }
        }
    }
}
