import Drawing
import Experiments
import Simulation

extension CloudPicture {
    /// How the parts play together, as a diagram: what runs below, who asks above.
    ///
    /// - Parameter caption: What is drawn: `"refcard-01, 78 s after the call"`.
    public func diagram(_ caption: String, in language: Language = .english) -> Diagram {
        let words = language.words
        var sketch = Sketch(
            picture: self, words: words,
            diagram: Diagram(title: caption, summary: words.cloudSummary(service.name)))
        sketch.draw()
        return sketch.diagram
    }
}

private struct Sketch {
    let picture: CloudPicture
    let words: Words
    var diagram: Diagram

    private var hasBalancers: Bool { !picture.targetGroups.isEmpty }
    /// Requests come in above what runs.
    private var band: Int { hasBalancers ? 1 : 0 }

    mutating func draw() {
        drawImages()
        drawDefinitions()
        drawService()
        drawTasks()
        if hasBalancers { drawBalancing() }
        connect()
        if !picture.repositories.isEmpty {
            diagram.groups.append(.init("Amazon ECR", columns: 0...1, bands: band...band))
        }
        diagram.groups.append(
            .init("\(words.part("cluster")) \(picture.cluster)", columns: 3...5, bands: band...band)
        )
    }

    // MARK: boxes

    private mutating func drawImages() {
        for (index, repository) in picture.repositories.enumerated() {
            diagram.boxes.append(
                .init(
                    "repository\(index)", words.part("repository"), [repository.name],
                    column: 0, band: band))
            for (place, image) in repository.images.enumerated() {
                let tags = image.tags.map { ":\($0)" }.joined(separator: " ")
                let size = words.language.number(Double(image.sizeBytes) / 1_048_576, decimals: 0)
                diagram.boxes.append(
                    .init(
                        "image\(index)_\(place)", "\(words.part("image")) \(image.version)",
                        [
                            tags.isEmpty ? words.untagged : tags, Self.short(image.digest),
                            "\(size) MiB",
                        ], tone: .series(image.series), column: 1, band: band))
            }
        }
    }

    private static func short(_ digest: String) -> String { String(digest.prefix(19)) }

    private mutating func drawDefinitions() {
        for (index, definition) in picture.definitions.enumerated() {
            let cpu = words.language.number(Double(definition.cpuUnits) / 1024, decimals: 2)
            let image = definition.image.split(separator: "/").last.map(String.init) ?? ""
            var lines = ["\(cpu) vCPU, \(definition.memoryMebibytes) MiB", image]
            if let port = definition.port { lines.append("\(words.port) \(port)") }
            if definition.meaning == nil { lines.append(words.imageMissing) }
            diagram.boxes.append(
                .init(
                    "definition\(index)", words.part("taskDefinition"),
                    ["\(definition.family):\(definition.revision)"] + lines,
                    tone: definition.meaning == nil ? .danger : .plain, column: 2, band: band))
        }
    }

    private mutating func drawService() {
        let service = picture.service
        diagram.boxes.append(
            .init(
                "service", words.part("service"),
                [
                    service.name,
                    words.counts(service.desired, service.running, service.pending),
                    words.percents(service.minimumPercent, service.maximumPercent),
                    service.isSteady ? words.isSteady : words.isDeploying,
                ], column: 3, band: band))
        for (index, deployment) in picture.deployments.enumerated() {
            let title = deployment.isRollback ? words.rollback : words.part("deployment")
            diagram.boxes.append(
                .init(
                    "deployment\(index)", "\(title) \(deployment.status)",
                    [
                        deployment.rolloutState,
                        words.runs(deployment.running, of: deployment.desired),
                        deployment.name,
                    ], tone: deployment.rolloutState == "FAILED" ? .danger : .plain, column: 4,
                    band: band))
        }
    }

    private mutating func drawTasks() {
        for (index, tasks) in picture.tasks.enumerated() {
            let version = tasks.version.isEmpty ? "" : tasks.version + " "
            let count = tasks.count == 1 ? "" : "\(tasks.count) × "
            diagram.boxes.append(
                .init(
                    "task\(index)", "\(count)\(version)\(tasks.status)",
                    [
                        tasks.count == 1 ? "\(words.oneTask) \(tasks.names[0])" : "",
                        tasks.count == 1
                            ? (tasks.addresses + tasks.zones).joined(separator: ", ")
                            : zones(of: tasks),
                        condition(of: tasks),
                    ].filter { !$0.isEmpty },
                    tone: tasks.series.map { .series($0) } ?? .muted, column: 5, band: band))
        }
    }

