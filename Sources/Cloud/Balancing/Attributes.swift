import CloudAPI

extension Balancing {
    /// An attribute that a caller can set: its default, and which values it takes.
    struct Attribute: Sendable {
        enum Values: Sendable {
            case anything
            case oneOf([String])
            case number(ClosedRange<Int>)
            /// A number, or a word in its place.
            case numberOr(String, ClosedRange<Int>)
        }
        let key: String
        let standard: String
        let values: Values

        init(_ key: String, _ standard: String, _ values: Values) {
            (self.key, self.standard, self.values) = (key, standard, values)
        }

        static func flag(_ key: String, _ standard: Bool) -> Attribute {
            Attribute(key, "\(standard)", .oneOf(["true", "false"]))
        }

        static func number(_ key: String, _ standard: Int, _ range: ClosedRange<Int>) -> Attribute {
            Attribute(key, "\(standard)", .number(range))
        }

        static func text(_ key: String) -> Attribute { Attribute(key, "", .anything) }

        /// - Throws: What AWS says of numbers out of range; the text for words is assumed.
        func check(_ value: String) throws(APIFailure) {
            func outOf(_ range: ClosedRange<Int>) -> APIFailure {
                .balancingInvalid(
                    "'\(key)' value '\(value)' must be between "
                        + "'\(range.lowerBound)-\(range.upperBound)' inclusive")
            }
            switch values {
            case .anything: return
            case .oneOf(let words):
                guard words.contains(value) else {
                    let list = words.joined(separator: ", ")
                    throw .balancingInvalid(
                        "'\(key)' value '\(value)' must be one of [\(list)]")
                }
            case .number(let range):
                guard let number = Int(value), range.contains(number) else { throw outOf(range) }
            case .numberOr(let word, let range):
                guard value != word else { return }
                guard let number = Int(value), range.contains(number) else { throw outOf(range) }
            }
        }
    }
}

extension [Balancing.Attribute] {
    /// What callers see: every attribute, changed or not.
    func all(changed: [ResourceTag]) -> [ResourceTag] {
        map { attribute in
            changed.first { $0.key == attribute.key }
                ?? ResourceTag(attribute.key, attribute.standard)
        }
    }

    /// What is changed once a caller has set these.
    ///
    /// - Parameter kind: As the refusal spells it: `"Target group"`.
    func set(
        _ wanted: [(key: String?, value: String?)], over changed: [ResourceTag], of kind: String
    ) throws(APIFailure) -> [ResourceTag] {
        var changed = changed
        for (key, value) in wanted {
            let (key, value) = (key ?? "", value ?? "")
            guard let attribute = first(where: { $0.key == key }) else {
                throw .balancingInvalid("\(kind) attribute key '\(key)' is not recognized")
            }
            try attribute.check(value)
            changed.removeAll { $0.key == key }
            if value != attribute.standard { changed.append(ResourceTag(key, value)) }
        }
        return changed.sorted { $0.key < $1.key }
    }
}

/// Which attributes there are: elbv2.md sections 3, 4 and 5.
extension Balancing.LoadBalancer {
    var attributeTable: [Balancing.Attribute] {
        let common: [Balancing.Attribute] = [
            .flag("access_logs.s3.enabled", false), .text("access_logs.s3.bucket"),
            .text("access_logs.s3.prefix"), .flag("deletion_protection.enabled", false),
            .flag("ipv6.deny_all_igw_traffic", isInternal),
            .flag("load_balancing.cross_zone.enabled", kind == .application),
            .flag("zonal_shift.config.enabled", false),
        ]
        return common + (kind == .application ? Self.applicationAttributes : Self.networkAttributes)
    }

    private static let applicationAttributes: [Balancing.Attribute] = [
        .flag("connection_logs.s3.enabled", false), .text("connection_logs.s3.bucket"),
        .text("connection_logs.s3.prefix"),
        .flag("health_check_logs.s3.enabled", false), .text("health_check_logs.s3.bucket"),
        .text("health_check_logs.s3.prefix"),
        .number("idle_timeout.timeout_seconds", 60, 1...4000),
        .number("client_keep_alive.seconds", 3600, 60...604_800),
        .flag("routing.http2.enabled", true),
        .flag("routing.http.drop_invalid_header_fields.enabled", false),
        .init(
            "routing.http.desync_mitigation_mode", "defensive",
            .oneOf(["monitor", "defensive", "strictest"])),
        .flag("routing.http.preserve_host_header.enabled", false),
        .flag("routing.http.x_amzn_tls_version_and_cipher_suite.enabled", false),
        .flag("routing.http.xff_client_port.enabled", false),
        .init(
            "routing.http.xff_header_processing.mode", "append",
            .oneOf(["append", "preserve", "remove"])),
        .flag("waf.fail_open.enabled", false),
    ]

