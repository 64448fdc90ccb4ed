import CloudAPI

/// A prefix that has no template is passed over: the model names no exception for it.
extension ECR.DescribeRepositoryCreationTemplates: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let templates = cloud.registrySettings(of: caller.place).templates
        if let prefixes {
            try Registry.checkCount(prefixes.count, of: "prefixes")
            try Registry.checkNoPage(maxResults, nextToken, beside: "prefixes")
            return Output(
                registryId: caller.place.account,
                repositoryCreationTemplates: prefixes.compactMap { templates[$0]?.shape })
        }
        let (items, next) = try Registry.page(templates.sorted, token: nextToken, size: maxResults)
        return Output(
            registryId: caller.place.account,
            repositoryCreationTemplates: items.map(\.value.shape), nextToken: next)
    }
}
