import CloudAPI

extension EC2.DescribeDhcpOptions: Handled {
    /// There is one set in each place, AWS's own.
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let options = EC2.DhcpOptions(of: caller.place, cloud.naming)
        for text in dhcpOptionsIds ?? [] where text != options.dhcpOptionsId {
            throw .ec2NotFound(
                "InvalidDhcpOptionID.NotFound", "The dhcpOption ID '\(text)' does not exist")
        }
        let query = Query(
            idsParameter: "dhcpOptionsIds", filters: filters, maxResults: maxResults,
            nextToken: nextToken, dryRun: dryRun)
        let found = try cloud.results(query, of: [ListPosition(0)]) { _ in options }
        return Output(nextToken: found.next, dhcpOptions: found.items)
    }
}

extension EC2.DhcpOptions {
    init(of place: Place, _ naming: Naming) {
        self.init(
            ownerId: place.account, tags: [], dhcpOptionsId: place.dhcpOptionsID(naming),
            dhcpConfigurations: [
                EC2.DhcpConfiguration(
                    key: "domain-name",
                    values: [EC2.AttributeValue(value: Region(place.region).internalDomain)]),
                EC2.DhcpConfiguration(
                    key: "domain-name-servers",
                    values: [EC2.AttributeValue(value: "AmazonProvidedDNS")]),
            ])
    }
}

extension EC2.DhcpOptions: Filterable {
    static var blank: EC2.DhcpOptions { EC2.DhcpOptions() }

    func values(of filter: String) -> [String?]? {
        let configurations = dhcpConfigurations ?? []
        return switch filter {
        case "dhcp-options-id": [dhcpOptionsId]
        case "key": configurations.map(\.key)
        case "value": configurations.flatMap { $0.values ?? [] }.map(\.value)
        case "owner-id": [ownerId]
        default: tags.values(forFilter: filter)
        }
    }
}
