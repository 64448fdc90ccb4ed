import CloudAPI

extension ECS.DescribeServiceRevisions: Handled {
    /// Unknown ones are among the failures. Source: ecs.md sections 21 and 26.
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        guard !serviceRevisionArns.isEmpty else { throw .serviceRevisionsEmpty }
        guard serviceRevisionArns.count <= 20 else {
            throw .tooMany("serviceRevisionArns", limit: 20)
        }
        var output = Output(serviceRevisions: [], failures: [])
        for arn in serviceRevisionArns {
            if let id = cloud.serviceRevision(arn: arn, for: caller) {
                output.serviceRevisions!.append(ECS.ServiceRevision(id, in: cloud))
            } else {
                output.failures!.append(ECS.Failure(arn: arn, reason: "MISSING"))
            }
        }
        return output
    }
}
