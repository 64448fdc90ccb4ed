import CloudAPI

extension EC2.DeleteVpcEndpoints: Handled {
    /// Deletes what it can and lists the rest: an unknown id is no refusal of the whole.
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        guard !vpcEndpointIds.isEmpty else { throw .ec2Missing("vpcEndpointId") }
        try cloud.refuseDryRun(dryRun)

        var unsuccessful: [EC2.UnsuccessfulItem] = []
        for text in vpcEndpointIds {
            guard let id: EndpointID = cloud.find(text, for: caller) else {
                let failure = EndpointID.notFound(text)
                unsuccessful.append(
                    EC2.UnsuccessfulItem(
                        error: .init(code: failure.code, message: failure.message),
                        resourceId: text))
                continue
            }
            cloud.removeEndpoint(id)
        }

        return Output(unsuccessful: unsuccessful)
    }
}
