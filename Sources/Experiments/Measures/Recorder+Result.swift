import Cloud
import Simulation

extension Recorder {
    /// What has been measured, once the run is over.
    ///
    /// - Parameters:
    ///   - cloud: As it is at the end.
    ///   - cost: Of the deployment's tasks, in US dollars.
    public func result(in cloud: Cloud, costUSD cost: Double = 0) -> DeploymentResult {
        let cloud = ended ?? cloud
        let end = cloud.now
        let service = cloud.containers.services[watch.service]
        var result = DeploymentResult(service: service.name, strategy: "ROLLING", outcome: outcome)
        result.completedAt = completedAt.map { $0 - start }
        result.steadyAt = steadyAt.map { $0 - start }
        result.replacedAt = ended != nil && outcome == .stuck ? end - start : nil
        result.restart = restartAt.map { $0 - start }
        result.versions = versionNames
        measureAnswers(&result, until: end)
        result.bothVersionsKeptConnections = keptWindows(until: end)
        result.probe = probe(until: end)
        for (number, life) in lives.enumerated() {
            life.addPhases(
                task: "task/\(number + 1)", version: versionName(of: life.task, in: cloud),
                since: start, to: &result.phases)
        }
        (result.updated, result.untouched) = parts(in: cloud)
        result.events = events
        result.costUSD = cost
        result.measuredUntil = end - start
        return result
    }

    private func measureAnswers(_ result: inout DeploymentResult, until end: Instant) {
        result.bothVersions = windows(until: end) { $0.shares.count { $0 > 0 } >= 2 }
        result.noVersion = windows(until: end) { !$0.shares.contains { $0 > 0 } }
        // A share that is all but one or nothing is: sums of thirds need not be exact.
        result.degraded = windows(until: end) { $0.failing > 1e-9 && $0.failing < 1 - 1e-9 }
        result.failedRequestSeconds = failedRequestSeconds(until: end)
        if let old = oldVersion {
            let answered = windows(until: end) { old < $0.shares.count && $0.shares[old] > 0 }
            if let last = answered.windows.last?.to, last < end - start {
                result.lastAnswerOld = last
            }
        }
        let first = windows(until: end) { step in
            step.shares.indices.contains { $0 != oldVersion && step.shares[$0] > 0 }
        }
        result.firstAnswerNew = first.windows.first?.from
        result.answers = signal.map { step in
            .init(
                from: max(.zero, step.at - start),
                shares: versionNames.indices.map { $0 < step.shares.count ? step.shares[$0] : 0 },
                failing: step.failing)
        }
    }

    /// Whether the service has said that it is steady since the call, or has given the deployment
    /// up.
    public var isSteady: Bool { steadyAt != nil || (outcome == .failed && rollback == nil) }

    /// Whether nothing more will happen that belongs to the deployment: it has ended, and every
    /// task that is not part of it has stopped.
    public var isOver: Bool {
        guard isSteady else { return false }
        // What has failed may still have tasks on the way to being healthy, or to being stopped.
        return lives.allSatisfy { life in
            life.stoppedAt != nil
                || life.stoppingAt == nil
                    && (outcome != .failed || !life.isNew || life.targetHealthyAt != nil)
        }
    }
}
