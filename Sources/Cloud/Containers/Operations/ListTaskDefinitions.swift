import CloudAPI

extension ECS.ListTaskDefinitions: Handled {
    /// ACTIVE ones by family and revision, unless asked otherwise. Source: ecs.md section 5.9.
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let wantsActive = (status ?? .active) == .active
        var found: [TaskDefinitionID] = []
        if let familyPrefix {
            let family = cloud.containers.families[PlacedName(familyPrefix, in: caller.place)]
            found = (family?.revisions ?? []).compactMap { $0 }
        } else {
            let definitions = cloud.containers.taskDefinitions
            found = (cloud.containers.definitionsByPlace[caller.place] ?? []).sorted {
                let (one, other) = (definitions[$0], definitions[$1])
                return (one.family, one.revision) < (other.family, other.revision)
            }
        }
        found = found.filter { cloud.containers.taskDefinitions[$0].isActive == wantsActive }
        if sort == .desc { found.reverse() }

        let (ids, next) = try page(found, token: nextToken, limit: maxResults)
        return Output(taskDefinitionArns: ids.map { cloud.arn($0) }, nextToken: next)
    }
}
