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

    func revisionARN(_ id: DeploymentID) -> String {
        String(writing: { text in
            add(arnOf: containers.deployments[id].service, "service-revision/", to: &text)
            text.add("/")
            naming.add(digits: id, .deployment, to: &text)
        })
    }

    /// Source of the form, 21 letters: ecs.md section 21.2.
    func serviceDeploymentARN(_ id: DeploymentID) -> String {
        String(writing: { text in
            add(arnOf: containers.deployments[id].service, "service-deployment/", to: &text)
            text.add("/")
            naming.add(
                capitals: UInt64(id.rawValue), .serviceDeployment, count: 21, to: &text)
        })
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
