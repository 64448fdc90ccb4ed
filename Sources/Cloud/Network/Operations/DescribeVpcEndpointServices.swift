import CloudAPI

extension EC2.DescribeVpcEndpointServices: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let all = Network.EndpointService.all
        for name in serviceNames ?? []
        where !all.contains(where: { $0.fullName(caller.place.region) == name }) {
            throw APIFailure(
                code: "InvalidServiceName",
                message: "The Vpc Endpoint Service '\(name)' does not exist")
        }
        let wanted = all.indices.filter {
            (serviceNames ?? []).isEmpty
                || serviceNames!.contains(all[$0].fullName(caller.place.region))
        }
        let query = Query(
            idsParameter: "serviceNames", filters: filters, maxResults: maxResults,
            nextToken: nextToken, dryRun: dryRun, pageSizes: 1...1000)
        let found = try cloud.results(query, of: wanted.map(ListPosition.init)) {
            EC2.ServiceDetail(all[$0.index], in: caller.place)
        }
        return Output(
            serviceNames: found.items.compactMap(\.serviceName), serviceDetails: found.items,
            nextToken: found.next)
    }
}
