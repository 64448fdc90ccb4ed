import CloudAPI

extension ECS.DescribeServiceDeployments: Handled {
    /// Unknown ones are among the failures. Source: ecs.md sections 21.6 and 26.
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        guard !serviceDeploymentArns.isEmpty else { throw .serviceDeploymentsEmpty }
        guard serviceDeploymentArns.count <= 20 else {
            throw .tooMany("serviceDeploymentArns", limit: 20)
        }
        var output = Output(serviceDeployments: [], failures: [])
        for arn in serviceDeploymentArns {
            if let id = cloud.serviceDeployment(arn: arn, for: caller) {
                output.serviceDeployments!.append(ECS.ServiceDeployment(id, in: cloud))
            } else {
                output.failures!.append(ECS.Failure(arn: arn, reason: "MISSING"))
            }
        }
        return output
    }
}
