import CloudAPI
import OrderedCollections

/// Source: ecr.md section 8.7. That an image that is not there has no referrers, rather than being
/// a refusal: the model names no exception for it.
extension ECR.ListImageReferrers: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let repository = try cloud.registry.find(
            repositoryName, in: registryId, for: caller, to: Self.name)
        let subject = subjectId.imageDigest ?? ""
        guard Registry.isDigest(subject) else {
            throw .registryParameter(
                "subjectId.imageDigest",
                "must satisfy regular expression '\(Registry.digestPattern)'")
        }
        let size = try Registry.pageSize(maxResults, upTo: 50)
        let last = try Registry.last(nextToken, of: ImageID.self)

        let all = cloud.registry.repositories[repository].referrers[subject] ?? []
        let start = last.map { all.position(after: $0) } ?? 0
        let fitting = all[start...].filter { id in
            let image = cloud.registry.images[id]
            let types = filter?.artifactTypes ?? []
            return (types.isEmpty || types.contains(image.artifactMediaType ?? ""))
                && status.includes(image.storage)
        }
        return Output(
            referrers: fitting.prefix(size).map { ECR.ImageReferrer(cloud.registry.images[$0]) },
            nextToken: fitting.count > size
                ? PageToken(after: fitting[size - 1].rawValue).text : nil)
    }

    private var status: ECR.ImageStatusFilter? {
        filter?.artifactStatus.map { ECR.ImageStatusFilter(rawValue: $0.rawValue) }
    }
}

extension ECR.ImageReferrer {
    fileprivate init(_ image: Registry.Image) {
        var annotations = OrderedDictionary<String, String>()
        for member in WireValue(json: image.manifest)?["annotations"]?.asMembers ?? [] {
            annotations[member.key] = member.value.asText
        }
        self.init(
            digest: image.digest, mediaType: image.mediaType, artifactType: image.artifactMediaType,
            size: image.manifest.utf8.count, annotations: annotations.isEmpty ? nil : annotations,
            artifactStatus: .init(rawValue: image.storage.rawValue))
    }
}
