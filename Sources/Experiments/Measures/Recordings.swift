import Cloud
import Simulation

/// Every deployment that clients make, measured: a ``Recorder`` for each, from the call that began
/// it until nothing more happens that belongs to it.
///
/// To be shown the cloud after every operation and every event that brought about facts.
public struct Recordings: Sendable {
    /// In the order in which they began.
    private var entries: [Entry] = []
    /// Those that still go on, by service.
    private var open: [ServiceID: Recorder] = [:]
    /// Each service as it was when its last deployment had begun, so that a push which comes before
    /// the next one counts as part of that.
    private var before: [ServiceID: Recorder.Before] = [:]

    /// How many are kept at most; the oldest goes first.
    private let capacity: Int

    private struct Entry: Sendable, Codable {
        let service: ServiceID
        let deployment: DeploymentID
        /// `nil` while it goes on.
        var result: DeploymentResult?
    }

    public init(capacity: Int = 200) { self.capacity = capacity }

    /// A deployment that has not ended after a day, virtual, is called stuck.
    private static let longest = Duration.hours(24)

    /// Takes notice of what has just happened.
    public mutating func observe(_ cloud: Cloud) {
        for fact in cloud.facts {
            guard case .containers(.deploymentBegan(let id)) = fact,
                // A rollback is how the failed one goes on, and its recorder watches it.
                cloud.containers.deployments[id].undoes == nil
            else { continue }
            begin(id, of: cloud.containers.deployments[id].service, in: cloud)
        }
        guard !open.isEmpty else { return }
        // Most facts concern one service; looking at all the others would make each step cost as
        // much as there are deployments.
        guard let concerned = services(concernedBy: cloud.facts, in: cloud) else {
            for service in open.keys.sorted() { show(cloud, to: service) }
            return
        }
        for service in concerned { show(cloud, to: service) }
    }

    /// Ends what watches services that are gone, such as after DeleteService.
    public mutating func sweep(_ cloud: Cloud) {
        for service in open.keys.sorted() where isGone(service, in: cloud) {
            close(service, in: cloud)
        }
        for service in before.keys.sorted() where !cloud.containers.services.contains(service) {
            before[service] = nil
        }
    }

    /// Drops what was measured of a service up to now, because it is not part of the story. What
    /// comes later is measured against the service as it is now.
    package mutating func leaveOut(_ service: ServiceID, in cloud: Cloud) {
        open[service] = nil
        entries.removeAll { $0.service == service }
        before[service] = Recorder.Before(Watch(service: service, in: cloud), in: cloud)
    }

    /// What has been measured so far, in the order in which the deployments began. One that still
    /// goes on is `STUCK`, measured until now.
    public func results(in cloud: Cloud) -> [DeploymentResult] {
        measured(in: cloud).map(\.result)
    }

    /// The same, each with the deployment that it is about.
    ///
    /// - Parameter services: Only those of these services; `nil`: of all.
    package func measured(
        in cloud: Cloud, of services: Set<ServiceID>? = nil
    ) -> [(deployment: DeploymentID, result: DeploymentResult)] {
        entries.compactMap { entry in
            guard services?.contains(entry.service) ?? true else { return nil }
            let result =
                entry.result
                ?? open[entry.service].flatMap { recorder in
                    cloud.containers.services.contains(entry.service)
                        ? Self.result(of: recorder, in: cloud) : nil
                }
            return result.map { (entry.deployment, $0) }
        }
    }
}

extension Recordings {
    private mutating func begin(
        _ deployment: DeploymentID, of service: ServiceID, in cloud: Cloud
    ) {
        close(service, in: cloud, isReplaced: true)
        let watch = Watch(service: service, in: cloud)
        open[service] = Recorder(watch, in: cloud, before: before[service])
        before[service] = Recorder.Before(watch, in: cloud)
        entries.append(Entry(service: service, deployment: deployment))
        if entries.count > capacity, let oldest = entries.firstIndex(where: { $0.result != nil }) {
            entries.remove(at: oldest)
        }
    }

    private mutating func show(_ cloud: Cloud, to service: ServiceID) {
        guard open[service] != nil else { return }
        open[service]!.observe(cloud)
        let recorder = open[service]!
        if recorder.isOver || isGone(service, in: cloud)
            || cloud.now - recorder.start > Self.longest
        {
            close(service, in: cloud)
        }
    }

    private mutating func close(_ service: ServiceID, in cloud: Cloud, isReplaced: Bool = false) {
        guard var recorder = open.removeValue(forKey: service) else { return }
        guard let entry = entries.lastIndex(where: { $0.service == service }) else { return }
        guard cloud.containers.services.contains(service) else {
            entries.remove(at: entry)
            return
        }
        if isReplaced { recorder.end(in: cloud) }
        entries[entry].result = Self.result(of: recorder, in: cloud)
    }

    /// What a recorder has measured, with what the deployment has cost.
    static func result(of recorder: Recorder, in cloud: Cloud) -> DeploymentResult {
        let service = recorder.watch.service
        let cluster = cloud.containers.services[service].cluster
        let region = cloud.containers.clusters[cluster].place.region
        let cost = Prices.of(region: region).costOfDeployment(
            of: service, since: recorder.start, in: cloud)
        return recorder.result(in: cloud, costUSD: cost)
    }

    private func isGone(_ service: ServiceID, in cloud: Cloud) -> Bool {
        guard cloud.containers.services.contains(service) else { return true }
        return cloud.containers.services[service].status == .inactive
    }

    /// - Returns: `nil` if the facts may concern any service.
    private func services(concernedBy facts: [Fact], in cloud: Cloud) -> [ServiceID]? {
        var found: [ServiceID] = []
        for fact in facts {
            guard case .containers(let fact) = fact, let service = service(of: fact, in: cloud)
            else { return nil }
            if !found.contains(service) { found.append(service) }
        }
        return found
    }

    private func service(of fact: Containers.Fact, in cloud: Cloud) -> ServiceID? {
        switch fact {
        case .taskMoved(let task, _, _), .taskWanted(let task), .taskListening(let task),
            .taskRegistered(let task), .taskDeregistered(let task), .taskExited(let task, _),
            .taskHealthy(let task), .taskChecked(let task):
            guard cloud.containers.tasks.contains(task) else { return nil }
            return cloud.containers.tasks[task].service
        case .deploymentBegan(let id), .deploymentEnded(let id):
            return cloud.containers.deployments[id].service
        case .serviceSteady(let service), .serviceEvent(let service, _): return service
        }
    }
}

/// A saved one goes on where it stood.
extension Recordings: Codable {
    private struct Saved: Codable {
        var entries: [Entry]
        var open: [Watched<Recorder>]
        var before: [Watched<Recorder.Before>]
        var capacity: Int
    }

    private struct Watched<Value: Codable>: Codable {
        var service: ServiceID
        var value: Value
    }

    public init(from decoder: any Decoder) throws {
        let saved = try Saved(from: decoder)
        self.init(capacity: saved.capacity)
        entries = saved.entries
        for watched in saved.open { open[watched.service] = watched.value }
        for watched in saved.before { before[watched.service] = watched.value }
    }

    public func encode(to encoder: any Encoder) throws {
        let saved = Saved(
            entries: entries,
            open: open.keys.sorted().map { Watched(service: $0, value: open[$0]!) },
            before: before.keys.sorted().map { Watched(service: $0, value: before[$0]!) },
            capacity: capacity)
        try saved.encode(to: encoder)
    }
}