    private static let networkAttributes: [Balancing.Attribute] = [
        .init(
            "dns_record.client_routing_policy", "any_availability_zone",
            .oneOf([
                "any_availability_zone", "availability_zone_affinity",
                "partial_availability_zone_affinity",
            ])),
        .number("secondary_ips.auto_assigned.per_subnet", 0, 0...7),
    ]

    var isProtected: Bool {
        attributes.contains(ResourceTag("deletion_protection.enabled", "true"))
    }
}

extension Balancing.TargetGroup {
    var attributeTable: [Balancing.Attribute] {
        let isHTTP = ["HTTP", "HTTPS"].contains(`protocol`)
        return Self.commonAttributes + (isHTTP ? Self.httpAttributes : networkAttributes)
    }

    private static let commonAttributes: [Balancing.Attribute] = [
        .number("deregistration_delay.timeout_seconds", 300, 0...3600),
        .init(
            "load_balancing.cross_zone.enabled", "use_load_balancer_configuration",
            .oneOf(["true", "false", "use_load_balancer_configuration"])),
        .flag("stickiness.enabled", false),
        .init(
            "target_group_health.dns_failover.minimum_healthy_targets.count", "1",
            .numberOr("off", 1...1000)),
        .init(
            "target_group_health.dns_failover.minimum_healthy_targets.percentage", "off",
            .numberOr("off", 1...100)),
        .number(
            "target_group_health.unhealthy_state_routing.minimum_healthy_targets.count", 1, 1...1000
        ),
        .init(
            "target_group_health.unhealthy_state_routing.minimum_healthy_targets.percentage", "off",
            .numberOr("off", 1...100)),
    ]

    private static let httpAttributes: [Balancing.Attribute] = [
        .init(
            "load_balancing.algorithm.type", "round_robin",
            .oneOf(["round_robin", "least_outstanding_requests", "weighted_random"])),
        .init("load_balancing.algorithm.anomaly_mitigation", "off", .oneOf(["on", "off"])),
        .number("slow_start.duration_seconds", 0, 0...900),
        .init("stickiness.type", "lb_cookie", .anything),
        .number("stickiness.lb_cookie.duration_seconds", 86400, 1...604_800),
        .text("stickiness.app_cookie.cookie_name"),
        .number("stickiness.app_cookie.duration_seconds", 86400, 1...604_800),
    ]

    private var networkAttributes: [Balancing.Attribute] {
        // On for instances, and off for addresses where TCP carries the connection.
        let keepsClient = targetType == .instance || `protocol` == "UDP" || `protocol` == "TCP_UDP"
        return [
            .flag("proxy_protocol_v2.enabled", false),
            .flag("preserve_client_ip.enabled", keepsClient),
            .flag("deregistration_delay.connection_termination.enabled", false),
            .init("stickiness.type", "source_ip", .anything),
            .flag("target_health_state.unhealthy.connection_termination.enabled", true),
            .number("target_health_state.unhealthy.draining_interval_seconds", 0, 0...360_000),
        ]
    }
}

extension Balancing.Listener {
    var attributeTable: [Balancing.Attribute] {
        switch `protocol` {
        case "HTTP", "HTTPS":
            [.flag("routing.http.response.server.enabled", true)]
                + Self.headerAttributes.map { .text($0) }
        case "TCP": [.number("tcp.idle_timeout.seconds", 350, 60...6000)]
        default: []
        }
    }

    /// Source: API reference, ListenerAttribute.
    private static let headerAttributes: [String] =
        [
            "strict_transport_security", "access_control_allow_origin",
            "access_control_allow_methods", "access_control_allow_headers",
            "access_control_allow_credentials", "access_control_expose_headers",
            "access_control_max_age", "content_security_policy", "x_content_type_options",
            "x_frame_options",
        ].map { "routing.http.response.\($0).header_value" }
}
