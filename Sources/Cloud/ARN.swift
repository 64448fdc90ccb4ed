extension String {
    /// Puts parts together, with room for all of them from the start.
    init(parts: String...) {
        self.init()
        reserveCapacity(parts.reduce(0) { $0 + $1.utf8.count })
        for part in parts { append(part) }
    }
}

/// What stands behind the fifth colon of an ARN of a service in a place; `nil` for anything else.
///
/// `"arn:aws:ecs:us-east-1:000000000000:cluster/web"` has `"cluster/web"` for ECS.
func resource(ofARN text: String, service: String, in place: Place) -> String? {
    let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
    guard parts.count == 6, parts[0] == "arn", parts[2] == service,
        parts[3] == place.region || parts[3].isEmpty,
        parts[4] == place.account || parts[4].isEmpty
    else { return nil }
    return String(parts[5])
}
