import Cloud
import CloudAPI

extension Prediction {
    /// What a prediction can change, by AWS's name for it.
    public enum Setting: String, Sendable, CaseIterable {
        // Of the service.
        case desiredCount, minimumHealthyPercent, maximumPercent, healthCheckGracePeriodSeconds
        case breaks = "deploymentCircuitBreaker.enable"
        case rollsBack = "deploymentCircuitBreaker.rollback"
        case availabilityZoneRebalancing
        case taskDefinition
        // Of its task definition, in a new revision.
        case cpu, memory, stopTimeout
        // Of its target groups.
        case healthCheckPath, healthCheckIntervalSeconds, healthCheckTimeoutSeconds
        case healthyThresholdCount, unhealthyThresholdCount, matcher
        case deregistrationDelay = "deregistration_delay.timeout_seconds"
        case slowStart = "slow_start.duration_seconds"
        case algorithm = "load_balancing.algorithm.type"
    }
}

extension Prediction.Setting {
    /// Whether it takes a new deployment to make it so.
    var beginsDeployment: Bool {
        switch self {
        case .taskDefinition, .cpu, .memory, .stopTimeout: true
        default: false
        }
    }

    var isOfDefinition: Bool { beginsDeployment && self != .taskDefinition }

    var isOfTargetGroup: Bool { isOfHealthCheck || isAttribute }

    var isOfHealthCheck: Bool {
        switch self {
        case .healthCheckPath, .healthCheckIntervalSeconds, .healthCheckTimeoutSeconds,
            .healthyThresholdCount, .unhealthyThresholdCount, .matcher:
            true
        default: false
        }
    }

    var isAttribute: Bool {
        switch self {
        case .deregistrationDelay, .slowStart, .algorithm: true
        default: false
        }
    }
}

/// The changes of a question, read.
struct ReadSettings: Sendable {
    private(set) var values: [(key: Prediction.Setting, text: String)] = []

    /// - Throws: For what is no `key=value`, for an unknown key, one that is given twice, and a
    ///   value that is not of its kind. What AWS would refuse, it refuses later in its own words.
    init(_ texts: [String]) throws(PredictionProblem) {
        for text in texts {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[1].isEmpty else {
                throw PredictionProblem(
                    "\"\(text)\" is no change; write key=value, as in minimumHealthyPercent=50.")
            }
            let key = try Self.key(String(parts[0]))
            guard self[key] == nil else {
                throw PredictionProblem("\(key.rawValue) is given twice.")
            }
            values.append((key, String(parts[1])))
            try checkKind(of: key)
        }
    }

    private static func key(_ name: String) throws(PredictionProblem) -> Prediction.Setting {
        guard let key = Prediction.Setting(rawValue: name) else {
            let known = Prediction.Setting.allCases.map(\.rawValue)
            let near = Spelling.nearest(to: name, in: known).map { " Did you mean \"\($0)\"?" }
            throw PredictionProblem(
                "There is no setting \"\(name)\".\(near ?? "") The settings are: "
                    + known.joined(separator: ", ") + ".")
        }
        return key
    }

    private func checkKind(of key: Prediction.Setting) throws(PredictionProblem) {
        switch key {
        case .breaks, .rollsBack:
            if bool(key) == nil {
                throw PredictionProblem("\(key.rawValue) is true or false.")
            }
        case .availabilityZoneRebalancing:
            if !["ENABLED", "DISABLED"].contains(self[key]) {
                throw PredictionProblem("\(key.rawValue) is ENABLED or DISABLED.")
            }
        case .taskDefinition, .healthCheckPath, .matcher, .algorithm: break
        default:
            if int(key) == nil {
                throw PredictionProblem("\(key.rawValue) is a whole number.")
            }
        }
    }

    subscript(key: Prediction.Setting) -> String? { values.first { $0.key == key }?.text }

    func int(_ key: Prediction.Setting) -> Int? { self[key].flatMap { Int($0) } }

    func bool(_ key: Prediction.Setting) -> Bool? { self[key].flatMap { Bool($0) } }

    func has(_ isWanted: (Prediction.Setting) -> Bool) -> Bool {
        values.contains { isWanted($0.key) }
    }
}
