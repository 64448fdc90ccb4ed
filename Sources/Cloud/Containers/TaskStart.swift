import Simulation

extension Chance.Purpose {
    static let pullFixed = Chance.Purpose("pullFixed")
    static let pullPerMebibyte = Chance.Purpose("pullPerMebibyte")
    static let start = Chance.Purpose("start")
    static let startFailure = Chance.Purpose("startFailure")
}

// MARK: - From PENDING to RUNNING

extension Cloud {
    /// Pulls the images, or finds out that it cannot.
    mutating func pull(_ id: TaskID) {
        containers.tasks[id].pullStartedAt = now
        if let failure = startFailure(of: id) {
            let created = containers.tasks[id].createdAt
            let subject = UInt64(id.rawValue)
            let untilStopped = chance.draw(failure.takes, for: .startFailure, of: subject)
            let release = chance.draw(timing.release, for: .release, of: subject)
            containers.tasks[id].startFailure = failure.reason
            timeline.schedule(
                .containers(.startFails(id)), at: max(now, created + untilStopped - release))
            return
        }
        let subject = UInt64(id.rawValue)
        let perMebibyte = chance.draw(timing.pullPerMebibyte, for: .pullPerMebibyte, of: subject)
        var longest = Duration.zero
        for index in containers.tasks[id].containers.indices {
            resolveImage(of: id, container: index)
            guard let image = containers.tasks[id].containers[index].image else { continue }
            let mebibytes = Double(registry.images[image].sizeBytes) / 1_048_576
            longest = max(longest, perMebibyte * mebibytes)
            registry.images[image].lastPulledAt = now
        }
        let fixed = chance.draw(timing.pullFixed, for: .pullFixed, of: subject)
        schedule(.pullEnds(id), after: fixed + longest)
    }

    /// Decides what a container runs. The first task of a deployment decides it for all of them, by
    /// what the tag means now. Source: ecs.md section 24.
    mutating func resolveImage(of id: TaskID, container index: Int) {
        let (definition, deployment) = (
            containers.tasks[id].definition, containers.tasks[id].deployment
        )
        guard let (image, digest) = image(of: id, container: index) else { return }
        // Of an image for several platforms it is the one for this task's that runs.
        let isARM = containers.taskDefinitions[definition].isARM
        let own = registry.image(image, for: isARM ? "arm64" : "amd64") ?? image
        containers.tasks[id].containers[index].image = own
        containers.tasks[id].containers[index].digest = digest
        if let deployment,
            containers.taskDefinitions[definition].containers[index].isVersionConsistent
        {
            containers.deployments[deployment].digests[index] = digest
        }
    }

    /// The image that a container of the task would pull now; `nil` if there is none in ECR.
    func image(of id: TaskID, container index: Int) -> (ImageID, digest: String)? {
        let definition = containers.tasks[id].definition
        var reference = containers.taskDefinitions[definition].containers[index].image
        if let deployment = containers.tasks[id].deployment,
            containers.taskDefinitions[definition].containers[index].isVersionConsistent,
            let digest = containers.deployments[deployment].digests[index]
        {
            reference.digest = digest
        }
        return registry.image(reference, for: containers.taskDefinitions[definition].place).map {
            ($0, registry.images[$0].digest)
        }
    }

    mutating func endPull(of id: TaskID) {
        guard isStarting(id) else { return }
        containers.tasks[id].pullStoppedAt = now
        let wait = chance.draw(timing.start, for: .start, of: UInt64(id.rawValue))
        schedule(.stageEnds(id, .pending), after: wait)
    }

    func isStarting(_ id: TaskID) -> Bool {
        containers.tasks.contains(id) && containers.tasks[id].status == .pending
            && containers.tasks[id].isWanted
    }

    mutating func failToStart(_ id: TaskID) {
        guard isStarting(id), let reason = containers.tasks[id].startFailure else { return }
        containers.tasks[id].executionStoppedAt = now
        for index in containers.tasks[id].containers.indices {
            containers.tasks[id].containers[index].status = .stopped
            containers.tasks[id].containers[index].reason = reason
        }
        noteStartFailure(of: id, reason)
        stop(id, because: .init(code: .taskFailedToStart, reason: .text(reason)))
    }

    /// How the program in a container behaves. One that is not from ECR is taken for a small server
    /// on the port that is mapped. Assumed.
    func profile(of id: TaskID, container index: Int) -> AppProfile {
        guard let image = containers.tasks[id].containers[index].image else { return AppProfile() }
        return registry.images[image].configuration.profile
    }

    /// The port that the program in a container listens on.
    func port(of id: TaskID, container index: Int) -> Int? {
        let definition = containers.tasks[id].definition
        return profile(of: id, container: index).port
            ?? containers.taskDefinitions[definition].containers[index].ports.first
    }
}
