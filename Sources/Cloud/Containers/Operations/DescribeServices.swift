import CloudAPI

extension ECS.DescribeServices: Handled {
    /// Unknown names are listed among the failures. Source: ecs.md section 12.19.
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let cluster = try cloud.cluster(cluster, for: caller)
        guard !services.isEmpty else { throw .servicesEmpty }
        guard services.count <= 10 else { throw .tooMany("services", limit: 10) }

        let withTags = include?.contains(.tags) ?? false
        var parts = CommonParts()
        var output = Output(services: [], failures: [])
        for name in services {
            if let id = cloud.findService(name, in: cluster, for: caller) {
                output.services!.append(
                    ECS.Service(id, in: cloud, withTags: withTags, &parts))
            } else {
                // Without the cluster where a bare name was given.
                let place = caller.place
                let arn =
                    name.hasPrefix("arn:")
                    ? name
                    : "arn:aws:ecs:\(place.region):\(place.account):service/\(name)"
                output.failures!.append(ECS.Failure(arn: arn, reason: "MISSING"))
            }
        }
        return output
    }
}
