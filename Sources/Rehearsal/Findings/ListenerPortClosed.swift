import Cloud
import CloudAPI
import Reports
import Simulation

extension Findings {
    /// A load balancer that faces the internet listens on a port that its groups let nobody reach.
    @Sendable static func listenerPortClosed(_ scene: Scene) -> [Finding] {
        let makers = scene.calls.filter {
            $0.failure == nil
                && ($0.input is ELBv2.CreateListener || $0.input is ELBv2.CreateLoadBalancer
                    || $0.input is ELBv2.SetSecurityGroups || $0.input is ELBv2.ModifyListener
                    || $0.input is EC2.RevokeSecurityGroupIngress || !$0.began.isEmpty)
        }
        guard let maker = makers.last else { return [] }
        let (balancing, network) = (scene.end.balancing, scene.end.network)
        return balancing.listeners.compactMap { _, listener -> Finding? in
            guard let balancer = balancing.loadBalancers.find(listener.loadBalancer),
                !balancer.isInternal, balancer.kind == .application, let node = balancer.nodes.first
            else { return nil }
            func way(to listener: Balancing.Listener) -> Network.Connection {
                network.connect(from: .internet, to: node.interface, port: listener.port)
            }
            guard case .dropped(.deniedInbound(let groups)) = way(to: listener) else { return nil }
            // Where another listener leads to the same, this one may be meant for tests.
            let isOpenElsewhere = balancer.listeners.contains { id in
                guard let other = balancing.listeners.find(id), other.actions == listener.actions
                else { return false }
                if case .dropped = way(to: other) { return false }
                return true
            }
            guard !isOpenElsewhere else { return nil }
            let named = groups.map { id in
                network.securityGroups.find(id).map(\.name) ?? "?"
            }.joined(separator: ", ")
            let port = listener.port
            return Finding(
                "listener-port-closed",
                title: Bilingual(
                    "Nobody can reach the listener on port \(port) of \(balancer.name).",
                    "Niemand erreicht den Listener auf Port \(port) von \(balancer.name)."),
                evidence: Bilingual(
                    "Its security groups (\(named)) have no rule that lets port \(port) in from "
                        + "the internet; a client's packets are dropped.",
                    "Seine Security Groups (\(named)) haben keine Regel, die Port \(port) aus dem "
                        + "Internet hereinlässt; die Pakete von Clients werden verworfen."),
                remedy: Bilingual(
                    "aws ec2 authorize-security-group-ingress --group-id ... --protocol tcp "
                        + "--port \(port) --cidr 0.0.0.0/0, on the load balancer's group.",
                    "aws ec2 authorize-security-group-ingress --group-id ... --protocol tcp "
                        + "--port \(port) --cidr 0.0.0.0/0, an der Gruppe des Load Balancers."),
                calls: [maker.number])
        }
    }
}
