import CloudAPI
import Simulation

/// One page of a list in ascending or descending order of ids, and the token for the next.
/// Source of the sizes: ecs.md section 27.1.
///
/// - Throws: InvalidParameterException if the token is none of ours.
func page<ID: Identifier>(
    _ all: [ID], newestFirst: Bool = false, token: String?, limit: Int?, standard: Int = 100
) throws(APIFailure) -> (items: [ID], next: String?) {
    let last = try lastOfPage(token)
    let number = last.flatMap { UInt32($0) }
    guard (last == nil) == (number == nil) else { throw .tokenInvalid }
    let start = number.map { ID(rawValue: $0) }.map { last in
        all.partition { newestFirst ? $0 < last : $0 > last }
    }
    return page(all, from: start, limit, standard) { String($0.rawValue) }
}

/// The same in ascending order of names.
func page<Element>(
    _ all: [Element], by name: (Element) -> String, token: String?, limit: Int?,
    standard: Int = 100
) throws(APIFailure) -> (items: [Element], next: String?) {
    let last = try lastOfPage(token)
    return page(all, from: last.map { last in all.partition { name($0) > last } }, limit, standard)
    {
        name($0)
    }
}

/// What the page before ended with.
func lastOfPage(_ token: String?) throws(APIFailure) -> String? {
    guard let token else { return nil }
    guard let page = PageToken(token) else { throw .tokenInvalid }
    return page.last
}

/// - Parameter start: 0 if left out.
func page<Element>(
    _ all: [Element], from start: Int?, _ limit: Int?, _ standard: Int,
    last name: (Element) -> String
) -> (items: [Element], next: String?) {
    let start = start ?? 0
    let end = min(all.count, start + max(1, min(limit ?? standard, 100)))
    let hasMore = end > start && end < all.count
    return (Array(all[start..<end]), hasMore ? PageToken(after: name(all[end - 1])).text : nil)
}
