extension TextWriter {
    /// The first five parts of an ARN, with the colons behind them.
    mutating func add(arnOf service: String, in place: borrowing Place) {
        add("arn:aws:")
        add(service)
        add(":")
        add(place.region)
        add(":")
        add(place.account)
        add(":")
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
