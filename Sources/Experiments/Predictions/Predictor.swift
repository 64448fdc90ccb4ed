import Cloud
import CloudAPI
import Simulation

/// A question about a cloud, understood: ready to be played, trial by trial.
///
/// The cloud itself stays as it is; each trial plays on copies. What AWS would refuse has been
/// refused before the first trial.
public struct Predictor: Sendable {
    /// One seed, played on both sides.
    public struct Trial: Sendable {
        let current: Played
        let changed: Played?
    }

    /// What was measured of one run.
    struct Played: Sendable {
        var outcome: DeploymentResult.Outcome
        /// In the order of ``Prediction/Measure``.
        var values: [Double?]
    }

    /// More are refused.
    public static let mostTrials = 10_000
    /// A deployment that has not ended by then is called stuck.
    static let longest = Duration.hours(2)

    let question: Prediction.Question
    let cloud: Cloud
    let service: ServiceID
    let place: Place
    let watch: Watch
    let settings: ReadSettings
    /// The deployment that is under way, if that is what is played.
    let underWay: DeploymentID?
    private(set) var versions: (current: Prediction.NewVersion?, changed: Prediction.NewVersion?)

    /// - Throws: If the question makes no sense, or AWS would refuse a change.
    public init(_ question: Prediction.Question, of cloud: Cloud) throws(PredictionProblem) {
        guard (1...Self.mostTrials).contains(question.trials) else {
            throw PredictionProblem("The trials are a number from 1 to \(Self.mostTrials).")
        }
        settings = try ReadSettings(question.settings)
        service = try Self.find(question, in: cloud)
        self.question = question
        self.cloud = cloud
        place = cloud.containers.clusters[cloud.containers.services[service].cluster].place
        var watch = Watch(service: service, in: cloud)
        watch.by = question.by
        self.watch = watch
        let primary = cloud.containers.services[service].deployments.first
        let isUnderWay = primary.map {
            cloud.containers.deployments[$0].rolloutState == .inProgress
        }
        underWay = isUnderWay == true && !question.forcesNew ? primary : nil

        if underWay != nil, let wrong = settings.values.first(where: { $0.key.beginsDeployment }) {
            throw PredictionProblem(
                "\(wrong.key.rawValue) would begin another deployment while one is under way: "
                    + "ask for a new one (--new), or leave it out.")
        }
        if cloud.containers.services[service].settings.loadBalancers.isEmpty,
            let wrong = settings.values.first(where: { $0.key.isOfTargetGroup })
        {
            throw PredictionProblem(
                "\(wrong.key.rawValue) is a setting of a target group, and "
                    + "\(cloud.containers.services[service].name) has none.")
        }
        versions = (nil, nil)
        let (current, changed) = (try begun(changed: false), try begun(changed: true))
        versions = (current.newVersion, changed.newVersion)
    }

    /// Plays a trial: with the settings as they are, and with the changed ones if there are any.
    ///
    /// - Throws: If AWS refuses what it has not refused with the first seed.
    public func play(_ number: Int) throws(PredictionProblem) -> Trial {
        Trial(
            current: try begun(changed: false, number).played(),
            changed: settings.values.isEmpty ? nil : try begun(changed: true, number).played())
    }

    /// A run whose calls have been made.
    private func begun(
        changed: Bool, _ number: Int = 0
    ) throws(PredictionProblem) -> PredictedRun {
        var run = PredictedRun(
            on: cloud.reseeded(question.seed &+ UInt64(number)), watch, in: place,
            underWay: underWay)
        try run.begin(with: changed ? settings : try ReadSettings([]))
        return run
    }

    private static func find(
        _ question: Prediction.Question, in cloud: Cloud
    ) throws(PredictionProblem) -> ServiceID {
        let all = cloud.containers.services.filter { $0.value.status == .active }
        let found = all.filter { id, service in
            let (cluster, place) = (
                service.cluster, cloud.containers.clusters[service.cluster].place
            )
            return [service.name, cloud.arn(id)].contains(question.service)
                && question.cluster.map {
                    [cloud.containers.clusters[cluster].name, cloud.arn(cluster)].contains($0)
                } ?? true
                && question.account.map { $0 == place.account } ?? true
                && question.region.map { $0 == place.region } ?? true
        }
        if found.count > 1 {
            throw PredictionProblem(
                "There are \(found.count) services \"\(question.service)\"; name one by its ARN: "
                    + found.prefix(5).map { cloud.arn($0.id) }.joined(separator: ", ") + ".")
        }
        guard let only = found.first else {
            let names = all.map(\.value.name)
            throw PredictionProblem(
                "There is no service \"\(question.service)\""
                    + (question.cluster.map { " in the cluster \"\($0)\"" } ?? "") + ". "
                    + Spelling.advice(
                        for: question.service, among: Array(names.prefix(10)), called: "services"))
        }
        return only.id
    }
}

