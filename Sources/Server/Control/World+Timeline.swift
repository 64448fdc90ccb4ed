import Cloud
import Reports
import Simulation

extension World {
    /// `GET timeline`: facts after number `since`, the oldest first. One who asks for more than is
    /// still there sees by `first` that something is missing.
    func timeline(since: Int, atMost most: Int) -> JSON {
        catchUp()
        let entries = chronicle.entries(after: since, atMost: most)
        return .object([
            "now": .seconds(live.cloud.now), "first": .number("\(chronicle.first)"),
            "last": .number("\(chronicle.last)"),
            "facts": .array(entries.map { describe($0) }),
        ])
    }

    func watchTimeline(
        since: Int
    ) -> (id: Int, old: String, new: AsyncStream<Chronicle.Entry>) {
        catchUp()
        let (id, stream) = chronicle.watch()
        let old = chronicle.entries(after: since, atMost: chronicle.capacity)
        return (id, eventStream(old), stream)
    }

    func leaveTimeline(_ id: Int) { chronicle.leave(id) }

    /// Lets everyone go who looks on, because the server stops.
    func closeTimeline() { chronicle.close() }

    /// As server-sent events.
    func eventStream(_ entries: [Chronicle.Entry]) -> String {
        entries.map { "id: \($0.number)\ndata: \(describe($0).line())\n\n" }.joined()
    }

    private func describe(_ entry: Chronicle.Entry) -> JSON {
        var members: [JSON.Member] = [
            .init(key: "number", value: .number("\(entry.number)")),
            .init(key: "at", value: .seconds(entry.at)),
        ]
        let (kind, details) = words(of: entry.fact)
        members.append(.init(key: "kind", value: .string(kind)))
        members += details.map { .init(key: $0.0, value: .string($0.1)) }
        return .object(members)
    }

    /// A fact's name, and what it is about. Of something that is gone, only its number is left.
    private func words(of fact: Fact) -> (String, [(String, String)]) {
        switch fact {
        case .network(let fact): words(of: fact)
        case .registry(let fact): words(of: fact)
        case .balancing(let fact): words(of: fact)
        case .containers(let fact): words(of: fact)
        }
    }

    private func words(of fact: Network.Fact) -> (String, [(String, String)]) {
        let network = live.cloud.network
        switch fact {
        case .pathsChanged(let vpc):
            return ("pathsChanged", [("vpc", name(vpc, network.vpcs.contains) { $0.id($1) })])
        case .listenersChanged(let address):
            return ("listenersChanged", [("address", "\(address.address)")])
        case .natGatewayMoved(let id):
            let state = network.natGateways.find(id).map { [("state", $0.state.rawValue)] } ?? []
            return (
                "natGatewayMoved",
                [("natGateway", name(id, network.natGateways.contains) { $0.id($1) })] + state
            )
        }
    }

    private func words(of fact: Registry.Fact) -> (String, [(String, String)]) {
        func repository(_ id: RepositoryID) -> [(String, String)] {
            [("repository", name(id, live.cloud.registry.repositories.contains) { $0.arn($1) })]
        }
        switch fact {
        case .repositoryChanged(let id): return ("repositoryChanged", repository(id))
        case .imagesDeleted(let id): return ("imagesDeleted", repository(id))
        case .repositoryDeleted(let id): return ("repositoryDeleted", repository(id))
        }
    }

    private func words(of fact: Balancing.Fact) -> (String, [(String, String)]) {
        let balancing = live.cloud.balancing
        func loadBalancer(_ id: LoadBalancerID) -> [(String, String)] {
            [("loadBalancer", name(id, balancing.loadBalancers.contains) { $0.arn($1) })]
        }
        func target(_ id: TargetID) -> [(String, String)] {
            guard let target = balancing.targets.find(id) else { return [("target", "\(id)")] }
            let group = target.group
            return [
                ("target", "\(target.address):\(target.port)"),
                ("targetGroup", name(group, balancing.targetGroups.contains) { $0.arn($1) }),
            ]
        }
        switch fact {
        case .loadBalancerActive(let id): return ("loadBalancerActive", loadBalancer(id))
        case .routingChanged(let id): return ("routingChanged", loadBalancer(id))
        case .targetRemoved(let id): return ("targetRemoved", target(id))
        case .targetMoved(let id, let from, let to):
            return ("targetMoved", target(id) + [("from", "\(from)"), ("to", "\(to)")])
        }
    }

    private func words(of fact: Containers.Fact) -> (String, [(String, String)]) {
        let containers = live.cloud.containers
        func task(_ id: TaskID) -> [(String, String)] {
            [("task", name(id, containers.tasks.contains) { $0.arn($1) })]
        }
        func service(_ id: ServiceID) -> [(String, String)] {
            [("service", name(id, containers.services.contains) { $0.arn($1) })]
        }
        func deployment(_ id: DeploymentID) -> [(String, String)] {
            let known = containers.deployments.find(id)
            return [("deployment", live.cloud.name(of: id))]
                + (known.map { service($0.service) } ?? [])
        }
        switch fact {
        case .taskMoved(let id, let from, let to):
            return (
                "taskMoved",
                task(id) + (from.map { [("from", $0.rawValue)] } ?? []) + [("to", to.rawValue)]
            )
        case .taskWanted(let id): return ("taskToStop", task(id))
        case .taskListening(let id): return ("taskListening", task(id))
        case .taskRegistered(let id): return ("taskRegistered", task(id))
        case .taskDeregistered(let id): return ("taskDeregistered", task(id))
        case .taskExited(let id, let code):
            return ("taskExited", task(id) + [("exitCode", "\(code)")])
        case .taskHealthy(let id): return ("taskHealthy", task(id))
        case .taskChecked(let id): return ("taskChecked", task(id))
        case .deploymentBegan(let id): return ("deploymentBegan", deployment(id))
        case .deploymentEnded(let id):
            let state = containers.deployments.find(id).map {
                [("rolloutState", $0.rolloutState.rawValue)]
            }
            return ("deploymentEnded", deployment(id) + (state ?? []))
        case .serviceSteady(let id): return ("serviceSteady", service(id))
        case .serviceEvent(let id, let number):
            let message = live.cloud.message(ofEvent: number, in: id)
            return ("serviceEvent", service(id) + (message.map { [("message", $0)] } ?? []))
        }
    }

    private func name<ID: Identifier>(
        _ id: ID, _ isThere: (ID) -> Bool, _ name: (Cloud, ID) -> String
    ) -> String { live.cloud.called(id, isThere, name) }
}
