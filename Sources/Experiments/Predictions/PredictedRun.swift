import Cloud
import CloudAPI
import Simulation

/// One run of a prediction: a copy of the cloud, the calls that a person would make on it, and what
/// comes of them.
struct PredictedRun {
    private var cloud: Cloud
    private let watch: Watch
    private let place: Place
    private let isUnderWay: Bool
    private var recorder: Recorder
    private(set) var newVersion: Prediction.NewVersion?

    /// - Parameter underWay: The deployment to be played on to its end; `nil`: a new one.
    init(on cloud: Cloud, _ watch: Watch, in place: Place, underWay: DeploymentID?) {
        self.cloud = cloud
        self.watch = watch
        self.place = place
        isUnderWay = underWay != nil
        recorder =
            underWay.map { Recorder(watch, in: cloud, underWay: $0) }
            ?? Recorder(watch, in: cloud)
    }

    private var service: Containers.Service { cloud.containers.services[watch.service] }

    /// Makes the calls that change what is to be changed, and the one that deploys.
    mutating func begin(with settings: ReadSettings) throws(PredictionProblem) {
        var definition: String?
        if !isUnderWay { definition = try prepareDefinition(settings) }
        for group in service.settings.loadBalancers.map(\.group) {
            try change(group, settings)
        }
        try update(settings, definition)
    }

    /// Plays on until nothing more happens that belongs to the deployment.
    consuming func played() -> Predictor.Played {
        let limit = cloud.now + Predictor.longest
        while !recorder.isOver, cloud.step(until: limit) {
            if !cloud.facts.isEmpty { recorder.observe(cloud) }
        }
        let result = Recordings.result(of: recorder, in: cloud)
        return Predictor.Played(
            outcome: result.outcome,
            values: Prediction.Measure.allCases.map { measure in
                measure.needsListener && watch.listener == nil ? nil : measure.of(result)
            })
    }

    private mutating func call<O: Handled>(
        _ operation: O, in home: Place? = nil
    ) throws(PredictionProblem) -> O.Output {
        let output: O.Output
        do throws(APIFailure) {
            output = try cloud.perform(operation, as: Caller(place: home ?? place))
        } catch {
            throw PredictionProblem(O.name, error)
        }
        recorder.observe(cloud)
        return output
    }
}

// MARK: - The service and its target groups

extension PredictedRun {
    private mutating func update(
        _ settings: ReadSettings, _ definition: String?
    ) throws(PredictionProblem) {
        let cluster = service.cluster
        let old = service.settings.circuitBreaker
        var update = ECS.UpdateService(
            cluster: cloud.arn(cluster), service: cloud.arn(watch.service),
            desiredCount: settings.int(.desiredCount), taskDefinition: definition)
        update.healthCheckGracePeriodSeconds = settings.int(.healthCheckGracePeriodSeconds)
        update.availabilityZoneRebalancing = settings[.availabilityZoneRebalancing].map {
            ECS.AvailabilityZoneRebalancing(rawValue: $0)
        }
        var configuration = ECS.DeploymentConfiguration(
            maximumPercent: settings.int(.maximumPercent),
            minimumHealthyPercent: settings.int(.minimumHealthyPercent))
        if settings.has({ $0 == .breaks || $0 == .rollsBack }) {
            configuration.deploymentCircuitBreaker = ECS.DeploymentCircuitBreaker(
                enable: settings.bool(.breaks) ?? old.isEnabled,
                rollback: settings.bool(.rollsBack) ?? old.rollsBack)
        }
        update.deploymentConfiguration = configuration
        update.forceNewDeployment = isUnderWay ? nil : true
        if isUnderWay, !settings.has({ !$0.isOfTargetGroup }) { return }
        _ = try call(update)
    }

    private mutating func change(
        _ group: TargetGroupID, _ settings: ReadSettings
    ) throws(PredictionProblem) {
        let arn = cloud.arn(group)
        if settings.has(\.isOfHealthCheck) {
            _ = try call(
                ELBv2.ModifyTargetGroup(
                    targetGroupArn: arn, healthCheckPath: settings[.healthCheckPath],
                    healthCheckIntervalSeconds: settings.int(.healthCheckIntervalSeconds),
                    healthCheckTimeoutSeconds: settings.int(.healthCheckTimeoutSeconds),
                    healthyThresholdCount: settings.int(.healthyThresholdCount),
                    unhealthyThresholdCount: settings.int(.unhealthyThresholdCount),
                    matcher: settings[.matcher].map { ELBv2.Matcher(httpCode: $0) }))
        }
        let attributes = settings.values.filter(\.key.isAttribute)
        guard !attributes.isEmpty else { return }
        _ = try call(
            ELBv2.ModifyTargetGroupAttributes(
                targetGroupArn: arn,
                attributes: attributes.map { .init(key: $0.key.rawValue, value: $0.text) }))
    }
}

// MARK: - The task definition and its image

