import CloudAPI

/// Only deployments with lifecycle hooks pause, and Drydock has none: CreateService refuses hooks.
extension ECS.ContinueServiceDeployment: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        guard cloud.serviceDeployment(arn: serviceDeploymentArn, for: caller) != nil else {
            throw .serviceDeploymentNotFound
        }
        throw .serviceDeploymentNotPaused
    }
}
