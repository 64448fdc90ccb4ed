import CloudAPI

extension Balancing.Action {
    /// Reads the actions of a listener or a rule.
    ///
    /// One of forward, redirect and fixed-response ends a rule, and those that may come before it
    /// (authentication) are not modelled: there is one action.
    static func read(
        _ actions: [ELBv2.Action], at member: String, for loadBalancer: LoadBalancerID,
        in cloud: Cloud, _ caller: Caller
    ) throws(APIFailure) -> [Balancing.Action] {
        var read: [Balancing.Action] = []
        for (index, action) in actions.enumerated() {
            let path = "\(member).\(index + 1).member"
            try Balancing.checkEnum(
                action.type?.rawValue, at: "\(path).type", of: "ActionTypeEnum")
            try Balancing.checkRange(action.order, 1...50000, at: "\(path).order")
            switch action.type {
            case .forward?:
                read.append(.forward(try .read(action, for: loadBalancer, in: cloud, caller)))
            case .redirect?: read.append(.redirect(try .read(action, at: path)))
            case .fixedResponse?: read.append(try readFixedResponse(action, at: path))
            case nil:
                throw .balancingInvalid(
                    "1 validation error detected: Value null at '\(path).type' failed to satisfy "
                        + "constraint: Member must not be null")
            case let other?: throw .balancingNotSupported("actions of type '\(other.rawValue)'")
            }
        }
        guard read.count == 1 else {
            // Assumed.
            throw .invalidAction(
                "Exactly one of the actions 'fixed-response', 'forward' and 'redirect' must be "
                    + "specified")
        }
        if cloud.balancing.loadBalancers[loadBalancer].kind == .network {
            guard case .forward(let forward) = read[0], forward.groups.count == 1 else {
                // Assumed.
                throw .invalidAction(
                    "Network Load Balancers only support forward actions with one target group")
            }
        }
        return read
    }

    private static func readFixedResponse(
        _ action: ELBv2.Action, at path: String
    ) throws(APIFailure) -> Balancing.Action {
        let config = action.fixedResponseConfig
        let code = config?.statusCode ?? ""
        guard code.utf8.count == 3, let status = Int(code), [2, 4, 5].contains(status / 100) else {
            throw .outsideModel(
                code, at: "\(path).fixedResponseConfig.statusCode",
                "satisfy regular expression pattern: ^(2|4|5)\\d\\d$")
        }
        if let type = config?.contentType, !contentTypes.contains(type) {
            let list = contentTypes.map { "'\($0)'" }.joined(separator: ", ")
            throw .invalidAction("The ContentType must be one of:\(list)")
        }
        if let body = config?.messageBody, body.count > 1024 {
            throw .outsideModel(
                body, at: "\(path).fixedResponseConfig.messageBody",
                "have length less than or equal to 1024")
        }
        return .fixedResponse(
            status: status, contentType: config?.contentType, body: config?.messageBody)
    }

    private static let contentTypes = [
        "text/html", "application/json", "application/javascript", "text/css", "text/plain",
    ]
}

extension Balancing.Forward {
    static func read(
        _ action: ELBv2.Action, for loadBalancer: LoadBalancerID, in cloud: Cloud, _ caller: Caller
    ) throws(APIFailure) -> Balancing.Forward {
        var tuples = action.forwardConfig?.targetGroups ?? []
        if let arn = action.targetGroupArn {
            if tuples.isEmpty { tuples = [.init(targetGroupArn: arn)] }
            // Documented: both may be given if they agree; the text is assumed.
            guard tuples.count == 1, tuples[0].targetGroupArn == arn else {
                throw .balancingInvalid(
                    "A target group ARN and a forward configuration must name the same target group"
                )
            }
        }
        guard !tuples.isEmpty else {
            throw .balancingInvalid("A target group ARN must be specified for forward actions")
        }
        guard tuples.count <= 5 else {
            throw .invalidAction("You can specify at most '5' target groups for each action")
        }
        var groups: [Share] = []
        for tuple in tuples {
            let id = try cloud.targetGroupID(tuple.targetGroupArn ?? "", caller)
            let weight = tuple.weight ?? 1
            guard (0...999).contains(weight) else {
                throw .balancingInvalid(
                    "Target group weight '\(weight)' must be between '0-999' inclusive")
            }
            guard !groups.contains(where: { $0.group == id }) else {
                throw .balancingInvalid("A target group can be specified only once for each action")
            }
            groups.append(.init(group: id, weight: weight))
        }
        try cloud.check(groups.map(\.group), for: loadBalancer)
        return Balancing.Forward(
            groups: groups,
            stickiness: try readStickiness(action.forwardConfig?.targetGroupStickinessConfig))
    }

