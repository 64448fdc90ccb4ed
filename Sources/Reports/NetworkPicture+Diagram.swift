import Drawing
import Experiments

extension NetworkPicture {
    /// The network as a diagram: the ways in and out, and below who may open connections to whom.
    ///
    /// - Parameter caption: What is drawn: `"refcard-01, 78 s after the call"`.
    public func diagram(_ caption: String, in language: Language = .english) -> Diagram {
        var sketch = NetworkSketch(
            picture: self, words: language.words,
            diagram: Diagram(title: caption, summary: language.words.networkSummary(vpc)))
        sketch.draw()
        return sketch.diagram
    }
}

private struct NetworkSketch {
    let picture: NetworkPicture
    let words: Words
    var diagram: Diagram
    /// By subnet.
    var bands: [Int] = []
    /// By security group.
    var columns: [Int] = []

    mutating func draw() {
        placeSubnets()
        let groupBand = (bands.max() ?? -1) + 1
        placeGroups()
        let last = max(3, columns.max() ?? 3)
        let lastBand = picture.securityGroups.isEmpty ? max(0, groupBand - 1) : groupBand
        diagram.groups.append(
            .init("VPC \(picture.vpc) \(picture.block)", columns: 1...last, bands: 0...lastBand))

        diagram.boxes.append(.init("internet", "Internet", column: 0))
        if let gateway = picture.internetGateway {
            diagram.boxes.append(.init("gateway", words.internetGateway, [gateway], column: 1))
        }
        for (index, service) in picture.gatewayEndpoints.enumerated() {
            diagram.boxes.append(
                .init("endpoint\(index)", words.gatewayEndpoint, [service], column: 1))
        }
        for index in picture.subnets.indices { drawSubnet(index) }
        drawGroups(in: groupBand)
        connectRoutes()
        connectGroups()
    }

    /// A band for each row of a zone: public subnets left, private ones right.
    private mutating func placeSubnets() {
        bands = Array(repeating: 0, count: picture.subnets.count)
        var next = 0
        var zones: [String] = []
        for subnet in picture.subnets where !zones.contains(subnet.zone) {
            zones.append(subnet.zone)
        }
        for zone in zones {
            var rows = 0
            for isPublic in [true, false] {
                let here = picture.subnets.indices.filter {
                    picture.subnets[$0].zone == zone && picture.subnets[$0].isPublic == isPublic
                }
                for (row, subnet) in here.enumerated() { bands[subnet] = next + row }
                rows = max(rows, here.count)
            }
            next += rows
        }
    }

    /// A group stands right of those it lets in.
    private mutating func placeGroups() {
        columns = Array(repeating: 2, count: picture.securityGroups.count)
        // As many rounds as there are groups reach everything; what goes round in circles stops.
        for _ in picture.securityGroups.indices {
            for (index, group) in picture.securityGroups.enumerated() {
                for rule in group.inbound {
                    guard case .group(let peer) = rule.peer, peer != index else { continue }
                    let wanted = columns[peer] + 1
                    if wanted <= 2 + picture.securityGroups.count - 1 {
                        columns[index] = max(columns[index], wanted)
                    }
                }
            }
        }
    }

    // MARK: subnets

    private mutating func drawSubnet(_ index: Int) {
        let subnet = picture.subnets[index]
        let column = subnet.isPublic ? 2 : 3
        let band = bands[index]
        diagram.groups.append(
            .init(
                words.subnet(isPublic: subnet.isPublic, subnet.block),
                columns: column...column, bands: band...band))
        let routes = subnet.routes.map { route in
            "\(route.destination) \(words.leadsTo) \(name(of: route))"
        }
        diagram.boxes.append(
            .init(
                "routes\(index)", words.routeTable,
                ["\(subnet.zone)", "\(picture.block) local"] + routes,
                tone: subnet.routes.contains(where: \.isBlackhole) ? .danger : .muted,
                column: column, band: band))
        for (number, member) in subnet.members.enumerated() {
            draw(member, id: "member\(index)_\(number)", column: column, band: band)
        }
    }

