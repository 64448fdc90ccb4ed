import CloudAPI

/// What an agent reports. Drydock's tasks have none and know their state themselves, so a report is
/// acknowledged, as AWS does with one of a task it does not follow, and changes nothing.
extension ECS.SubmitContainerStateChange: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        _ = try cloud.cluster(cluster, for: caller)
        return Output(acknowledgment: "ACK")
    }
}