// MARK: - The answer

extension Predictor {
    /// Puts together what the trials have measured.
    public func prediction(of trials: [Trial]) -> Prediction {
        let name = cloud.containers.services[service].name
        let cluster = cloud.containers.clusters[cloud.containers.services[service].cluster].name
        let changed = trials.compactMap(\.changed)
        return Prediction(
            service: name, cluster: cluster, place: place, now: cloud.now - .start,
            underWay: underWay.map { cloud.name(of: $0) }, by: question.by,
            isAsked: watch.listener != nil, seed: question.seed, trials: trials.count,
            changes: settings.values.map { key, text in
                .init(key: key.rawValue, from: value(of: key), to: text)
            },
            current: side(trials.map(\.current), versions.current),
            changed: changed.isEmpty ? nil : side(changed, versions.changed),
            differences: changed.isEmpty ? nil : differences(trials))
    }

    private func side(_ runs: [Played], _ newVersion: Prediction.NewVersion?) -> Prediction.Side {
        let outcomes: [DeploymentResult.Outcome] = [.completed, .failed, .rolledBack, .stuck]
        return Prediction.Side(
            newVersion: newVersion,
            outcomes: outcomes.compactMap { outcome in
                let count = runs.count { $0.outcome == outcome }
                return count == 0 ? nil : .init(outcome: outcome, count: count)
            },
            percentiles: Prediction.Measure.allCases.indices.map { index in
                Percentiles(of: runs.compactMap { $0.values[index] })
            })
    }

    private func differences(_ trials: [Trial]) -> Prediction.Side {
        Prediction.Side(
            newVersion: nil, outcomes: [],
            percentiles: Prediction.Measure.allCases.indices.map { index in
                Percentiles(
                    of: trials.compactMap { trial in
                        guard let now = trial.current.values[index],
                            let then = trial.changed?.values[index]
                        else { return nil }
                        return then - now
                    })
            })
    }

    /// What a setting is now.
    private func value(of key: Prediction.Setting) -> String? {
        let found = cloud.containers.services[service]
        let settings = found.settings
        let definition = cloud.containers.taskDefinitions[settings.definition]
        let group = settings.loadBalancers.first.map { cloud.balancing.targetGroups[$0.group] }
        let check = group?.healthCheck
        return switch key {
        case .desiredCount: String(found.desiredCount)
        case .minimumHealthyPercent: String(settings.minimumHealthyPercent)
        case .maximumPercent: String(settings.maximumPercent)
        case .healthCheckGracePeriodSeconds: settings.gracePeriod?.decimalSeconds
        case .breaks: String(settings.circuitBreaker.isEnabled)
        case .rollsBack: String(settings.circuitBreaker.rollsBack)
        case .availabilityZoneRebalancing: settings.rebalancesZones ? "ENABLED" : "DISABLED"
        case .taskDefinition: "\(definition.family):\(definition.revision)"
        case .cpu: definition.registered.shape.cpu
        case .memory: definition.registered.shape.memory
        case .stopTimeout:
            definition.containers[
                PredictedRun.balancedContainer(of: settings.definition, service, in: cloud)
            ].stopTimeout?.decimalSeconds
        case .healthCheckPath: check?.path
        case .healthCheckIntervalSeconds: check?.interval.decimalSeconds
        case .healthCheckTimeoutSeconds: check?.timeout.decimalSeconds
        case .healthyThresholdCount: check.map { String($0.healthyThreshold) }
        case .unhealthyThresholdCount: check.map { String($0.unhealthyThreshold) }
        case .matcher: check?.matcher
        case .deregistrationDelay: group?.deregistrationDelay.decimalSeconds
        case .slowStart: group?.slowStart.decimalSeconds
        case .algorithm:
            group?.attributes.first { $0.key == key.rawValue }?.value
                ?? group.map { _ in "round_robin" }
        }
    }
}
