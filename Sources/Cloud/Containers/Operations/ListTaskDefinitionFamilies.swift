import CloudAPI

extension ECS.ListTaskDefinitionFamilies: Handled {
    /// Source: ecs.md section 5.10.
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        var families: [String: Bool] = [:]
        for id in cloud.containers.definitionsByPlace[caller.place] ?? [] {
            let definition = cloud.containers.taskDefinitions[id]
            families[definition.family, default: false] =
                families[definition.family, default: false] || definition.isActive
        }
        let wanted = status ?? .active
        let names = families.sorted { $0.key < $1.key }
            .filter { name, isActive in
                name.hasPrefix(familyPrefix ?? "")
                    && (wanted == .all || isActive == (wanted == .active))
            }
            .map(\.key)
        let (items, next) = try page(
            names, by: { $0 }, token: nextToken, limit: maxResults)
        return Output(families: items, nextToken: next)
    }
}
