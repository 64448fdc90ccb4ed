import Simulation

/// The ARNs of ECS, and back. Source of the forms: ecs.md section 2.1.
extension Cloud {
    private func arn(_ place: Place, _ rest: String) -> String {
        "arn:aws:ecs:\(place.region):\(place.account):\(rest)"
    }

    public func arn(_ id: ClusterID) -> String {
        let cluster = containers.clusters[id]
        return arn(cluster.place, "cluster/\(cluster.name)")
    }

    public func arn(_ id: TaskDefinitionID) -> String {
        let definition = containers.taskDefinitions[id]
        return arn(
            definition.place, "task-definition/\(definition.family):\(definition.revision)")
    }

    public func arn(_ id: ServiceID) -> String {
        let service = containers.services[id]
        let cluster = containers.clusters[service.cluster]
        return arn(cluster.place, "service/\(cluster.name)/\(service.name)")
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
        let service = containers.services[containers.deployments[id].service]
        let cluster = containers.clusters[service.cluster]
        return arn(
            cluster.place,
            "service-revision/\(cluster.name)/\(service.name)/\(naming.digits(id, .deployment))")
    }

    /// Source of the form, 21 letters: ecs.md section 21.2.
    func serviceDeploymentARN(_ id: DeploymentID) -> String {
        let service = containers.services[containers.deployments[id].service]
        let cluster = containers.clusters[service.cluster]
        let letters = naming.capitals(UInt64(id.rawValue), .serviceDeployment, count: 21)
        return arn(cluster.place, "service-deployment/\(cluster.name)/\(service.name)/\(letters)")
    }
}
