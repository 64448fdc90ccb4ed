import Cloud
import CloudAPI
import Experiments
import GRDB
import Simulation

/// What has happened to a cloud and does not yet stand in its file.
///
/// Whoever owns the cloud shows it after each step; things get their names then, because they may
/// be gone later. All else is left to ``HistoryWriter``.
public struct HistoryNotes: Sendable {
    /// A fact, with the words for what it is about.
    struct Noted: Sendable {
        var number: Int
        /// How many events had been carried out.
        var step: Int
        var at: Instant
        var fact: Fact
        var words: Words
    }

    struct Words: Sendable {
        var subject: String
        /// The service of a task, the target group of a target.
        var belongsTo: String?
        var text: String?
    }

    /// What has a name that can be asked for once, however many facts there are about it.
    private enum Subject: Hashable {
        case task(TaskID), target(TargetID), loadBalancer(LoadBalancerID), service(ServiceID)
    }

    private(set) var facts: [Noted] = []
    private(set) var refusals: [Refusal] = []
    private(set) var reads: [ObjectIdentifier: Reads] = [:]
    /// Rows of tasks that have stopped, as they are from then on.
    private(set) var stopped: [TaskID: [DatabaseValue]] = [:]
    /// Whose deployments may measure something else by now.
    private(set) var services: Set<ServiceID> = []
    private var names: [Subject: Words] = [:]

    public init() {}

    public var isEmpty: Bool { facts.isEmpty && refusals.isEmpty && reads.isEmpty }

    /// A call that changed nothing, because it was not accepted.
    public struct Refusal: Sendable {
        var afterEntry: Int
        var at: Instant
        var wallMilliseconds: Int64
        var service: String
        var operation: String
        var caller: Caller
        var code: String
        var message: String

        public init(
            _ failure: APIFailure, service: String, operation: String, by caller: Caller,
            at instant: Instant, afterEntry: Int, wallMilliseconds: Int64
        ) {
            self.afterEntry = afterEntry
            at = instant
            self.wallMilliseconds = wallMilliseconds
            self.service = service
            self.operation = operation
            self.caller = caller
            code = failure.code
            message = failure.message
        }
    }

    struct Reads: Sendable {
        var operation: any APIOperation.Type
        var count: Int
    }

    public mutating func note(_ refusal: Refusal) { refusals.append(refusal) }

    public mutating func noteRead(_ operation: any APIOperation.Type) {
        reads[ObjectIdentifier(operation), default: Reads(operation: operation, count: 0)]
            .count += 1
    }

    /// Takes note of what the last step or the last operation brought about.
    ///
    /// - Parameters:
    ///   - last: The number of the last of its facts.
    ///   - known: Facts up to this number are written down already.
    public mutating func take(_ cloud: Cloud, last: Int, after known: Int = 0) {
        var number = last - cloud.facts.count
        for fact in cloud.facts {
            number += 1
            guard number > known else { continue }
            facts.append(
                Noted(
                    number: number, step: cloud.steps, at: cloud.now, fact: fact,
                    words: words(of: fact, in: cloud)))
        }
    }

    /// Gives up what comes after a fact, because it is taken back.
    public mutating func forget(after number: Int) {
        while let last = facts.last, last.number > number { facts.removeLast() }
        stopped = [:]
    }
}

// MARK: - Words

extension HistoryNotes {
    /// Of something that is gone, only its number is left.
    private mutating func words(of fact: Fact, in cloud: Cloud) -> Words {
        switch fact {
        case .network(let fact): words(of: fact, in: cloud)
        case .registry(let fact): words(of: fact, in: cloud)
        case .balancing(let fact): words(of: fact, in: cloud)
        case .containers(let fact): words(of: fact, in: cloud)
        }
    }

    private func words(of fact: Network.Fact, in cloud: Cloud) -> Words {
        switch fact {
        case .pathsChanged(let vpc): Words(subject: cloud.id(vpc))
        case .listenersChanged(let address):
            Words(subject: "\(address.address)", belongsTo: cloud.id(address.vpc))
        case .natGatewayMoved(let id):
            Words(
                subject: cloud.id(id),
                text: cloud.network.natGateways.find(id).map { $0.state.rawValue })
        }
    }

    private func words(of fact: Registry.Fact, in cloud: Cloud) -> Words {
        switch fact {
        case .repositoryChanged(let id), .imagesDeleted(let id), .repositoryDeleted(let id):
            Words(
                subject: cloud.registry.repositories.contains(id)
                    ? cloud.arn(id) : "\(id.rawValue)")
        }
    }

    private mutating func words(of fact: Balancing.Fact, in cloud: Cloud) -> Words {
        switch fact {
        case .loadBalancerActive(let id), .routingChanged(let id):
            guard cloud.balancing.loadBalancers.contains(id) else {
                return Words(subject: "\(id.rawValue)")
            }
            return named(.loadBalancer(id)) { Words(subject: cloud.arn(id)) }
        case .targetMoved(let id, _, _), .targetRemoved(let id):
            guard cloud.balancing.targets.contains(id) else {
                return Words(subject: "\(id.rawValue)")
            }
            return named(.target(id)) {
                let target = cloud.balancing.targets[id]
                return Words(
                    subject: "\(target.address):\(target.port)",
                    belongsTo: cloud.balancing.targetGroups.contains(target.group)
                        ? cloud.arn(target.group) : nil)
            }
        }
    }

