import Cloud
import Simulation

/// What comes of a request that a client sends through a load balancer.
enum TrafficOutcome: Sendable {
    case page(TaskPage)
    case fixedResponse(status: Int, contentType: String?, body: String?)
    case redirect(status: Int, location: String)
    /// The load balancer answers itself: 502, 503, 504.
    case failure(status: Int)
    /// Nobody takes the connection: the client sees it closed.
    case hangUp
    /// Packets are dropped: the client hears nothing.
    case silence
    /// There is no load balancer of that name.
    case unknownName
}

/// What a task says of itself.
struct TaskPage: Sendable {
    var status: Int
    /// What people call it, if its image says.
    var version: String?
    var digest: String?
    var task: String
    var address: String?
    var zone: String?
    var service: String?
    var revision: String
    /// What the image says that its page says.
    var body: String?
    /// What the image says is run in it; empty if it does not say.
    var command: [String] = []
}

extension World {
    /// Sends one request on its way at this instant.
    ///
    /// The node and the target follow from counters at the edge: nothing is drawn, and the cloud
    /// stays as it is.
    ///
    /// - Parameters:
    ///   - name: The DNS name that the client has asked for.
    ///   - port: `nil`: the server's own port was asked, so the first listener is meant.
    func send(_ request: Balancing.Request, to name: String, port: Int?) -> TrafficOutcome {
        catchUp()
        defer { setAlarm() }
        let cloud = live.cloud
        guard let id = traffic.loadBalancer(named: name, in: cloud) else { return .unknownName }
        let balancing = cloud.balancing
        let nodes = balancing.loadBalancers[id].nodes
        // While it is provisioned its name leads nowhere.
        guard balancing.loadBalancers[id].state == .active, !nodes.isEmpty else { return .hangUp }
        let listeners = balancing.loadBalancers[id].listeners
        let listener =
            listeners.first { balancing.listeners[$0].port == port ?? 80 }
            ?? (port == nil ? listeners.first : nil)
        let found = nodes.indices.filter { nodes[$0].isInDNS }
        let node = found[traffic.nextNode(of: id, count: found.count)]
        let asked = listener.map { balancing.listeners[$0].port } ?? port ?? 80
        switch cloud.network.connect(from: .internet, to: nodes[node].interface, port: asked) {
        case .dropped: return .silence
        case .refused: return .hangUp
        case .accepted: break
        }
        guard let listener else { return .hangUp }
        let counter = traffic.next(at: listener, node: node)
        let outcome = outcome(
            of: cloud.route(request, at: listener, node: node, counter: counter),
            at: nodes[node].interface)
        if balancing.loadBalancers[id].kind == .network, case .failure(let status) = outcome {
            // It speaks no HTTP: where nobody answers, the connection fails.
            return status == 504 ? .silence : .hangUp
        }
        return outcome
    }

    private func outcome(of route: Balancing.Route, at node: InterfaceID) -> TrafficOutcome {
        switch route {
        case .fixedResponse(let status, let type, let body):
            return .fixedResponse(status: status, contentType: type, body: body)
        case .redirect(let status, let location):
            return .redirect(status: status, location: location)
        case .unavailable: return .failure(status: 503)
        case .target(let target):
            switch live.cloud.reply(of: target, to: node, for: .internet) {
            case .answered(let owner, let status):
                return .page(page(of: TaskID(rawValue: owner), status: status))
            case .byLoadBalancer(let status): return .failure(status: status)
            case .unreachable: return .failure(status: 502)
            }
        }
    }

    private func page(of id: TaskID, status: Int) -> TaskPage {
        let cloud = live.cloud
        guard let task = cloud.containers.tasks.find(id) else {
            return TaskPage(status: status, task: "unknown", revision: "")
        }
        let definition = cloud.containers.taskDefinitions[task.definition]
        let balanced = task.deployment.flatMap {
            cloud.containers.deployments[$0].settings.loadBalancers.first?.container
        }
        let index = definition.containers.firstIndex { $0.name == balanced } ?? 0
        let container = task.containers[index]
        let configuration = container.image.flatMap {
            cloud.registry.images.find($0)?.configuration
        }
        return TaskPage(
            status: status, version: configuration?.profile.version, digest: container.digest,
            task: cloud.arn(id), address: task.address.map { "\($0)" },
            zone: cloud.network.subnets.find(task.subnet)?.zone,
            service: task.service.flatMap { cloud.containers.services.find($0)?.name },
            revision: "\(definition.family):\(definition.revision)",
            body: configuration?.profile.body,
            command: configuration?.command ?? [])
    }
}