    private func zones(of tasks: CloudPicture.Tasks) -> String {
        Set(tasks.zones).sorted().map { zone in
            "\(zone): \(tasks.zones.count { $0 == zone })"
        }.joined(separator: ", ")
    }

    private func condition(of tasks: CloudPicture.Tasks) -> String {
        if !tasks.isWanted { return words.toStop }
        return tasks.isHealthy ? words.countsAsHealthy : words.notYetHealthy
    }

    private mutating func drawBalancing() {
        let isInside = picture.loadBalancers.allSatisfy(\.isInternal)
        if !picture.loadBalancers.isEmpty {
            var lines: [String] = []
            if let failing = picture.failing, failing > 1e-9 {
                lines.append(words.failing(percent(failing)))
            }
            diagram.boxes.append(
                .init(
                    "clients", isInside ? words.clientsInside : "Internet", lines,
                    tone: lines.isEmpty ? .plain : .danger, column: 2))
        }
        for (index, balancer) in picture.loadBalancers.enumerated() {
            diagram.boxes.append(
                .init(
                    "balancer\(index)", words.part("loadBalancer"),
                    [balancer.name, words.listensOn(balancer.listeners)]
                        + [balancer.zones.joined(separator: ", ")]
                        + (balancer.state == "active" ? [] : [balancer.state]), column: 3))
        }
        for (index, group) in picture.targetGroups.enumerated() {
            let states = group.states.map { "\($0.name) \($0.count)" }
            let interval = words.language.length(group.interval)
            diagram.boxes.append(
                .init(
                    "group\(index)", words.part("targetGroup"),
                    [
                        group.name,
                        states.isEmpty ? words.noTargets : states.joined(separator: ", "),
                        words.checks(group.path, every: interval),
                        words.drains(words.language.length(group.delay)),
                    ], column: 4))
        }
    }

    private func percent(_ share: Double) -> String {
        words.language.number(share * 100, decimals: share < 0.1 ? 1 : 0) + " %"
    }

    // MARK: arrows

    private mutating func connect() {
        for (index, repository) in picture.repositories.enumerated() {
            for place in repository.images.indices {
                diagram.connect("repository\(index)", "image\(index)_\(place)", direction: .forward)
            }
        }
        for (index, definition) in picture.definitions.enumerated() {
            guard let image = definition.meaning else { continue }
            diagram.connect(
                "definition\(index)", "image\(image.repository)_\(image.image)",
                Self.tag(of: definition.image))
        }
        diagram.connect("service", "definition\(picture.service.definition)")
        for (index, deployment) in picture.deployments.enumerated() {
            diagram.connect("service", "deployment\(index)")
            if deployment.definition != picture.service.definition {
                diagram.connect(
                    "deployment\(index)", "definition\(deployment.definition)", stroke: .dashed)
            }
        }
        for (index, tasks) in picture.tasks.enumerated() {
            if let deployment = tasks.deployment {
                diagram.connect("deployment\(deployment)", "task\(index)")
            }
        }
        connectBalancing()
    }

    private mutating func connectBalancing() {
        for (index, balancer) in picture.loadBalancers.enumerated() {
            diagram.connect("clients", "balancer\(index)", balancer.listeners.first ?? "")
        }
        for (index, group) in picture.targetGroups.enumerated() {
            if let balancer = group.loadBalancer {
                diagram.connect(
                    "balancer\(balancer)", "group\(index)", "\(group.protocol) \(group.port)")
            }
            for (number, tasks) in picture.tasks.enumerated() {
                guard let state = tasks.targets[index] else { continue }
                let share = tasks.share > 0 ? " " + percent(tasks.share) : ""
                diagram.connect(
                    "group\(index)", "task\(number)", state + share,
                    stroke: state == "healthy" ? .solid : state == "draining" ? .dashed : .dotted,
                    tone: state == "unhealthy"
                        ? .danger
                        : tasks.share > 0 ? tasks.series.map { .series($0) } ?? .plain : .plain)
            }
        }
    }

    /// `":latest"`, or the beginning of a digest.
    private static func tag(of image: String) -> String {
        let name = image.split(separator: "/").last ?? ""
        if let at = name.firstIndex(of: "@") { return String(name[at...].prefix(16)) }
        return name.firstIndex(of: ":").map { String(name[$0...]) } ?? ":latest"
    }
}
