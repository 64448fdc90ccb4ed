import Cloud
import Simulation

/// Watches one deployment from its API call on, and measures it.
///
/// It is shown the cloud after every operation and every event that brought about facts. Who would
/// answer a new request can only change then, so what it notes is exact: a signal that is constant
/// between its steps, not a row of samples.
public struct Recorder: Sendable, Codable {
    let watch: Watch
    /// When the deployment's API call was accepted.
    let start: Instant
    let before: Before
    private(set) var deployment: DeploymentID?
    /// The one that takes it back, if it failed and is rolled back.
    private(set) var rollback: DeploymentID?
    private(set) var now: Instant

    // Versions, in the order in which they first answered.
    private var versionKeys: [VersionKey] = []
    private(set) var versionNames: [String] = []
    private(set) var oldVersion: Int?

    private(set) var signal: [Step] = []
    var kept: [KeptConnection] = []
    /// In the order in which they were noticed.
    private(set) var lives: [TaskRecord] = []
    private(set) var events: [DeploymentResult.Event] = []
    private var eventsSeen: UInt32
    private(set) var restartAt: Instant?
    private(set) var completedAt: Instant?
    private(set) var steadyAt: Instant?
    private(set) var outcome = DeploymentResult.Outcome.stuck
    /// The cloud at the call of the next deployment, with which this measurement ended.
    private(set) var ended: Cloud?

    enum VersionKey: Hashable, Sendable, Codable {
        case digest(String)
        case deployment(DeploymentID)
        case task(TaskID)
    }

    /// From `at` on: what each node does.
    struct Step: Sendable, Codable {
        var at: Instant
        var nodes: [Balancing.NodeRoutes]
        /// By version, and what is left over.
        var shares: [Double]
        var failing: Double
    }

    /// Begins to watch, at the instant at which the call is about to be made.
    ///
    /// - Parameter before: The service before the first step that belongs to the deployment, such
    ///   as a push; left out, it is the service as it is now.
    public init(_ watch: Watch, in cloud: borrowing Cloud, before: Before? = nil) {
        self.watch = watch
        start = cloud.now
        now = cloud.now
        self.before = before ?? Before(watch, in: cloud)
        eventsSeen = cloud.containers.services[watch.service].events.last.map { $0.number + 1 } ?? 0
        for task in cloud.containers.services[watch.service].tasks {
            note(task, in: cloud)
        }
        sample(cloud)
        oldVersion = versionKeys.isEmpty ? nil : 0
    }

    /// Begins to watch a deployment that is under way: what is measured counts from now.
    ///
    /// - Parameter id: The one that is PRIMARY and in progress, be it a rollback.
    public init(_ watch: Watch, in cloud: Cloud, underWay id: DeploymentID) {
        self.init(watch, in: cloud)
        let undone = cloud.containers.deployments[id].undoes
        deployment = undone ?? id
        if undone != nil { (rollback, outcome) = (id, .failed) }
        lives = lives.map { life in
            let isNew = cloud.containers.tasks[life.task].deployment == deployment
            return TaskRecord(life.task, in: cloud.containers, isNew: isNew)
        }
        let old = lives.first { !$0.isNew }.map { versionKey(of: $0.task, in: cloud) }
        oldVersion = old.flatMap { versionKeys.firstIndex(of: $0) }
        noteRestart(cloud)
    }

    /// Ends the measurement, because the next deployment of the service begins.
    ///
    /// - Parameter cloud: As it is when that is called for. What happens later belongs to the next.
    public mutating func end(in cloud: Cloud) {
        if ended == nil { ended = cloud }
    }

    /// Takes notice of what has just happened.
    public mutating func observe(_ cloud: Cloud) {
        guard ended == nil else { return }
        now = cloud.now
        var trafficMayDiffer = false
        for fact in cloud.facts {
            switch fact {
            case .balancing(let fact): trafficMayDiffer = take(fact, cloud) || trafficMayDiffer
            case .network(.listenersChanged(let address)):
                guard !trafficMayDiffer, let listener = watch.listener else { continue }
                trafficMayDiffer = cloud.answers(at: listener, dependOn: address)
            case .network(.pathsChanged):
                cutKept(in: cloud)
                trafficMayDiffer = true
            case .network(.natGatewayMoved), .registry: break
            case .containers(let fact): take(fact, cloud)
            }
        }
        if trafficMayDiffer { sample(cloud) }
    }

