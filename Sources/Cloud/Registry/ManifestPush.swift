import CloudAPI
import Digests
import Simulation

extension Cloud {
    /// Does with a manifest what docker does at the end of a push.
    ///
    /// To push again what is there already changes nothing and is no failure, unless the tag is
    /// immutable. Source: ecr.md sections 7.4 and 10.1.
    ///
    /// - Throws: What `PutImage` throws otherwise.
    public mutating func pushManifest(
        _ put: ECR.PutImage, as caller: Caller
    ) throws(APIFailure) {
        do {
            try perform(put, as: caller)
        } catch  where error.code == "ImageAlreadyExistsException" {
            let id = try registry.find(
                put.repositoryName, in: put.registryId, for: caller, to: ECR.PutImage.name)
            if let tag = put.imageTag, !registry.repositories[id].isMovable(tag) {
                throw .imageTagAlreadyExists(tag, in: put.repositoryName)
            }
        }
    }

    /// Notes that somebody has pulled an image, unless the principal is one whose pulls leave no
    /// trace. Source: ecr.md section 8.3.
    public mutating func notePull(
        _ digest: String, from repository: String, of home: Place,
        by caller: Caller
    ) {
        guard let id = registry.repositoryIDs[PlacedName(repository, in: home)],
            let image = registry.repositories[id].imageByDigest[digest],
            registry.settings[home]?.pullTimeExclusions[caller.arn] == nil
        else { return }
        registry.images[image].lastPulledAt = now
    }
}

extension Registry {
    /// Which blob a manifest names as the configuration of its image; `nil` if it names none, or
    /// makes no sense.
    public static func configurationDigest(of manifest: String, mediaType: String?) -> String? {
        (try? Manifest(manifest, mediaType: mediaType))?.configurationDigest
    }

    /// The image that a manifest says something about; `nil` if there is none.
    public static func subjectDigest(of manifest: String, mediaType: String?) -> String? {
        (try? Manifest(manifest, mediaType: mediaType))?.subjectDigest
    }

    /// The tags of a repository in lexical order.
    ///
    /// - Returns: Those after `last`, at most `most` of them, and whether there are more.
    public func tags(
        of id: RepositoryID, after last: String?, atMost most: Int
    ) -> (tags: [String], hasMore: Bool) {
        let all = repositories[id].imageByTag.sorted.map(\.key)
        let rest = all.drop { tag in last.map { tag <= $0 } ?? false }
        return (Array(rest.prefix(most)), rest.count > most)
    }

    /// The names of a place's repositories in lexical order, in the same way.
    public func names(
        in place: Place, after last: String?, atMost most: Int
    ) -> (names: [String], hasMore: Bool) {
        let all = (repositoriesByPlace[place] ?? []).map { repositories[$0].name }.sorted()
        let rest = all.drop { name in last.map { name <= $0 } ?? false }
        return (Array(rest.prefix(most)), rest.count > most)
    }
}

extension Cloud {
    /// The repository that a request names.
    ///
    /// - Parameter action: What the caller means to do, as policies name it.
    /// - Throws: If there is none, or its policy does not let the caller.
    public func repository(
        named name: String, of account: String, as caller: Caller, to action: String
    ) throws(APIFailure) -> RepositoryID {
        try registry.find(name, in: account, for: caller, to: action)
    }
}
