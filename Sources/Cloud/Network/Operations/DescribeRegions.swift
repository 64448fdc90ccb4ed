import CloudAPI

extension EC2.DescribeRegions: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let regions = Region.all
        for name in regionNames ?? [] where !regions.contains(where: { $0.name == name }) {
            // Text: assumed.
            throw .ec2Invalid("Invalid region: [\(name)]")
        }
        let wanted = regions.indices.filter { index in
            if let regionNames, !regionNames.isEmpty {
                return regionNames.contains(regions[index].name)
            }
            return allRegions == true || !regions[index].isOptIn
        }
        let query = Query(idsParameter: "", filters: filters, dryRun: dryRun)
        let found = try cloud.results(query, of: wanted.map(ListPosition.init)) {
            EC2.Region(regions[$0.index])
        }
        return Output(regions: found.items)
    }
}

extension EC2.Region {
    init(_ region: Region) {
        self.init(
            optInStatus: region.isOptIn ? "not-opted-in" : "opt-in-not-required",
            regionName: region.name, endpoint: "ec2.\(region.name).amazonaws.com")
    }
}

extension EC2.Region: Filterable {
    static var blank: EC2.Region { EC2.Region() }

    func values(of filter: String) -> [String?]? {
        switch filter {
        case "endpoint": [endpoint]
        case "opt-in-status": [optInStatus]
        case "region-name": [regionName]
        default: nil
        }
    }
}
