import CloudAPI

/// What was set for a principal, or with `effectiveSettings` everything that holds for it. Ten at a
/// time at most. Source: ecs.md sections 4.6 and 27.1.
extension ECS.ListAccountSettings: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        if let name, !Containers.knownSettings.contains(where: { $0.name == name }) {
            throw .settingNameInvalid
        }
        if value != nil, name == nil { throw .settingValueWithoutName }
        let principal = principalArn ?? caller.arn
        let kept = cloud.containers.accountSettings[caller.place]
        let own =
            Containers.isRoot(principal) ? kept?.defaults : kept?.principals[principal]
        let settings = Containers.knownSettings.map(\.name)
            .filter { effectiveSettings == true || own?[$0.rawValue] != nil }
            .map { cloud.setting($0, of: principal, in: caller.place) }
            .filter { (name == nil || $0.name == name) && (value == nil || $0.value == value) }
        let (items, next) = try page(
            settings, by: { $0.name?.rawValue ?? "" }, token: nextToken,
            limit: min(maxResults ?? 10, 10))
        return Output(settings: items, nextToken: next)
    }
}
