import CloudAPI

extension ELBv2.CreateListener: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.loadBalancerID(loadBalancerArn, caller)
        let balancer = cloud.balancing.loadBalancers[id]
        guard let name = `protocol`?.rawValue else {
            throw .balancingInvalid("A listener protocol must be specified")
        }
        guard let port else { throw .balancingInvalid("A listener port must be specified") }
        try Balancing.checkRange(port, 1...65535, at: "port")
        try Balancing.Listener.checkProtocol(name, for: balancer.kind)
        if let mode = mutualAuthentication?.mode, mode != "off" {
            throw .balancingNotSupported("mutual authentication")
        }
        let listener = Balancing.Listener(
            loadBalancer: id, port: port, protocol: name,
            actions: try Balancing.Action.read(
                defaultActions, at: "defaultActions", for: id, in: cloud, caller),
            certificates: try Balancing.Listener.readCertificates(certificates ?? [], for: name),
            sslPolicy: try Balancing.Listener.readPolicy(sslPolicy, for: name),
            alpnPolicy: alpnPolicy ?? [], tags: try ELBv2.Tag.read(tags))

        // Asking again for what is there is no error: elbv2.md section 0.6.
        if let known = balancer.listeners.first(where: {
            cloud.balancing.listeners[$0].port == port
        }) {
            guard cloud.balancing.listeners[known].hasSettings(of: listener) else {
                throw .duplicateListener(loadBalancerArn)
            }
            return Output(listeners: [.init(known, in: cloud)])
        }
        guard balancer.listeners.count < 50 else { throw .tooManyListeners }

        let made = cloud.makeListener(listener)

        return Output(listeners: [.init(made, in: cloud)])
    }
}

extension Balancing.Listener {
    fileprivate func hasSettings(of other: Balancing.Listener) -> Bool {
        `protocol` == other.protocol && actions == other.actions
            && certificates.prefix(1) == other.certificates.prefix(1)
            && sslPolicy == other.sslPolicy && alpnPolicy == other.alpnPolicy
    }
}