extension PredictedRun {
    /// Sees to it that what is deployed is a version of its own.
    ///
    /// If the image that the definition means is one that no task runs yet, that is the new
    /// version. If it is the one that runs, a copy of it is pushed under another digest: with the
    /// tag, or, where that cannot move, without one and named in a new revision.
    ///
    /// - Returns: The definition to deploy; `nil`: the one that the service has.
    private mutating func prepareDefinition(
        _ settings: ReadSettings
    ) throws(PredictionProblem) -> String? {
        var id = service.settings.definition
        if let named = settings[.taskDefinition] {
            let found = try call(ECS.DescribeTaskDefinition(taskDefinition: named))
            let arn = found.taskDefinition?.taskDefinitionArn
            id = cloud.containers.taskDefinitions.first { cloud.arn($0.id) == arn }?.id ?? id
        }
        let image = try bringOutImage(of: id)
        guard image != nil || settings.has(\.isOfDefinition) else {
            return settings[.taskDefinition]
        }
        return try register(id, image: image, settings)
    }

    static func balancedContainer(
        of definition: TaskDefinitionID, _ service: ServiceID, in cloud: Cloud
    ) -> Int {
        let name = cloud.containers.services[service].settings.loadBalancers.first?.container
        let containers = cloud.containers.taskDefinitions[definition].containers
        return containers.firstIndex { $0.name == name } ?? 0
    }

    /// - Returns: How a new revision has to name the image, if it takes one.
    private mutating func bringOutImage(
        of definition: TaskDefinitionID
    ) throws(PredictionProblem) -> String? {
        let home = cloud.containers.taskDefinitions[definition].place
        let container = Self.balancedContainer(of: definition, watch.service, in: cloud)
        let reference = cloud.containers.taskDefinitions[definition].containers[container].image
        guard case .ecr = reference.registry else {
            newVersion = .elsewhere
            return nil
        }
        guard let id = cloud.registry.image(reference, for: home) else {
            newVersion = .missing(reference.text)
            return nil
        }
        let image = cloud.registry.images[id]
        let name = cloud.versionName(of: id)
        guard image.digest == runningDigest else {
            newVersion = .waiting(name)
            return nil
        }
        newVersion = .copy(name)
        let repository = cloud.registry.repositories[image.repository]
        // A manifest with another byte at its end means the same and has another digest.
        var put = ECR.PutImage(
            repositoryName: repository.name, imageManifest: image.manifest + "\n",
            imageManifestMediaType: image.mediaType)
        if reference.digest == nil, let tag = reference.tag {
            put.imageTag = tag
            let isMoved =
                (try? cloud.perform(put, as: Caller(place: repository.place))) != nil
            if isMoved { return nil }
            put.imageTag = nil
        }
        let pushed = try call(put, in: repository.place).image?.imageId?.imageDigest
        let end = reference.text.firstIndex(of: "@") ?? reference.text.endIndex
        var plain = reference.text[..<end]
        if let tag = reference.tag, plain.hasSuffix(":\(tag)") {
            plain = plain.dropLast(tag.count + 1)
        }
        return "\(plain)@\(pushed ?? "")"
    }

    /// What the newest tasks run.
    private var runningDigest: String? {
        let primary = service.deployments.first
        let tasks = service.tasks.map { cloud.containers.tasks[$0] }
        func digest(where isMeant: (Containers.Task) -> Bool) -> String? {
            tasks.lazy.filter(isMeant).compactMap { task in
                let container = Self.balancedContainer(
                    of: task.definition, watch.service, in: cloud)
                return task.containers[container].digest
            }.first
        }
        return digest { $0.deployment == primary } ?? digest { _ in true }
    }

    private mutating func register(
        _ id: TaskDefinitionID, image: String?, _ settings: ReadSettings
    ) throws(PredictionProblem) -> String? {
        let old = cloud.containers.taskDefinitions[id].registered.shape
        var containers = old.containerDefinitions ?? []
        let container = Self.balancedContainer(of: id, watch.service, in: cloud)
        containers[container].image = image ?? containers[container].image
        containers[container].stopTimeout =
            settings.int(.stopTimeout) ?? containers[container].stopTimeout
        var new = ECS.RegisterTaskDefinition(
            family: old.family ?? "", taskRoleArn: old.taskRoleArn,
            executionRoleArn: old.executionRoleArn, networkMode: old.networkMode,
            containerDefinitions: containers, volumes: old.volumes,
            placementConstraints: old.placementConstraints,
            requiresCompatibilities: old.requiresCompatibilities,
            cpu: settings[.cpu] ?? old.cpu, memory: settings[.memory] ?? old.memory)
        new.pidMode = old.pidMode
        new.ipcMode = old.ipcMode
        new.proxyConfiguration = old.proxyConfiguration
        new.ephemeralStorage = old.ephemeralStorage
        new.runtimePlatform = old.runtimePlatform
        new.enableFaultInjection = old.enableFaultInjection
        return try call(new).taskDefinition?.taskDefinitionArn
    }
}
