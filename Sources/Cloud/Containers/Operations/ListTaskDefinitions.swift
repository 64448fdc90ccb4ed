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

        var start: Int?
        if let last = try lastOfPage(nextToken) {
            guard let place = Place(last) else { throw .tokenInvalid }
            start = found.partition {
                let own = Place(cloud.containers.taskDefinitions[$0])
                return sort == .desc ? own < place : place < own
            }
        }
        let (ids, next) = page(found, from: start, maxResults, 100) {
            Place(cloud.containers.taskDefinitions[$0]).text
        }
        return Output(taskDefinitionArns: ids.map { cloud.arn($0) }, nextToken: next)
    }

    /// Where in the list of all revisions one stands.
    private struct Place: Comparable {
        var family: String
        var revision: Int

        init(_ definition: Containers.TaskDefinition) {
            (family, revision) = (definition.family, definition.revision)
        }

        init?(_ text: String) {
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, let revision = Int(parts[1]) else { return nil }
            (family, self.revision) = (String(parts[0]), revision)
        }

        var text: String { "\(family):\(revision)" }

        static func < (one: Place, other: Place) -> Bool {
            (one.family, one.revision) < (other.family, other.revision)
        }
    }
}
