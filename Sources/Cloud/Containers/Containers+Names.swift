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

    func revisionARN(_ id: DeploymentID) -> String {
        arn(containers.deployments[id].service, "service-revision")
            + "/" + naming.digits(id, .deployment)
    }

    /// Source of the form, 21 letters: ecs.md section 21.2.
    func serviceDeploymentARN(_ id: DeploymentID) -> String {
        arn(containers.deployments[id].service, "service-deployment")
            + "/" + naming.capitals(UInt64(id.rawValue), .serviceDeployment, count: 21)
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
