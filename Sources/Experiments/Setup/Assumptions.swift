import Cloud
import CloudAPI
import Simulation

/// Makes what a call takes for granted and nobody has made, as if another tool had done so before:
/// a service is two tasks of version 1 behind a load balancer, and steady.
///
/// Where AWS refuses what it takes, nothing is made, and the call gets the refusal that it would
/// have got anyway.
package struct Assumptions {
    package struct Made: Sendable, Hashable {
        /// `"cluster"`, `"service"`, `"repository"`, `"task definition"` or `"role"`.
        package var kind: String
        package var name: String
        package var service: ServiceID?
    }

    private let live: LiveCloud
    private let operation: any APIOperation
    private var made: [Made] = []

    /// - Returns: What was made, in the order of its making.
    package static func make(for operation: any APIOperation, on live: LiveCloud) -> [Made] {
        var assumptions = Assumptions(live: live, operation: operation)
        for wanted in Wanted.by(operation) { try? assumptions.assume(wanted) }
        return assumptions.made
    }

    private init(live: LiveCloud, operation: any APIOperation) {
        (self.live, self.operation) = (live, operation)
    }

    private mutating func assume(_ wanted: Wanted) throws {
        switch wanted {
        case .cluster(let name): try assumeCluster(name)
        case .repository(let name): try assumeRepository(name)
        case .role(let name): try assumeRole(name)
        case .family(let name): try assumeFamily(name)
        case .service(let name, let cluster, let definition):
            try assumeCluster(cluster)
            try assumeService(name, in: cluster, definition: definition)
        }
    }

    private mutating func note(_ kind: String, _ name: String, _ service: ServiceID? = nil) {
        made.append(Made(kind: kind, name: name, service: service))
    }
}

// MARK: - Single things

extension Assumptions {
    private mutating func assumeCluster(_ name: String) throws {
        let known = try live.ecs.describeClusters(clusters: [name]).clusters ?? []
        // One that was deleted is not there any more, and somebody meant that.
        guard known.isEmpty else { return }
        try live.ecs.createCluster(clusterName: name)
        note("cluster", name)
    }