    private static func readStickiness(
        _ config: ELBv2.TargetGroupStickinessConfig?
    ) throws(APIFailure) -> Int? {
        guard config?.enabled == true else { return nil }
        guard let seconds = config?.durationSeconds, (1...604_800).contains(seconds) else {
            // Assumed.
            throw .balancingInvalid(
                "Target group stickiness duration must be between '1-604800' inclusive")
        }
        return seconds
    }
}

extension Cloud {
    /// Whether requests to a load balancer may be forwarded to these groups. The texts for
    /// protocols and VPCs are assumed.
    fileprivate func check(
        _ groups: [TargetGroupID], for id: LoadBalancerID
    ) throws(APIFailure) {
        let loadBalancer = balancing.loadBalancers[id]
        for group in groups {
            let found = balancing.targetGroups[group]
            let isHTTP = ["HTTP", "HTTPS"].contains(found.protocol)
            guard isHTTP == (loadBalancer.kind == .application) else {
                throw .balancing(
                    "IncompatibleProtocols",
                    "Target group '\(arn(group))' with protocol '\(found.protocol)' is not "
                        + "compatible with load balancers of type '\(loadBalancer.kind.rawValue)'")
            }
            guard found.vpc == loadBalancer.vpc else {
                throw .invalidConfiguration(
                    "Target group '\(arn(group))' is not in the VPC of load balancer '\(arn(id))'")
            }
        }
        let ofAnother = groups.filter {
            let owner = balancing.targetGroups[$0].loadBalancer
            return owner != nil && owner != id
        }
        guard ofAnother.isEmpty else { throw .targetGroupsOfAnother(ofAnother.map { arn($0) }) }
        let new = groups.filter { balancing.targetGroups[$0].loadBalancer == nil }
        guard new.isEmpty || balancing.targetGroups(of: id).count + new.count <= 100 else {
            throw .balancing(
                "TooManyUniqueTargetGroupsPerLoadBalancer",
                "You have reached the maximum number of unique target groups that you can "
                    + "associate with a load balancer of type "
                    + "'\(loadBalancer.kind.rawValue)': [100]")
        }
    }
}

extension Balancing.Redirect {
    static func read(
        _ action: ELBv2.Action, at path: String
    ) throws(APIFailure) -> Balancing.Redirect {
        let config = action.redirectConfig
        let status = config?.statusCode?.rawValue
        guard let status, ["HTTP_301", "HTTP_302"].contains(status) else {
            throw .outsideEnum(
                status ?? "null", at: "\(path).redirectConfig.statusCode",
                of: "RedirectActionStatusCodeEnum")
        }
        if let name = config?.protocol, !["HTTP", "HTTPS", "#{protocol}"].contains(name) {
            throw .outsideModel(
                name, at: "\(path).redirectConfig.protocol",
                "satisfy regular expression pattern: ^(HTTPS?|#\\{protocol\\})$")
        }
        let redirect = Balancing.Redirect(
            status: status, protocol: config?.protocol, host: config?.host, port: config?.port,
            path: config?.path, query: config?.query)
        // Observed: one that leads to where it came from.
        guard redirect.changesSomething else {
            throw .invalidAction(
                "The redirect configuration is not valid because it creates a loop.")
        }
        return redirect
    }

    private var changesSomething: Bool {
        `protocol` ?? "#{protocol}" != "#{protocol}" || host ?? "#{host}" != "#{host}"
            || port ?? "#{port}" != "#{port}" || path ?? "/#{path}" != "/#{path}"
    }
}

extension ELBv2.Action {
    init(_ action: Balancing.Action, in cloud: borrowing Cloud) {
        switch action {
        case .forward(let forward):
            let tuples = forward.groups.map {
                ELBv2.TargetGroupTuple(targetGroupArn: cloud.arn($0.group), weight: $0.weight)
            }
            // AWS always fills the configuration, and the ARN where there is one group.
            self.init(
                type: .forward,
                targetGroupArn: tuples.count == 1 ? tuples[0].targetGroupArn : nil,
                forwardConfig: .init(
                    targetGroups: tuples,
                    targetGroupStickinessConfig: .init(
                        enabled: forward.stickiness != nil, durationSeconds: forward.stickiness)))
        case .redirect(let redirect):
            self.init(
                type: .redirect,
                redirectConfig: .init(
                    protocol: redirect.protocol ?? "#{protocol}", port: redirect.port ?? "#{port}",
                    host: redirect.host ?? "#{host}", path: redirect.path ?? "/#{path}",
                    query: redirect.query ?? "#{query}",
                    statusCode: .init(rawValue: redirect.status)))
        case .fixedResponse(let status, let contentType, let body):
            self.init(
                type: .fixedResponse,
                fixedResponseConfig: .init(
                    messageBody: body, statusCode: "\(status)", contentType: contentType))
        }
    }
}
