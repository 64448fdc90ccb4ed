import CloudAPI

/// One entry for each pair of digest and tag, one for an untagged image. Source: ecr.md section
/// 8.1.
extension ECR.ListImages: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let repository = try cloud.registry.find(
            repositoryName, in: registryId, for: caller, to: Self.name)
        let size = try Registry.pageSize(maxResults)
        var place = try Place(nextToken)

        let ids = cloud.registry.repositories[repository].images
        var entries: [ECR.ImageIdentifier] = []
        for id in ids[ids.partition { $0.rawValue >= place.image }...] {
            let image = cloud.registry.images[id]
            guard filter?.tagStatus.includes(image) ?? true,
                (filter?.imageStatus).includes(image.storage)
            else { continue }
            let tags: [String?] = image.tags.isEmpty ? [nil] : image.tags
            let given = id.rawValue == place.image ? place.tagsGiven : 0
            place = Place(image: id.rawValue, tagsGiven: min(given, tags.count))
            for tag in tags[place.tagsGiven...] {
                if entries.count == size {
                    return Output(imageIds: entries, nextToken: place.token)
                }
                entries.append(.init(imageDigest: image.digest, imageTag: tag))
                place.tagsGiven += 1
            }
        }
        return Output(imageIds: entries)
    }

    /// Where a page begins: perhaps in the middle of an image's tags.
    private struct Place {
        var image: UInt32
        var tagsGiven: Int

        init(image: UInt32, tagsGiven: Int) { (self.image, self.tagsGiven) = (image, tagsGiven) }

        init(_ token: String?) throws(APIFailure) {
            self.init(image: 0, tagsGiven: 0)
            guard let token else { return }
            let parts = PageToken(token)?.last.split(separator: ".") ?? []
            guard parts.count == 2, let image = UInt32(parts[0]), let given = Int(parts[1]),
                given >= 0
            else { throw .registryParameter("nextToken", "Invalid token") }
            self.init(image: image, tagsGiven: given)
        }

        var token: String { PageToken(after: "\(image).\(tagsGiven)").text }
    }
}
