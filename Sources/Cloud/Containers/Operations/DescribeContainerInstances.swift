import CloudAPI

/// Each one asked for is among the failures. Source: ecs.md section 26.
extension ECS.DescribeContainerInstances: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let cluster = try cloud.cluster(cluster, for: caller)
        guard !containerInstances.isEmpty else { throw .containerInstancesEmpty }
        guard containerInstances.count <= 100 else {
            throw .tooMany("containerInstances", limit: 100)
        }
        return Output(
            containerInstances: [],
            failures: cloud.missingInstances(containerInstances, in: cluster))
    }
}

extension Cloud {
    func missingInstances(_ references: [String], in cluster: ClusterID) -> [ECS.Failure] {
        let (place, name) = (
            containers.clusters[cluster].place, containers.clusters[cluster].name
        )
        return references.map {
            let arn =
                $0.hasPrefix("arn:")
                ? $0
                : "arn:aws:ecs:\(place.region):\(place.account):container-instance/\(name)/\($0)"
            return ECS.Failure(arn: arn, reason: "MISSING")
        }
    }
}
