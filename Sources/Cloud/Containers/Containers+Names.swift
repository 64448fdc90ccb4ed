import Simulation

/// The ARNs of ECS, and back. Source of the forms: ecs.md section 2.1.
extension Cloud {
    public func arn(_ id: ClusterID) -> String {
        String(writing: { text in
            text.add(arnOf: "ecs", in: containers.clusters[id].place)
            text.add("cluster/")
            text.add(containers.clusters[id].name)
        })
    }

    public func arn(_ id: TaskDefinitionID) -> String {
        String(writing: { text in
            text.add(arnOf: "ecs", in: containers.taskDefinitions[id].place)
            text.add("task-definition/")
            text.add(containers.taskDefinitions[id].family)
            text.add(":")
            text.add(containers.taskDefinitions[id].revision)
        })
    }

    public func arn(_ id: ServiceID) -> String {
        String(writing: { add(arnOf: id, "service/", to: &$0) })
    }

    public func arn(_ id: TaskID) -> String {
        String(writing: { add(arnOf: id, "task/", to: &$0) })
    }

    func containerARN(_ id: TaskID, container index: Int) -> String {
        String(writing: { text in
            add(arnOf: id, "container/", to: &text)
            text.add("/")
            text.add(naming.uuid(UInt64(id.rawValue) << 8 | UInt64(index), .container))
        })
    }

    /// `ecs-svc/` and the number that its revision has too. Source: ecs.md section 2.5.
    public func name(of id: DeploymentID) -> String {
        String(writing: { text in
            text.add("ecs-svc/")
            naming.add(digits: id, .deployment, to: &text)
        })
    }

    /// Of a rollback it is the one that it restores.
    func revisionARN(_ id: DeploymentID) -> String {
        String(writing: { text in
            add(arnOf: containers.deployments[id].service, "service-revision/", to: &text)
            text.add("/")
            naming.add(digits: containers.revision(of: id), .deployment, to: &text)
        })
    }

    /// Source of the form, 21 letters: ecs.md section 21.2.
    func serviceDeploymentARN(_ id: DeploymentID) -> String {
        String(writing: { text in
            add(arnOf: containers.deployments[id].service, "service-deployment/", to: &text)
            text.add("/")
            naming.add(letters21: id, .serviceDeployment, to: &text)
        })
    }

    /// The service deployment with this ARN, if it is the caller's and has not been forgotten.
    func serviceDeployment(arn text: String, for caller: Caller) -> DeploymentID? {
        deployment(arn: text, "service-deployment", for: caller) {
            naming.letters21($0, .serviceDeployment)
        }
    }

    /// The deployment whose own revision has this ARN.
    func serviceRevision(arn text: String, for caller: Caller) -> DeploymentID? {
        deployment(arn: text, "service-revision", for: caller) { naming.digits($0, .deployment) }
    }

    /// A rollback has neither a service deployment nor a revision of its own.
    private func deployment(
        arn text: String, _ kind: String, for caller: Caller,
        _ read: (String) -> DeploymentID?
    ) -> DeploymentID? {
        guard let rest = resource(ofARN: text, service: "ecs", in: caller.place) else { return nil }
        let parts = rest.parts(separatedBy: "/")
        guard parts.count == 4, parts[0] == kind, let id = read(parts[3]),
            containers.deployments.contains(id), containers.deployments[id].undoes == nil
        else { return nil }
        let service = containers.deployments[id].service
        guard containers.services.contains(service), containers.services[service].name == parts[2],
            containers.clusters[containers.services[service].cluster].name == parts[1],
            containers.clusters[containers.services[service].cluster].place == caller.place,
            now - containers.deployments[id].createdAt <= timing.serviceDeploymentsKept
        else { return nil }
        return id
    }

    private func add(arnOf id: ServiceID, _ kind: String, to text: inout TextWriter) {
        let cluster = containers.services[id].cluster
        text.add(arnOf: "ecs", in: containers.clusters[cluster].place)
        text.add(kind)
        text.add(containers.clusters[cluster].name)
        text.add("/")
        text.add(containers.services[id].name)
    }

    private func add(arnOf id: TaskID, _ kind: String, to text: inout TextWriter) {
        let cluster = containers.tasks[id].cluster
        text.add(arnOf: "ecs", in: containers.clusters[cluster].place)
        text.add(kind)
        text.add(containers.clusters[cluster].name)
        text.add("/")
        naming.add(hex32: id, to: &text)
    }
}
