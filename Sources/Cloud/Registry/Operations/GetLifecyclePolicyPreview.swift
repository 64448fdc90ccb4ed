import CloudAPI

/// Source: ecr.md section 11.8. That ids and pages exclude each other: the model.
extension ECR.GetLifecyclePolicyPreview: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.registry.find(repositoryName, in: registryId, for: caller)
        var size = try Registry.pageSize(maxResults, upTo: 100)
        if let imageIds {
            try Registry.checkCount(imageIds.count, of: "imageIds")
            try Registry.checkNoPage(maxResults, nextToken, beside: "imageIds")
            size = imageIds.count
        }
        let start = try Self.start(nextToken)
        guard let preview = cloud.registry.repositories[id].preview else { throw .previewNotFound }

        let verdicts = preview.verdicts ?? []
        let fitting = verdicts.filter { verdict in
            let image = cloud.registry.images[verdict.image]
            let isNamed = imageIds.map { $0.contains { image.isNamed($0) } } ?? true
            return isNamed && filter?.tagStatus.includes(image) ?? true
        }
        let page = fitting.dropFirst(start).prefix(size)
        let end = start + page.count
        let archived = verdicts.count { !$0.expires }
        return Output(
            registryId: caller.place.account, repositoryName: repositoryName,
            lifecyclePolicyText: preview.text,
            status: preview.verdicts == nil ? .inProgress : .complete,
            nextToken: end < fitting.count ? PageToken(after: end).text : nil,
            previewResults: page.map { .init($0, in: cloud) },
            summary: preview.verdicts.map { _ in
                ECR.LifecyclePolicyPreviewSummary(
                    expiringImageTotalCount: verdicts.count - archived,
                    transitioningImageTotalCounts: archived == 0
                        ? nil : [.init(targetStorageClass: .archive, imageTotalCount: archived)])
            })
    }

    /// A preview does not change, so a place in it is enough of a token.
    private static func start(_ token: String?) throws(APIFailure) -> Int {
        guard let token else { return 0 }
        guard let start = PageToken(token).flatMap({ Int($0.last) }), start >= 0 else {
            throw .registryParameter("nextToken", "Invalid token")
        }
        return start
    }
}

extension Registry.Image {
    fileprivate func isNamed(_ id: ECR.ImageIdentifier) -> Bool {
        (id.imageDigest == nil || id.imageDigest == digest)
            && (id.imageTag == nil || tags.contains(id.imageTag!))
    }
}