    /// - Returns: Whether requests may be answered otherwise from now on.
    private mutating func take(_ fact: Balancing.Fact, _ cloud: Cloud) -> Bool {
        switch fact {
        case .routingChanged(let id), .loadBalancerActive(let id):
            // Of the others on the same cloud there may be many.
            guard let listener = watch.listener, cloud.balancing.listeners.contains(listener)
            else { return true }
            return cloud.balancing.listeners[listener].loadBalancer == id
        case .targetMoved(let target, _, let to):
            if to == .healthy { noteHealthy(target, in: cloud) }
            return false
        case .targetRemoved(let target):
            // The drain is over: what was kept open until now is cut.
            if let life = life(behind: target), drainCuts(in: cloud) {
                endKept(of: lives[life].task)
            }
            return true
        }
    }

    private mutating func noteHealthy(_ target: TargetID, in cloud: Cloud) {
        guard let life = life(behind: target) else { return }
        if lives[life].targetHealthyAt == nil { lives[life].targetHealthyAt = cloud.now }
    }

    private func life(behind target: TargetID) -> Int? {
        lives.firstIndex { $0.targets.contains(target) }
    }

    private mutating func take(_ fact: Containers.Fact, _ cloud: Cloud) {
        switch fact {
        case .taskChecked: break
        case .taskMoved(let task, _, _), .taskWanted(let task), .taskListening(let task),
            .taskRegistered(let task), .taskDeregistered(let task):
            note(task, in: cloud)
        case .taskExited(let task, _):
            note(task, in: cloud)
            endKept(of: task)
        case .taskHealthy(let task):
            note(task, in: cloud)
            noteRestart(cloud)
        case .deploymentBegan(let id):
            guard deployment == nil, cloud.containers.deployments[id].service == watch.service
            else { return }
            deployment = id
        case .deploymentEnded(let id):
            noteEnd(of: id, cloud)
        case .serviceSteady(let service):
            guard service == watch.service, outcome == .completed || outcome == .rolledBack,
                steadyAt == nil
            else { return }
            steadyAt = cloud.now
        case .serviceEvent(let service, _):
            guard service == watch.service else { return }
            takeEvents(cloud)
        }
    }

    private mutating func noteEnd(of id: DeploymentID, _ cloud: Cloud) {
        let isCompleted = cloud.containers.deployments[id].rolloutState == .completed
        if id == deployment {
            if isCompleted { completedAt = cloud.now }
            outcome = isCompleted ? .completed : .failed
            rollback = cloud.containers.deployments[id].rollback
        } else if id == rollback {
            if isCompleted { outcome = .rolledBack } else { rollback = nil }
        }
    }

    private mutating func takeEvents(_ cloud: Cloud) {
        let all = cloud.containers.services[watch.service].events
        let new = all.reversed().prefix { $0.number >= eventsSeen }.count
        for event in all.suffix(new) {
            eventsSeen = event.number + 1
            events.append(
                .init(
                    at: event.at - start, message: cloud.message(of: event, in: watch.service)))
        }
    }

    private mutating func noteRestart(_ cloud: Cloud) {
        guard restartAt == nil, let deployment else { return }
        let healthy = cloud.containers.services[watch.service].tasks.count {
            cloud.containers.tasks[$0].deployment == deployment
                && cloud.containers.tasks[$0].healthySince != nil
        }
        if healthy >= cloud.containers.services[watch.service].desiredCount {
            restartAt = cloud.now
        }
    }

    private mutating func note(_ id: TaskID, in cloud: Cloud) {
        guard cloud.containers.tasks.contains(id),
            cloud.containers.tasks[id].service == watch.service
        else { return }
        if let known = lives.firstIndex(where: { $0.task == id }) {
            lives[known].take(from: cloud.containers)
        } else {
            let isNew = cloud.containers.tasks[id].createdAt >= start && deployment != nil
            lives.append(TaskRecord(id, in: cloud.containers, isNew: isNew))
        }
    }

    // MARK: who answers

