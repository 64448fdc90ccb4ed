import CloudAPI

extension EC2.DescribeAddresses: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        var ids = allocationIds ?? []
        for text in publicIps ?? [] {
            ids.append(cloud.ec2ID(try cloud.elasticAddress(withIP: text, for: caller)))
        }
        let query = Query(
            ids: ids, idsParameter: "allocationIds", filters: filters, dryRun: dryRun)
        let found = try cloud.describe(query, for: caller) {
            EC2.Address($0, in: $1)
        }
        return Output(addresses: found.items)
    }
}

extension Cloud {
    /// Documented code, text assumed.
    func elasticAddress(withIP text: String, for caller: Caller) throws(APIFailure) -> AddressID {
        let id = AddressID.all(in: caller.place, of: network).first {
            network.addresses[$0].address.description == text
        }
        guard let id else {
            throw .ec2NotFound("InvalidAddress.NotFound", "Address '\(text)' not found.")
        }
        return id
    }
}
