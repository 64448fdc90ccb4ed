import Cloud
import Simulation

extension NetworkPicture {
    /// Looks at the VPC that a service's tasks run in.
    public init(_ watch: Watch, in cloud: Cloud) {
        let network = cloud.network
        let subnet = cloud.containers.services[watch.service].settings.network?.subnets.first
        guard let vpc = subnet.flatMap({ network.subnets.find($0)?.vpc }) else {
            self.init(vpc: "", block: "")
            return
        }
        self.init(vpc: cloud.spelled(vpc), block: "\(network.vpcs[vpc].block)")
        internetGateway = network.vpcs[vpc].internetGateway.map(cloud.spelled)
        let all = network.vpcs[vpc].subnets.map { cloud.drawn($0) }
        // Public ones of all zones before private ones of all zones, each by zone.
        subnets = all.enumerated().sorted {
            ($0.element.zone, $0.element.isPublic ? 0 : 1, $0.offset) < (
                $1.element.zone, $1.element.isPublic ? 0 : 1, $1.offset
            )
        }.map(\.element)
        gatewayEndpoints = network.vpcs[vpc].endpoints.filter {
            network.endpoints[$0].kind == .gateway
        }.map { network.endpoints[$0].service }
        let shown = network.vpcs[vpc].securityGroups.filter {
            network.securityGroups[$0].interfaceCount > 0
        }
        securityGroups = shown.map { cloud.drawn($0, among: shown) }
    }
}

extension Cloud {
    fileprivate func drawn(_ id: SubnetID) -> NetworkPicture.Subnet {
        let subnet = network.subnets[id]
        let table =
            subnet.routeAssociation.map { network.routeAssociations[$0].table }
            ?? network.vpcs[subnet.vpc].mainRouteTable
        let routes = network.routeTables[table].routes.map { route in
            NetworkPicture.Route(
                destination: "\(route.destination)", target: target(of: route),
                isBlackhole: network.isBlackhole(route, of: subnet.vpc))
        }
        return .init(
            name: spelled(id), block: "\(subnet.block)", zone: subnet.zone,
            isPublic: routes.contains { $0.target == .internetGateway },
            routeTable: spelled(table), routes: routes, members: members(of: id))
    }

    private func target(of route: Network.Route) -> NetworkPicture.Route.Target {
        switch route.target {
        case .internetGateway: .internetGateway
        case .natGateway(let id): .natGateway(spelled(id))
        case .interface: .interface
        }
    }

    private func members(of subnet: SubnetID) -> [NetworkPicture.Member] {
        var members: [NetworkPicture.Member] = []
        for id in network.vpcs[network.subnets[subnet].vpc].interfaces
        where network.interfaces[id].subnet == subnet {
            let member = member(id)
            if case .tasks = member.kind,
                let known = members.firstIndex(where: {
                    $0.kind == .tasks && $0.securityGroups == member.securityGroups
                })
            {
                members[known].addresses += member.addresses
                members[known].publicAddresses += member.publicAddresses
            } else {
                members.append(member)
            }
        }
        return members
    }

    private func member(_ id: InterfaceID) -> NetworkPicture.Member {
        let interface = network.interfaces[id]
        var publicAddresses = interface.publicAddress.map { ["\($0)"] } ?? []
        if let elastic = interface.elasticAddress {
            publicAddresses.append("\(network.addresses[elastic].address)")
        }
        return .init(
            kind: kind(of: id), addresses: ["\(interface.address)"],
            publicAddresses: publicAddresses,
            securityGroups: interface.securityGroups.compactMap {
                network.securityGroups.find($0)?.name
            })
    }

    private func kind(of id: InterfaceID) -> NetworkPicture.Member.Kind {
        let interface = network.interfaces[id]
        switch interface.kind {
        case .task: return .tasks
        case .loadBalancer:
            let owner = balancing.loadBalancers.first { _, balancer in
                balancer.nodes.contains { $0.interface == id }
            }
            return .node(owner?.value.name ?? "")
        case .natGateway:
            let owner = network.vpcs[interface.vpc].natGateways.first {
                network.natGateways[$0].interface == id
            }
            return .natGateway(
                owner.map(spelled) ?? "",
                state: owner.map { network.natGateways[$0].state.rawValue } ?? "")
        case .endpoint:
            let owner = network.vpcs[interface.vpc].endpoints.first {
                network.endpoints[$0].interfaces.contains(id)
            }
            return .endpoint(owner.map { network.endpoints[$0].service } ?? "")
        case .user: return .other(interface.description)
        }
    }

    fileprivate func drawn(
        _ id: SecurityGroupID, among shown: [SecurityGroupID]
    ) -> NetworkPicture.SecurityGroup {
        let group = network.securityGroups[id]
        let rules = group.rules.map { network.rules[$0] }.filter { !$0.isEgress }
        return .init(
            id: spelled(id), name: group.name, carriers: group.interfaceCount,
            inbound: rules.map { rule in
                .init(peer: peer(rule.peer, among: shown), what: Self.what(rule))
            })
    }

    private func peer(
        _ peer: Network.SecurityGroup.Peer, among shown: [SecurityGroupID]
    ) -> NetworkPicture.Rule.Peer {
        switch peer {
        case .block(.everywhere): return .everyone
        case .block(let block): return .block("\(block)")
        case .group(let id):
            return shown.firstIndex(of: id).map { .group($0) }
                ?? .other(network.securityGroups.find(id)?.name ?? spelled(id))
        case .blockIPv6(let text), .prefixList(let text): return .other(text)
        }
    }

    private static func what(_ rule: Network.SecurityGroup.Rule) -> String {
        let name = rule.protocols == .all ? "all" : "\(rule.protocols)".uppercased()
        guard let ports = rule.ports else { return name }
        return ports.from == ports.to
            ? "\(name) \(ports.from)" : "\(name) \(ports.from)-\(ports.to)"
    }
}
