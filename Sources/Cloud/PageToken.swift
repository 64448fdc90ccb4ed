import CloudAPI

/// A `nextToken` or `Marker`: where in a list the next page begins.
///
/// It names the last thing that was given out, not a position, so that what comes and goes between
/// two pages makes nothing appear twice and leaves nothing out.
struct PageToken {
    let last: String

    init(after last: some CustomStringConvertible) { self.last = last.description }

    /// - Returns: `nil` if the text is none of our tokens.
    init?(_ text: String) {
        guard let bytes = Base64.decode(text), let last = String(validating: bytes, as: UTF8.self)
        else { return nil }
        self.last = last
    }

    var text: String { Base64.encode(last.utf8) }
}

extension Array where Element: Comparable {
    /// Where in an ascending list the first element is that is greater than `element`. O(log n).
    func position(after element: Element) -> Int { partition { $0 > element } }

    /// Where in an ascending list the element is; `nil` if it is not in it. O(log n).
    func position(of element: Element) -> Int? {
        let index = partition { $0 >= element }
        return index < count && self[index] == element ? index : nil
    }
}

extension Array {
    /// The index of the first element for which `isBehind` holds, where it holds for all that
    /// follow. O(log n).
    func partition(_ isBehind: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
