import CloudAPI
import Simulation

extension ECS.ListServiceDeployments: Handled {
    /// Newest first, those of the last 90 days. Source: ecs.md sections 21.6 and 27.1.
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let cluster = try cloud.cluster(cluster, for: caller)
        let id = try cloud.service(service, in: cluster, for: caller)
        let found = cloud.containers.services[id].history.reversed().filter {
            matches($0, in: cloud)
        }
        let (ids, next) = try page(
            Array(found), newestFirst: true, token: nextToken, limit: maxResults, standard: 20)
        return Output(
            serviceDeployments: ids.map { ECS.ServiceDeploymentBrief($0, in: cloud) },
            nextToken: next)
    }

    private func matches(_ id: DeploymentID, in cloud: Cloud) -> Bool {
        let began = cloud.containers.deployments[id].createdAt
        guard cloud.now - began <= cloud.timing.serviceDeploymentsKept else { return false }
        let created = cloud.calendar(began)
        if let after = createdAt?.after, created.milliseconds < after.milliseconds { return false }
        if let before = createdAt?.before, created.milliseconds > before.milliseconds {
            return false
        }
        guard let status, !status.isEmpty else { return true }
        let own = cloud.containers.serviceDeploymentStatus(of: id).rawValue
        return status.contains { $0.rawValue == own }
    }
}
