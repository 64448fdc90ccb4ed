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
        if let size, size < 1 {
            throw .outsideModel("\(size)", at: "pageSize", "have value greater than or equal to 1")
        }
        if let size, size > 400 {
            throw .outsideModel("\(size)", at: "pageSize", "have value less than or equal to 400")
        }
        var start = items.startIndex
        if let marker {
            guard let last = Self.read(marker) else {
                // Assumed.
                throw .balancingInvalid("'\(marker)' is not a valid marker")
            }
            // The first item with a greater key.
            var (low, high) = (0, items.count)
            while low < high {
                let middle = (low + high) / 2
                if key(items[middle]) > last { high = middle } else { low = middle + 1 }
            }
            start = low
        }
        let end = min(start + (size ?? Self.standardSize), items.endIndex)
        self.items = items[start..<end]
        next = end < items.endIndex ? Self.write(key(items[end - 1])) : nil
    }

    private static func write(_ key: Int) -> String {
        "Z" + Naming.hex(UInt64(key) ^ mask, digits: 16)
    }

    private static func read(_ marker: String) -> Int? {
        guard marker.utf8.count == 17, marker.hasPrefix("Z"),
            let word = UInt64(marker.dropFirst(), radix: 16)
        else { return nil }
        return Int(exactly: word ^ mask)
    }

    /// Nobody should want to read a marker.
    private static var mask: UInt64 { 0x5EA5_1DE0_F1A9_5EED }
}