    private func name(of route: NetworkPicture.Route) -> String {
        if route.isBlackhole { return "blackhole" }
        return switch route.target {
        case .internetGateway: words.internetGateway
        case .natGateway: words.natGateway
        case .interface: words.interface
        }
    }

    private mutating func draw(
        _ member: NetworkPicture.Member, id: String, column: Int, band: Int
    ) {
        var title: String
        var tone = Diagram.Tone.plain
        var lines = [Self.list(member.addresses)]
        switch member.kind {
        case .node(let name):
            title = words.node
            lines.insert(name, at: 0)
        case .natGateway(let id, let state):
            title = words.natGateway
            lines = [id, state == "available" ? Self.list(member.addresses) : state]
        case .tasks:
            title =
                member.addresses.count == 1 ? words.oneTask : words.tasks(member.addresses.count)
            tone = .accent
        case .endpoint(let service): title = "\(words.endpoint) \(service)"
        case .other(let description): title = description.isEmpty ? words.interface : description
        }
        if !member.publicAddresses.isEmpty {
            lines.append("\(words.publicAddress) \(Self.list(member.publicAddresses))")
        }
        if !member.securityGroups.isEmpty {
            lines.append("\(words.group): \(member.securityGroups.joined(separator: ", "))")
        }
        diagram.boxes.append(.init(id, title, lines, tone: tone, column: column, band: band))
    }

    /// The first two, and how many more there are.
    private static func list(_ addresses: [String]) -> String {
        addresses.prefix(2).joined(separator: ", ")
            + (addresses.count > 2 ? " + \(addresses.count - 2)" : "")
    }

    private mutating func connectRoutes() {
        if picture.internetGateway != nil {
            diagram.connect("internet", "gateway", direction: .both)
        }
        for (index, subnet) in picture.subnets.enumerated() {
            for route in subnet.routes where !route.isBlackhole {
                switch route.target {
                case .internetGateway:
                    diagram.connect("routes\(index)", "gateway", route.destination)
                case .natGateway(let id):
                    guard let gateway = box(ofGateway: id) else { continue }
                    diagram.connect("routes\(index)", gateway, route.destination)
                case .interface: continue
                }
            }
        }
    }

    private func box(ofGateway id: String) -> String? {
        for (index, subnet) in picture.subnets.enumerated() {
            for (number, member) in subnet.members.enumerated() {
                if case .natGateway(id, _) = member.kind { return "member\(index)_\(number)" }
            }
        }
        return nil
    }

    // MARK: security groups

    private mutating func drawGroups(in band: Int) {
        guard !picture.securityGroups.isEmpty else { return }
        for (index, group) in picture.securityGroups.enumerated() {
            // What cannot be an arrow to the right is said in words.
            let rest = group.inbound.compactMap { rule -> String? in
                switch rule.peer {
                case .everyone: nil
                case .block(let block): "\(words.fromPeer) \(block): \(rule.what)"
                case .other(let name): "\(words.fromPeer) \(name): \(rule.what)"
                case .group(let peer) where columns[peer] < columns[index]: nil
                case .group(index): "\(words.fromItself): \(rule.what)"
                case .group(let peer):
                    "\(words.fromPeer) \(picture.securityGroups[peer].name): \(rule.what)"
                }
            }
            diagram.boxes.append(
                .init(
                    "security\(index)", words.securityGroup,
                    [group.name, words.carriedBy(group.carriers)]
                        + (group.inbound.isEmpty ? [words.letsNothingIn] : rest),
                    column: columns[index], band: band))
        }
        diagram.groups.append(
            .init(
                words.whoMayTalk, columns: 2...max(3, columns.max() ?? 3), bands: band...band))
    }

    private mutating func connectGroups() {
        for (index, group) in picture.securityGroups.enumerated() {
            for rule in group.inbound {
                switch rule.peer {
                case .everyone:
                    diagram.connect("internet", "security\(index)", rule.what, tone: .accent)
                case .group(let peer) where columns[peer] < columns[index]:
                    diagram.connect("security\(peer)", "security\(index)", rule.what, tone: .accent)
                case .group, .block, .other: continue
                }
            }
        }
    }
}
