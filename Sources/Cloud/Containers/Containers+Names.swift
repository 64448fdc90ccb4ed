import Simulation

/// The ARNs of ECS, and back. Source of the forms: ecs.md section 2.1.
extension Cloud {
    private func arn(_ place: Place, _ rest: String) -> String {
        String(parts: "arn:aws:ecs:", place.region, ":", place.account, ":", rest)
    }

    public func arn(_ id: ClusterID) -> String {
        arn(containers.clusters[id].place, "cluster/" + containers.clusters[id].name)
    }

    public func arn(_ id: TaskDefinitionID) -> String {
        arn(
            containers.taskDefinitions[id].place,
            String(
                parts: "task-definition/", containers.taskDefinitions[id].family, ":",
                String(containers.taskDefinitions[id].revision)))
    }

    public func arn(_ id: ServiceID) -> String {
        arn(id, "service")
    }

    public func arn(_ id: TaskID) -> String {
        let cluster = containers.clusters[containers.tasks[id].cluster]
        return arn(cluster.place, "task/\(cluster.name)/\(naming.hex32(id))")
    }

    func containerARN(_ id: TaskID, container index: Int) -> String {
        let cluster = containers.clusters[containers.tasks[id].cluster]
        let uuid = naming.uuid(UInt64(id.rawValue) << 8 | UInt64(index), .container)
        return arn(cluster.place, "container/\(cluster.name)/\(naming.hex32(id))/\(uuid)")
    }

    /// `ecs-svc/` and the number that its revision has too. Source: ecs.md section 2.5.
    public func name(of id: DeploymentID) -> String {
        "ecs-svc/" + naming.digits(id, .deployment)
    }

    /// Of a rollback it is the one that it restores.
    func revisionARN(_ id: DeploymentID) -> String {
        arn(containers.deployments[id].service, "service-revision")
            + "/" + naming.digits(containers.revision(of: id), .deployment)
    }

    /// Source of the form, 21 letters: ecs.md section 21.2.
    func serviceDeploymentARN(_ id: DeploymentID) -> String {
        arn(containers.deployments[id].service, "service-deployment")
            + "/" + naming.letters21(id, .serviceDeployment)
    }

    /// The service deployment with this ARN, if the caller may see it and it has not been forgotten.
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
        _ read: (Substring) -> DeploymentID?
    ) -> DeploymentID? {
        guard let rest = resource(ofARN: text, service: "ecs", in: caller.place) else { return nil }
        let parts = rest.split(separator: "/", omittingEmptySubsequences: false)
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

    private func arn(_ id: ServiceID, _ kind: String) -> String {
        let cluster = containers.services[id].cluster
        return arn(
            containers.clusters[cluster].place,
            String(
                parts: kind, "/", containers.clusters[cluster].name, "/",
                containers.services[id].name))
    }
}
