import CloudAPI

extension ECS.DescribeClusters: Handled {
    /// Unknown names are listed among the failures. Source: ecs.md section 3.8.
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        var names = clusters ?? []
        if names.isEmpty { names = ["default"] }
        guard names.count <= 100 else { throw .tooMany("clusters", limit: 100) }

        var output = Output(clusters: [], failures: [])
        for name in names {
            if let id = cloud.findCluster(name, for: caller) {
                output.clusters!.append(ECS.Cluster(id, in: cloud, include: include ?? []))
            } else {
                let arn =
                    name.hasPrefix("arn:")
                    ? name
                    : "arn:aws:ecs:\(caller.place.region):\(caller.place.account):cluster/\(name)"
                output.failures!.append(ECS.Failure(arn: arn, reason: "MISSING"))
            }
        }
        return output
    }
}
