extension Balancing {
    /// Where a node sends a request.
    public enum Route: Hashable, Sendable {
        case target(TargetID)
        case fixedResponse(status: Int, contentType: String?, body: String?)
        case redirect(status: Int, location: String)
        /// The load balancer has nobody to ask: 503.
        case unavailable
    }
}

extension Cloud {
    /// Where one request goes, for whoever carries requests.
    ///
    /// A pure function: it draws nothing and changes nothing. What a real node keeps as pointers
    /// follows from `counter`, the number of requests that this node has had at this listener. As
    /// long as the cloud stays as it is, consecutive counters hit target groups by weight, spread
    /// evenly, and the targets of each in turn.
    ///
    /// - Parameter node: Its place among the nodes of the load balancer.
    public func route(
        _ request: Balancing.Request, at listener: ListenerID, node: Int, counter: UInt64
    ) -> Balancing.Route {
        switch balancing.actions(for: request, at: listener).last {
        case .fixedResponse(let status, let contentType, let body)?:
            return .fixedResponse(status: status, contentType: contentType, body: body)
        case .redirect(let redirect)?:
            let found = balancing.listeners[listener]
            return .redirect(
                status: redirect.status == "HTTP_301" ? 301 : 302,
                location: redirect.location(for: request, at: found))
        case .forward(let forward)?:
            guard let (group, nth) = forward.choose(counter) else { return .unavailable }
            let candidates = balancing.candidates(in: group, at: node)
            guard !candidates.isEmpty else { return .unavailable }
            let probabilities = balancing.probabilities(of: candidates, in: group, at: node, now)
            guard let probabilities else {
                return .target(candidates[Int(nth % UInt64(candidates.count))])
            }
            return .target(candidates[probabilities.place(of: nth)])
        case nil: return .unavailable
        }
    }
}

extension [Double] {
    /// Which of several outcomes of these probabilities the n-th draw has, by a sequence that keeps
    /// to them from the start: the golden ratio's multiples are spread evenly over the unit
    /// interval.
    public func place(of nth: UInt64) -> Int {
        let multiple = (Double(nth) + 0.5) * 0.618033988749895
        var point = multiple - multiple.rounded(.down)
        for (index, probability) in enumerated() {
            if point < probability { return index }
            point -= probability
        }
        return count - 1
    }
}

extension Balancing.Forward {
    /// The group that gets a request, and how many it had before; `nil` if all weights are zero.
    ///
    /// Requests are dealt out in rounds as long as the sum of the weights, in each of which a group
    /// comes up as often as it weighs.
    func choose(_ counter: UInt64) -> (group: TargetGroupID, nth: UInt64)? {
        let divisor = groups.reduce(0) { Self.divisor($0, $1.weight) }
        guard divisor > 0 else { return nil }
        let weights = groups.map { UInt64($0.weight / divisor) }
        let total = weights.reduce(0, +)
        // Strides that share no divisor with the total reach every slot; one of about 0.618 of it
        // spreads neighbouring slots well.
        var stride = max(1, total * 618 / 1000)
        while Self.divisor(Int(stride), Int(total)) != 1 { stride += 1 }
        func holder(of slot: UInt64) -> Int {
            var end: UInt64 = 0
            return weights.firstIndex { weight in
                end += weight
                return slot < end
            }!
        }
        let (round, place) = counter.quotientAndRemainder(dividingBy: total)
        let chosen = holder(of: place * stride % total)
        let before = (0..<place).filter { holder(of: $0 * stride % total) == chosen }.count
        return (groups[chosen].group, round * weights[chosen] + UInt64(before))
    }

    private static func divisor(_ one: Int, _ other: Int) -> Int {
        var (one, other) = (one, other)
        while other != 0 { (one, other) = (other, one % other) }
        return one
    }
}

extension Balancing.Redirect {
    /// The address that a client is sent to. The port is always in it, as in AWS's.
    func location(for request: Balancing.Request, at listener: Balancing.Listener) -> String {
        let isHTTPS = listener.protocol == "HTTPS"
        func fill(_ text: String) -> String {
            var filled = ""
            var rest = text[...]
            while let brace = rest.firstIndex(of: "#") {
                filled += rest[..<brace]
                rest = rest[brace...]
                let known: [(word: String, value: String)] = [
                    ("#{protocol}", isHTTPS ? "https" : "http"),
                    ("#{host}", String(request.hostWithoutPort)), ("#{port}", "\(listener.port)"),
                    ("#{path}", String(request.path.drop { $0 == "/" })),
                    ("#{query}", request.query),
                ]
                if let found = known.first(where: { rest.hasPrefix($0.word) }) {
                    filled += found.value
                    rest = rest.dropFirst(found.word.count)
                } else {
                    filled += "#"
                    rest = rest.dropFirst()
                }
            }
            return filled + rest
        }
        let query = fill(query ?? "#{query}")
        return fill(`protocol` ?? "#{protocol}").lowercased() + "://" + fill(host ?? "#{host}")
            + ":"
            + fill(port ?? "#{port}") + fill(path ?? "/#{path}")
            + (query.isEmpty ? "" : "?" + query)
    }
}
