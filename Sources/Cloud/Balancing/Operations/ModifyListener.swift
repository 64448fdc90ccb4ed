import CloudAPI

extension ELBv2.ModifyListener: Handled {
    /// What is given replaces what was; the rest stays.
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.listenerID(listenerArn, caller)
        var listener = cloud.balancing.listeners[id]
        let balancer = cloud.balancing.loadBalancers[listener.loadBalancer]
        if let mode = mutualAuthentication?.mode, mode != "off" {
            throw .balancingNotSupported("mutual authentication")
        }
        if let port {
            try Balancing.checkRange(port, 1...65535, at: "port")
            guard
                !balancer.listeners.contains(where: {
                    $0 != id && cloud.balancing.listeners[$0].port == port
                })
            else { throw .balancingInvalid("Listener port '\(port)' is already in use") }
            listener.port = port
        }
        try changeSecurity(of: &listener, kind: balancer.kind)
        if let defaultActions {
            listener.actions = try Balancing.Action.read(
                defaultActions, at: "defaultActions", for: listener.loadBalancer, in: cloud, caller)
        }
        if let alpnPolicy { listener.alpnPolicy = alpnPolicy }

        cloud.replace(id, by: listener)

        return Output(listeners: [.init(id, in: cloud)])
    }

    private func changeSecurity(
        of listener: inout Balancing.Listener, kind: Balancing.LoadBalancer.Kind
    ) throws(APIFailure) {
        if let name = `protocol`?.rawValue {
            try Balancing.Listener.checkProtocol(name, for: kind)
            listener.protocol = name
        }
        let isSecure = Balancing.Listener.isSecure(listener.protocol)
        if let certificates {
            let main = try Balancing.Listener.readCertificates(certificates, for: listener.protocol)
            listener.certificates =
                main + listener.certificates.dropFirst().filter { $0 != main.first }
        } else if isSecure && listener.certificates.isEmpty {
            throw .balancingInvalid(
                "A certificate must be specified for \(listener.protocol) listeners")
        }
        if let sslPolicy {
            listener.sslPolicy = try Balancing.Listener.readPolicy(
                sslPolicy, for: listener.protocol)
        } else if isSecure {
            listener.sslPolicy = listener.sslPolicy ?? Balancing.Listener.standardPolicy
        }
        if !isSecure { (listener.certificates, listener.sslPolicy) = ([], nil) }
    }
}
