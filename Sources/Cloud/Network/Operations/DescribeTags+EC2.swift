import CloudAPI

extension EC2.DescribeTags: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        var all: [EC2.TagDescription] = []
        for kind in Network.taggable { all += cloud.allTags(kind, in: caller.place) }
        let query = Query(
            idsParameter: "", filters: filters, maxResults: maxResults, nextToken: nextToken,
            dryRun: dryRun)
        let found = try cloud.results(query, of: all.indices.map(ListPosition.init)) {
            all[$0.index]
        }
        return Output(nextToken: found.next, tags: found.items)
    }
}

extension Cloud {
    fileprivate func allTags<ID: EC2Resource>(_: ID.Type, in place: Place) -> [EC2.TagDescription] {
        ID.all(in: place, of: network).flatMap { id in
            network[keyPath: id.tags].map {
                EC2.TagDescription(
                    key: $0.key, resourceId: ec2ID(id), resourceType: ID.resourceType,
                    value: $0.value)
            }
        }
    }
}

extension EC2.TagDescription: Filterable {
    static var blank: EC2.TagDescription { EC2.TagDescription() }

    func values(of filter: String) -> [String?]? {
        switch filter {
        case "key": [key]
        case "resource-id": [resourceId]
        case "resource-type": [resourceType?.rawValue]
        case "value": [value]
        default:
            filter.hasPrefix("tag:")
                ? Optional([EC2.Tag(key: key, value: value)]).values(forFilter: filter) : nil
        }
    }
}
