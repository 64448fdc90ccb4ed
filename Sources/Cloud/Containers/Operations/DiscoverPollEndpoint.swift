import CloudAPI

/// Where an agent would ask for work. The hosts are AWS's; nothing answers there offline.
/// The forms: assumed.
extension ECS.DiscoverPollEndpoint: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        _ = try cloud.cluster(cluster, for: caller)
        let region = caller.place.region
        return Output(
            endpoint: "https://ecs-a-1.\(region).amazonaws.com/",
            telemetryEndpoint: "https://ecs-t-1.\(region).amazonaws.com/",
            serviceConnectEndpoint: "https://ecs-sc.\(region).amazonaws.com/")
    }
}