    private mutating func sample(_ cloud: Cloud) {
        guard let listener = watch.listener else { return }
        let nodes = cloud.routes(to: watch.origin, at: listener)
        if nodes == signal.last?.nodes { return }
        var shares = [Double](repeating: 0, count: versionKeys.count)
        var failing = 0.0
        let chanceOfNode = 1 / Double(max(1, nodes.count))
        for node in nodes {
            for share in node.shares where share.probability > 0 {
                guard let (task, version) = answerer(share.reply, in: cloud) else {
                    failing += share.probability * chanceOfNode
                    continue
                }
                if version == shares.count { shares.append(0) }
                shares[version] += share.probability * chanceOfNode
                openKept(to: task, version, in: cloud)
            }
        }
        signal.append(Step(at: cloud.now, nodes: nodes, shares: shares, failing: failing))
    }

    /// The task and the version that a reply comes from; `nil` if it is not an answer.
    mutating func answerer(_ reply: Balancing.Reply, in cloud: Cloud) -> (TaskID, Int)? {
        guard case .answered(let owner, let status) = reply, watch.expected.contains(status) else {
            return nil
        }
        let task = TaskID(rawValue: owner)
        // A task that has answered stays what it is.
        if let known = version(of: reply) { return (task, known) }
        let key = versionKey(of: task, in: cloud)
        if let known = versionKeys.firstIndex(of: key) { return (task, known) }
        versionKeys.append(key)
        versionNames.append(distinctName(of: task, key, in: cloud))
        return (task, versionKeys.count - 1)
    }

    /// The same of a task that has answered before.
    func version(of reply: Balancing.Reply) -> Int? {
        guard case .answered(let owner, let status) = reply, watch.expected.contains(status) else {
            return nil
        }
        return kept.first { $0.task.rawValue == owner }?.version
    }

    private func versionKey(of task: TaskID, in cloud: Cloud) -> VersionKey {
        guard let found = cloud.containers.tasks.find(task) else { return .task(task) }
        if watch.by == .revision, let deployment = found.deployment {
            return .deployment(cloud.containers.revision(of: deployment))
        }
        return found.containers[balancedContainer(of: found, in: cloud)].digest
            .map { .digest($0) } ?? .deployment(found.deployment ?? DeploymentID(rawValue: 0))
    }

    private func balancedContainer(of task: Containers.Task, in cloud: Cloud) -> Int {
        guard let deployment = task.deployment,
            let balancer = cloud.containers.deployments[deployment].settings.loadBalancers.first
        else { return 0 }
        let containers = cloud.containers.taskDefinitions[task.definition].containers
        return containers.firstIndex { $0.name == balancer.container } ?? 0
    }

    /// What people call the version: its label, or else the first letters of the digest.
    private func distinctName(of task: TaskID, _ key: VersionKey, in cloud: Cloud) -> String {
        let name = label(of: task, key, in: cloud)
        return versionNames.contains(name) ? "\(name) (\(versionNames.count + 1))" : name
    }

    func label(of task: TaskID, _ key: VersionKey, in cloud: Cloud) -> String {
        guard let found = cloud.containers.tasks.find(task) else { return "unknown" }
        if case .deployment(let id) = key, watch.by == .revision { return cloud.name(of: id) }
        let container = found.containers[balancedContainer(of: found, in: cloud)]
        if let image = container.image,
            let version = cloud.registry.images.find(image)?.configuration.profile.version
        {
            return version
        }
        if let digest = container.digest { return String(digest.dropFirst(7).prefix(12)) }
        // Its image has not been found: the tag is all that is known of it.
        let definition = cloud.containers.taskDefinitions[found.definition]
        let image = definition.containers[balancedContainer(of: found, in: cloud)].image
        return image.tag.map { ":\($0)" } ?? "unknown"
    }

    /// The version that a task runs, by name; also of one that never answered.
    func versionName(of task: TaskID, in cloud: Cloud) -> String {
        let task = twin(of: task, in: cloud) ?? task
        let key = versionKey(of: task, in: cloud)
        if let known = versionKeys.firstIndex(of: key) { return versionNames[known] }
        return label(of: task, key, in: cloud)
    }

    /// A task of the same deployment whose image is known, if the task's own is not yet.
    private func twin(of task: TaskID, in cloud: Cloud) -> TaskID? {
        func hasDigest(_ task: Containers.Task) -> Bool {
            task.containers[balancedContainer(of: task, in: cloud)].digest != nil
        }
        guard let found = cloud.containers.tasks.find(task), !hasDigest(found) else { return nil }
        return lives.first { life in
            guard let other = cloud.containers.tasks.find(life.task) else { return false }
            return other.deployment == found.deployment && hasDigest(other)
        }?.task
    }
}
