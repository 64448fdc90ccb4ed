import CloudAPI

extension ECS.StopServiceDeployment: Handled {
    /// Goes back to the last completed deployment, or stays where it is with ABORT.
    ///
    /// A way back can be aborted too. Source: ecs.md section 21.9.
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        guard let id = cloud.serviceDeployment(arn: serviceDeploymentArn, for: caller) else {
            throw .serviceDeploymentNotFound
        }
        let type = stopType ?? .rollback
        guard type == .rollback || type == .abort else { throw .stopTypeUnknown }
        let stopped: DeploymentID
        switch cloud.containers.serviceDeploymentStatus(of: id) {
        case .pending, .inProgress: stopped = id
        case .rollbackRequested, .rollbackInProgress:
            guard type == .abort else { throw .serviceDeploymentNotStoppable }
            stopped = cloud.containers.deployments[id].rollback!
        case .successful, .stopped, .rollbackSuccessful, .rollbackFailed:
            throw .serviceDeploymentNotStoppable
        }
        let service = cloud.containers.deployments[id].service
        guard cloud.containers.services[service].status == .active else { throw .serviceNotActive }
        let good = type == .rollback ? cloud.rollbackTarget(of: id) : nil
        if type == .rollback, good == nil { throw .nothingToRollBackTo }

        cloud.stopDeployment(stopped, rollingBackTo: good)

        return Output(serviceDeploymentArn: serviceDeploymentArn)
    }
}
