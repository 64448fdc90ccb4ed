import CloudAPI

extension ECR.DescribeImages: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let repository = try cloud.registry.find(
            repositoryName, in: registryId, for: caller, to: Self.name)
        if let imageIds {
            try Registry.checkCount(imageIds.count, of: "imageIds")
            try Registry.checkNoPage(maxResults, nextToken, beside: "imageIds")
            var details: [ECR.ImageDetail] = []
            for imageId in imageIds {
                switch cloud.registry.select(imageId, in: repository) {
                case .found(let id): details.append(ECR.ImageDetail(id, in: cloud))
                case .failed(let code, let reason):
                    throw imageId.refusal(
                        code, reason, in: cloud.registry.repositories[repository])
                }
            }
            return Output(imageDetails: details)
        }
        let size = try Registry.pageSize(maxResults)
        let last = try Registry.last(nextToken, of: ImageID.self)

        let page = cloud.registry.page(
            after: last, size: size, in: repository, filter?.tagStatus, filter?.imageStatus)
        return Output(
            imageDetails: page.images.map { ECR.ImageDetail($0, in: cloud) },
            nextToken: page.hasMore
                ? page.images.last.map { PageToken(after: $0.rawValue).text } : nil)
    }
}

extension Registry {
    /// The next images of a repository in the order in which they were pushed.
    ///
    /// Archived ones only if they are asked for. Source: section 17.
    fileprivate func page(
        after last: ImageID?, size: Int, in repository: RepositoryID, _ tagStatus: ECR.TagStatus?,
        _ imageStatus: ECR.ImageStatusFilter?
    ) -> (images: [ImageID], hasMore: Bool) {
        let ids = repositories[repository].images
        let start = last.map { ids.position(after: $0) } ?? 0
        var chosen: [ImageID] = []
        for id in ids[start...]
        where tagStatus.includes(images[id]) && imageStatus.includes(images[id].storage) {
            if chosen.count == size { return (chosen, true) }
            chosen.append(id)
        }
        return (chosen, false)
    }
}

extension ECR.TagStatus? {
    func includes(_ image: Registry.Image) -> Bool {
        switch self {
        case .tagged: !image.tags.isEmpty
        case .untagged: image.tags.isEmpty
        default: true
        }
    }
}
