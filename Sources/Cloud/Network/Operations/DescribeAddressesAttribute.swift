import CloudAPI

extension EC2.DescribeAddressesAttribute: Handled {
    /// No address here has a name of its own for reverse look-ups.
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let query = Query(
            ids: allocationIds, idsParameter: "allocationIds", maxResults: maxResults,
            nextToken: nextToken, dryRun: dryRun, pageSizes: 1...1000)
        let found = try cloud.describe(query, for: caller) { EC2.Address($0, in: $1) }
        return Output(
            addresses: found.items.map {
                EC2.AddressAttribute(publicIp: $0.publicIp, allocationId: $0.allocationId)
            }, nextToken: found.next)
    }
}