    private mutating func assumeRole(_ name: String) throws {
        guard (try? live.iam.getRole(roleName: name)) == nil else { return }
        let trust = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow",\
            "Principal":{"Service":"ecs-tasks.amazonaws.com"},"Action":"sts:AssumeRole"}]}
            """
        try live.iam.createRole(roleName: name, assumeRolePolicyDocument: trust)
        try live.iam.attachRolePolicy(
            roleName: name,
            policyArn: "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy")
        note("role", name)
    }

    /// With version 1 in it, as `:latest`.
    private mutating func assumeRepository(_ name: String) throws {
        guard !has(repository: name) else { return }
        try live.ecr.createRepository(repositoryName: name)
        try live.push(Self.version1, to: name, tag: "latest")
        note("repository", name)
    }

    private func has(repository name: String) -> Bool {
        (try? live.ecr.describeRepositories(repositoryNames: [name])) != nil
    }

    /// The image that was there before. Its size and its start are those of a small web app.
    private static let version1 = {
        var profile = AppProfile()
        profile.bootCPUSeconds = 2
        profile.memoryMebibytes = 128
        return ImageBuild(profile, version: "v1", compressedMebibytes: 120)
    }()

    /// Its first revision. Where the call registers another one, it is the same but for its image.
    private mutating func assumeFamily(_ name: String) throws {
        let known = try live.ecs.listTaskDefinitions(familyPrefix: name).taskDefinitionArns ?? []
        let gone = try live.ecs.listTaskDefinitions(familyPrefix: name, status: .inactive)
        guard known.isEmpty, (gone.taskDefinitionArns ?? []).isEmpty else { return }
        if var call = operation as? ECS.RegisterTaskDefinition {
            call.tags = nil
            for index in call.containerDefinitions.indices {
                let reference = ImageReference(call.containerDefinitions[index].image ?? "")
                guard case .ecr = reference.registry, reference.tag != "latest" else { continue }
                try live.push(Self.version1, to: reference.repository, tag: "assumed-v1")
                call.containerDefinitions[index].image =
                    try uri(of: reference.repository)
                    + ":assumed-v1"
            }
            _ = try live.perform(call)
        } else {
            let repository = try repositoryForNew(name)
            try register(name, image: "\(try uri(of: repository)):latest")
        }
        note("task definition", "\(name):1")
    }

    private func uri(of repository: String) throws -> String {
        try live.ecr.describeRepositories(repositoryNames: [repository]).repositories![0]
            .repositoryUri!
    }

    /// The only repository there is, or one of that name.
    private mutating func repositoryForNew(_ name: String) throws -> String {
        let known = try live.ecr.describeRepositories().repositories ?? []
        if let same = known.first(where: { $0.repositoryName == name }) ?? known.first,
            known.count == 1 || same.repositoryName == name
        {
            return same.repositoryName!
        }
        let plain = name.lowercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
        try assumeRepository(plain.count < 2 ? "app" : plain)
        return plain.count < 2 ? "app" : plain
    }

    private mutating func register(_ family: String, image: String) throws {
        try assumeRole("ecsTaskExecutionRole")
        let role = try live.iam.getRole(roleName: "ecsTaskExecutionRole").role!.arn!
        try live.ecs.registerTaskDefinition(
            family: family, executionRoleArn: role, networkMode: .awsvpc,
            containerDefinitions: [
                ECS.ContainerDefinition(
                    name: "app", image: image,
                    portMappings: [ECS.PortMapping(containerPort: 8080)], essential: true)
            ], requiresCompatibilities: [.fargate], cpu: "256", memory: "512")
    }
}

// MARK: - A service with all that belongs to it

extension Assumptions {
    private mutating func assumeService(
        _ name: String, in cluster: String, definition: String?
    ) throws {
        let known = try live.ecs.describeServices(cluster: cluster, services: [name])
        guard (known.services ?? []).isEmpty else { return }
        let family = try definition.map { Wanted.familyName(of: $0) } ?? family(forService: name)
        try assumeFamily(family)
        let first = try live.ecs.listTaskDefinitions(familyPrefix: family, sort: .asc)
            .taskDefinitionArns![0]
        let container = try live.ecs.describeTaskDefinition(taskDefinition: first)
            .taskDefinition!.containerDefinitions![0]

        let moved = try bringBackVersion1(for: container.image)
        let port = container.portMappings?.first?.containerPort
        let scenario = try Scenario(
            yaml: Self.surroundings(
                of: name, place: live.caller.place, container: container.name ?? "app",
                port: port ?? 8080), file: "assumed.yaml")
        let calls = ScenarioCalls(scenario: scenario, live: live)
        let network = try calls.createNetwork()
        let balancer = try port.map { _ in
            try calls.createLoadBalancer(scenario.loadBalancer!, in: network)
        }
        live.run(until: live.cloud.now + scenario.horizon) { cloud in
            !cloud.network.natGateways.contains { $0.value.state == .pending }
                && !cloud.balancing.loadBalancers.contains { $0.value.state == .provisioning }
        }
        try createService(name, in: cluster, running: first, network, balancer, scenario)
        let id = live.cloud.containers.services.first { $0.value.name == name }!.id
        live.run(until: live.cloud.now + scenario.horizon) {
            $0.containers.services[id].isSteady
        }
        for (repository, manifest) in moved {
            try live.ecr.putImage(
                repositoryName: repository, imageManifest: manifest, imageTag: "latest")
        }
        note("service", name, id)
    }

    /// The only family there is, or one of that name.
    private func family(forService name: String) throws -> String {
        let all = try live.ecs.listTaskDefinitionFamilies().families ?? []
        return all.count == 1 ? all[0] : name
    }

    /// Whoever pushed a new `:latest` did so while version 1 was running, so version 1 is what the
    /// tag has to mean until the service is there.
    ///
    /// - Returns: What the tag meant, to be put back.
    private func bringBackVersion1(
        for image: String?
    ) throws -> [(repository: String, manifest: String)] {
        let reference = ImageReference(image ?? "")
        guard case .ecr = reference.registry, reference.tag == "latest" else { return [] }
        let repository = reference.repository
        let found = try live.ecr.batchGetImage(
            repositoryName: repository, imageIds: [ECR.ImageIdentifier(imageTag: "latest")]
        ).images?.first
        guard found?.imageId?.imageDigest != Self.version1.digest else { return [] }
        try live.push(Self.version1, to: repository, tag: "latest")
        return found?.imageManifest.map { [(repository, $0)] } ?? []
    }

    private func createService(
        _ name: String, in cluster: String, running definition: String,
        _ network: ScenarioNetwork, _ balancer: ScenarioBalancer?, _ scenario: Scenario
    ) throws {
        try live.ecs.createService(
            cluster: cluster, serviceName: name, taskDefinition: definition,
            loadBalancers: balancer.map {
                [
                    ECS.LoadBalancer(
                        targetGroupArn: $0.targetGroup, containerName: scenario.task.container,
                        containerPort: scenario.task.containerPort)
                ]
            },
            desiredCount: 2, launchType: .fargate,
            networkConfiguration: ECS.NetworkConfiguration(
                awsvpcConfiguration: ECS.AwsVpcConfiguration(
                    subnets: network.privateSubnets,
                    securityGroups: network.securityGroups(scenario.service.securityGroups))),
            healthCheckGracePeriodSeconds: balancer == nil ? nil : 60)
    }

    /// Around the service: a network with a NAT gateway, and a load balancer with AWS's defaults.
    private static func surroundings(
        of name: String, place: Place, container: String, port: Int
    ) -> String {
        let plain = name.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
        let trimmed = plain.prefix(24).drop { $0 == "-" }
        return """
            name: assumed-\(trimmed.last == "-" ? trimmed.dropLast() : trimmed)
            region: \(place.region)
            account: "\(place.account)"
            images:
              v1: {port: \(port)}
            task:
              container: \(container)
              containerPort: \(port)
            """
    }
}
