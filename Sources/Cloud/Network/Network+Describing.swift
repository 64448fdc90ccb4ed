import CloudAPI
import Simulation

/// What all Describe calls of EC2 ask for. Source: vpc.md section 1, Pagination and Filters.
struct Query {
    /// The ids asked for, and what their parameter is called.
    var ids: [String]?
    var idsParameter: String
    var filters: [EC2.Filter]?
    var maxResults: Int?
    var nextToken: String?
    var dryRun: Bool?
    /// How many results a page may have.
    var pageSizes = 5...1000
}

extension Cloud {
    /// Answers a Describe call of resources that have ids of their own, in the order of their ids.
    ///
    /// - Throws: If an id is malformed or not found. A filter that nothing matches is no error.
    func describe<ID: EC2Resource, Item: Filterable>(
        _ query: Query, for caller: Caller, as item: (ID, borrowing Cloud) -> Item
    ) throws(APIFailure) -> (items: [Item], next: String?) {
        var asked: [ID]?
        if let texts = query.ids, !texts.isEmpty {
            if query.maxResults != nil {
                throw .ec2Combination(
                    "The parameter MaxResults cannot be used with the parameter "
                        + query.idsParameter)
            }
            var found: [ID] = []
            for text in texts { found.append(try find(text, query.idsParameter, for: caller)) }
            asked = Array(Set(found)).sorted()
        }
        return try results(query, of: asked ?? ID.all(in: caller.place, of: network), as: item)
    }

    /// The page of a list that a query asks for.
    func results<ID: Identifier, Item: Filterable>(
        _ query: Query, of all: [ID], as item: (ID) -> Item
    ) throws(APIFailure) -> (items: [Item], next: String?) {
        try results(query, of: all) { id, _ in item(id) }
    }

    /// The same for items that are made of the cloud. It is handed to `item`, because a closure
    /// that uses it would take a copy along.
    private func results<ID: Identifier, Item: Filterable>(
        _ query: Query, of all: [ID], as item: (ID, borrowing Cloud) -> Item
    ) throws(APIFailure) -> (items: [Item], next: String?) {
        let filters = try Filters(query.filters, for: Item.self)
        if let size = query.maxResults {
            let (least, most) = (query.pageSizes.lowerBound, query.pageSizes.upperBound)
            guard size >= least else { throw .tooFewResults(size, least: least) }
            guard size <= most else { throw .tooManyResults(size, most: most) }
        }
        var after: ID?
        if let token = query.nextToken {
            guard let id = ID(pageToken: token) else { throw .ec2NextToken }
            after = id
        }
        try refuseDryRun(query.dryRun)

        var items: [Item] = []
        if filters.isEmpty { items.reserveCapacity(min(all.count, query.maxResults ?? .max)) }
        var last: ID?
        for id in all {
            if let after, id <= after { continue }
            let next = item(id, self)
            guard filters.match(next) else { continue }
            if items.count == query.maxResults { return (items, last?.pageToken) }
            items.append(consume next)
            last = id
        }
        return (items, nil)
    }

    /// To be called when nothing else is left that could be refused.
    func refuseDryRun(_ dryRun: Bool?) throws(APIFailure) {
        if dryRun == true { throw .dryRun }
    }
}

extension Identifier {
    /// Says that a page ended with this: the next one begins behind it, whatever has come or gone.
    fileprivate var pageToken: String { Naming.hex(UInt64(rawValue), digits: 16) }

    fileprivate init?(pageToken: String) {
        guard pageToken.utf8.count == 16, let number = UInt32(pageToken, radix: 16) else {
            return nil
        }
        self.init(rawValue: number)
    }
}

/// Stands for an id where a list has none: which one of the list it is.
struct ListPosition: Identifier {
    let rawValue: UInt32
    init(rawValue: UInt32) { self.rawValue = rawValue }
    init(_ index: Int) { self.init(rawValue: UInt32(index)) }
    var index: Int { Int(rawValue) }
}

/// Ids as EC2 writes them, for whoever shows what there is.
extension Cloud {
    public func id(_ vpc: VpcID) -> String { ec2ID(vpc) }
    public func id(_ subnet: SubnetID) -> String { ec2ID(subnet) }
    public func id(_ gateway: NatGatewayID) -> String { ec2ID(gateway) }
    public func id(_ group: SecurityGroupID) -> String { ec2ID(group) }
}
