import CloudAPI
import Simulation

extension Balancing {
    /// What a caller wants of a group's health checks; `nil`: the default, or as it is.
    struct HealthCheckRequest {
        var `protocol`: ELBv2.ProtocolEnum?
        var port: String?
        var isEnabled: Bool?
        var path: String?
        var interval: Int?
        var timeout: Int?
        var healthyThreshold: Int?
        var unhealthyThreshold: Int?
        var matcher: ELBv2.Matcher?
    }
}

extension Balancing.HealthCheck {
    /// The defaults for a group of this protocol: elbv2.md section 5.
    static func standard(
        for groupProtocol: String, version: String?, checked checkProtocol: String?
    ) -> Balancing.HealthCheck {
        var check = Balancing.HealthCheck()
        if ["HTTP", "HTTPS"].contains(groupProtocol) {
            check.protocol = checkProtocol ?? "HTTP"
            if version == "GRPC" {
                check.path = "/AWS.ALB/healthcheck"
                check.matcher = "12"
            }
            return check
        }
        check.onePassIsEnoughAtFirst = false
        check.protocol = checkProtocol ?? "TCP"
        check.becomeTCPOrHTTP()
        return check
    }

    /// What changes with the protocol that a network load balancer checks with.
    private mutating func becomeTCPOrHTTP() {
        let isTCP = `protocol` == "TCP"
        timeout = .seconds(isTCP ? 10 : 6)
        path = isTCP ? nil : "/"
        matcher = isTCP ? nil : "200-399"
        passing = isTCP ? [] : [.init(200, 399)]
    }

    /// Takes on what a caller wants of the checks of a group.
    mutating func take(
        _ wanted: Balancing.HealthCheckRequest, groupProtocol: String, version: String?
    ) throws(APIFailure) {
        if let name = wanted.protocol?.rawValue {
            try Self.check(name, for: groupProtocol)
            let changesKind = (name == "TCP") != (`protocol` == "TCP")
            `protocol` = name
            if changesKind { becomeTCPOrHTTP() }
        }
        if wanted.isEnabled == false {
            // Documented: always true for targets that are not functions; the text is assumed.
            throw .invalidConfiguration(
                "Health check enabled must be true for target groups with target type 'ip' or "
                    + "'instance'")
        }
        if let text = wanted.port { port = try Self.readPort(text) }
        if let text = wanted.path {
            guard `protocol` != "TCP" else {
                throw .balancingInvalid(
                    "Health check path cannot be specified for health check protocol 'TCP'")
            }
            guard (1...1024).contains(text.count) else {
                throw .outsideModel(
                    text, at: "healthCheckPath",
                    text.isEmpty
                        ? "have length greater than or equal to 1"
                        : "have length less than or equal to 1024")
            }
            guard text.hasPrefix("/") else {
                // Assumed.
                throw .balancingInvalid("Health check path '\(text)' must begin with a '/'")
            }
            path = text
        }
        try takeNumbers(of: wanted)
        if let matcher = wanted.matcher {
            try take(matcher, isNetwork: !onePassIsEnoughAtFirst, version: version)
        }
        try checkTimeout(groupProtocol)
    }

    private mutating func takeNumbers(
        of wanted: Balancing.HealthCheckRequest
    ) throws(APIFailure) {
        try Balancing.checkRange(wanted.interval, 5...300, at: "healthCheckIntervalSeconds")
        try Balancing.checkRange(wanted.timeout, 2...120, at: "healthCheckTimeoutSeconds")
        try Balancing.checkRange(wanted.healthyThreshold, 2...10, at: "healthyThresholdCount")
        try Balancing.checkRange(wanted.unhealthyThreshold, 2...10, at: "unhealthyThresholdCount")
        if let seconds = wanted.interval { interval = .seconds(seconds) }
        if let seconds = wanted.timeout { timeout = .seconds(seconds) }
        healthyThreshold = wanted.healthyThreshold ?? healthyThreshold
        unhealthyThreshold = wanted.unhealthyThreshold ?? unhealthyThreshold
    }

    private static func check(_ name: String, for groupProtocol: String) throws(APIFailure) {
        guard Constraints(for: .elbv2).values(of: "ProtocolEnum")?.contains(name) ?? true else {
            throw .outsideEnum(name, at: "healthCheckProtocol", of: "ProtocolEnum")
        }
        let allowed =
            ["HTTP", "HTTPS"].contains(groupProtocol)
            ? ["HTTP", "HTTPS"] : ["HTTP", "HTTPS", "TCP"]
        guard allowed.contains(name) else {
            // Assumed, after the text for listeners.
            throw .balancingInvalid(
                "Health check protocol '\(name)' must be one of "
                    + "'\(allowed.joined(separator: ", "))'"
            )
        }
    }

    private static func readPort(_ text: String) throws(APIFailure) -> Int? {
        if text == "traffic-port" { return nil }
        guard let port = Int(text), (1...65535).contains(port) else {
            // Assumed.
            throw .balancingInvalid(
                "Health check port '\(text)' must be 'traffic-port' or between '1-65535' inclusive")
        }
        return port
    }

    private func checkTimeout(_ groupProtocol: String) throws(APIFailure) {
        let (wait, every) = (timeout.decimalSeconds, interval.decimalSeconds)
        if ["HTTP", "HTTPS"].contains(groupProtocol) {
            guard timeout < interval else {
                throw .balancingInvalid(
                    "Health check timeout '\(wait)' must be smaller than the interval '\(every)'")
            }
        } else if timeout > interval {
            throw .balancingInvalid(
                "Health check timeout '\(wait)' must be smaller than or equal to the interval "
                    + "'\(every)'")
        }
    }

    /// Reads the codes that pass. Texts are assumed.
    private mutating func take(
        _ wanted: ELBv2.Matcher, isNetwork: Bool, version: String?
    ) throws(APIFailure) {
        let isGRPC = version == "GRPC"
        guard `protocol` != "TCP" else {
            throw .invalidConfiguration(
                "A matcher cannot be specified for health check protocol 'TCP'")
        }
        guard let text = isGRPC ? wanted.grpcCode : wanted.httpCode else {
            throw .balancingInvalid("A matcher must have \(isGRPC ? "a GrpcCode" : "an HttpCode")")
        }
        let limits = isGRPC ? 0...99 : 200...(isNetwork ? 599 : 499)
        var ranges: [Balancing.StatusRange] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
            guard ends.count <= 2, let from = ends[0], let to = ends.last!, from <= to,
                limits.contains(from), limits.contains(to)
            else {
                throw .balancingInvalid(
                    "Health check matcher HTTP code '\(text)' must be within "
                        + "'\(limits.lowerBound)-\(limits.upperBound)' inclusive")
            }
            ranges.append(.init(from, to))
        }
        matcher = text
        // What a target answers is a status of HTTP: a service of gRPC answers 200, whatever the
        // code inside. Simplified: that passes.
        passing = isGRPC ? [.init(200, 200)] : ranges
    }
}
