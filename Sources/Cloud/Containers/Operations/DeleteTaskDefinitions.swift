import CloudAPI

extension ECS.DeleteTaskDefinitions: Handled {
    /// Source: ecs.md section 5.8.
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        guard !taskDefinitions.isEmpty else {
            throw .invalidParameter(
                "size of TaskDefinition references list must be greater than 0")
        }
        guard taskDefinitions.count <= 10 else {
            throw .invalidParameter("Size of TaskDefinition references list cannot exceed 10")
        }

        var output = Output(taskDefinitions: [], failures: [])
        for reference in taskDefinitions {
            switch find(reference, in: cloud, caller) {
            case .failure(let reason):
                output.failures!.append(ECS.Failure(arn: reference, reason: reason.text))
            case .success(let id):
                let now = cloud.calendar(cloud.now)
                cloud.containers.taskDefinitions[id].registered.shape.status = .deleteInProgress
                cloud.containers.taskDefinitions[id].registered.shape.deleteRequestedAt = now
                output.taskDefinitions!.append(
                    cloud.containers.taskDefinitions[id].registered.shape)
            }
        }
        return output
    }

    private struct Reason: Error {
        var text: String
    }

    private func find(
        _ reference: String, in cloud: Cloud, _ caller: Caller
    ) -> Result<TaskDefinitionID, Reason> {
        let name = try? cloud.taskDefinitionName(reference, for: caller)
        guard let name, name.revision != nil else {
            return .failure(
                Reason(
                    text:
                        "The specified task definition identifier is invalid. Specify a valid name "
                        + "or ARN and try again."))
        }
        guard let id = (try? cloud.findTaskDefinition(reference, for: caller)) ?? nil else {
            return .failure(
                Reason(
                    text: "The specified task definition does not exist. Specify a valid account, "
                        + "family, revision and try again."))
        }
        guard !cloud.containers.taskDefinitions[id].isActive else {
            return .failure(
                Reason(
                    text:
                        "The specified task definition is still in ACTIVE status. Please "
                        + "deregister the target and try again."))
        }
        return .success(id)
    }
}