    private mutating func words(of fact: Containers.Fact, in cloud: Cloud) -> Words {
        switch fact {
        case .taskMoved(let id, _, _), .taskWanted(let id), .taskListening(let id),
            .taskRegistered(let id), .taskDeregistered(let id), .taskExited(let id, _),
            .taskHealthy(let id), .taskChecked(let id):
            return words(of: id, in: cloud)
        case .deploymentBegan(let id), .deploymentEnded(let id):
            var words = Words(subject: cloud.name(of: id))
            if let deployment = cloud.containers.deployments.find(id) {
                words.belongsTo = self.words(of: deployment.service, in: cloud).subject
                words.text = deployment.rolloutState.rawValue
            }
            return words
        case .serviceSteady(let id): return words(of: id, in: cloud)
        case .serviceEvent(let id, let number):
            var words = words(of: id, in: cloud)
            words.text = cloud.message(ofEvent: number, in: id)
            return words
        }
    }

    private mutating func words(of id: TaskID, in cloud: Cloud) -> Words {
        guard cloud.containers.tasks.contains(id) else { return Words(subject: "\(id.rawValue)") }
        if let service = cloud.containers.tasks[id].service { services.insert(service) }
        if cloud.containers.tasks[id].status == .stopped {
            stopped[id] = ResourceTable.row(ofTask: id, in: cloud)
        }
        return named(.task(id)) { ResourceTable.words(of: id, in: cloud) }
    }

    private mutating func words(of id: ServiceID, in cloud: Cloud) -> Words {
        guard cloud.containers.services.contains(id) else {
            return Words(subject: "\(id.rawValue)")
        }
        services.insert(id)
        return named(.service(id)) {
            Words(subject: ResourceTable.name(of: id, in: cloud) ?? "\(id.rawValue)")
        }
    }

    private mutating func named(_ subject: Subject, _ make: () -> Words) -> Words {
        if let known = names[subject] { return known }
        let words = make()
        names[subject] = words
        return words
    }
}

// MARK: - Rows

extension HistoryNotes.Noted {
    static let insertion = """
        INSERT OR REPLACE INTO facts
            (number, step, at, kind, subject, belongs_to, from_state, to_state, text)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """

    var row: [DatabaseValue] {
        let (kind, from, to) = moves
        return values([
            number, step, at.sinceStart.nanoseconds, kind, words.subject, words.belongsTo, from, to,
            words.text,
        ])
    }

    /// The name of what happened, and what it led from and to.
    private var moves: (kind: String, from: String?, to: String?) {
        switch fact {
        case .network(.pathsChanged): ("pathsChanged", nil, nil)
        case .network(.listenersChanged): ("listenersChanged", nil, nil)
        case .network(.natGatewayMoved): ("natGatewayMoved", nil, words.text)
        case .registry(.repositoryChanged): ("repositoryChanged", nil, nil)
        case .registry(.imagesDeleted): ("imagesDeleted", nil, nil)
        case .registry(.repositoryDeleted): ("repositoryDeleted", nil, nil)
        case .balancing(.loadBalancerActive): ("loadBalancerActive", nil, nil)
        case .balancing(.routingChanged): ("routingChanged", nil, nil)
        case .balancing(.targetRemoved): ("targetRemoved", nil, nil)
        case .balancing(.targetMoved(_, let from, let to)):
            ("targetMoved", from.rawValue, to.rawValue)
        case .containers(let fact): Self.moves(of: fact, words.text)
        }
    }

    private static func moves(
        of fact: Containers.Fact, _ text: String?
    ) -> (kind: String, from: String?, to: String?) {
        switch fact {
        case .taskMoved(_, let from, let to): ("taskMoved", from?.rawValue, to.rawValue)
        case .taskWanted: ("taskToStop", nil, nil)
        case .taskListening: ("taskListening", nil, nil)
        case .taskRegistered: ("taskRegistered", nil, nil)
        case .taskDeregistered: ("taskDeregistered", nil, nil)
        case .taskExited(_, let code): ("taskExited", nil, "\(code)")
        case .taskHealthy: ("taskHealthy", nil, nil)
        case .taskChecked: ("taskChecked", nil, nil)
        case .deploymentBegan: ("deploymentBegan", nil, text)
        case .deploymentEnded: ("deploymentEnded", nil, text)
        case .serviceSteady: ("serviceSteady", nil, nil)
        case .serviceEvent: ("serviceEvent", nil, nil)
        }
    }
}

extension HistoryNotes.Refusal {
    static let insertion = """
        INSERT INTO refusals
            (after_entry, at, wall, service, operation, account, region, caller, code, message)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """

    var row: [DatabaseValue] {
        values([
            afterEntry, at.sinceStart.nanoseconds, wallMilliseconds, service, operation,
            caller.place.account, caller.place.region, caller.arn, code, message,
        ])
    }
}

extension HistoryNotes.Reads {
    static let insertion = """
        INSERT INTO reads (service, operation, count) VALUES (?, ?, ?)
            ON CONFLICT (service, operation) DO UPDATE SET count = count + excluded.count
        """

    var row: [DatabaseValue] { values([operation.service.id, operation.name, count]) }
}

/// As SQLite takes them.
func values(_ columns: [(any DatabaseValueConvertible)?]) -> [DatabaseValue] {
    columns.map { $0?.databaseValue ?? .null }
}
