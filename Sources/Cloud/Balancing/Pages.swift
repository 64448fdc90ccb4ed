import CloudAPI

/// One page of a long list.
struct Page<Item> {
    var items: ArraySlice<Item>
    /// Where the next page begins, for the caller to send back; `nil` on the last one.
    var next: String?

    /// 100 items if the caller does not say: elbv2.md section 1.
    static var standardSize: Int { 100 }

    /// The items behind a marker.
    ///
    /// - Parameters:
    ///   - key: Grows from item to item. The marker holds the last one given out, so that pages
    ///     neither repeat nor skip anything if something is deleted meanwhile.
    init(
        of items: [Item], by key: (Item) -> Int, after marker: String?, size: Int?
    ) throws(APIFailure) {
        try Balancing.checkRange(size, 1...400, at: "pageSize")
        var start = 0
        if let marker {
            guard let last = PageToken(marker).flatMap({ Int($0.last) }) else {
                // Assumed.
                throw .balancingInvalid("'\(marker)' is not a valid marker")
            }
            start = items.partition { key($0) > last }
        }
        let end = min(start + (size ?? Self.standardSize), items.endIndex)
        self.items = items[start..<end]
        next = end < items.endIndex ? PageToken(after: key(items[end - 1])).text : nil
    }
}
