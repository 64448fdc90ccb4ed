import CloudAPI

extension Array<ResourceTag> {
    /// Takes on tags, in place of those with the same keys.
    mutating func set(_ tags: [ResourceTag]) {
        for tag in tags {
            if let known = firstIndex(where: { $0.key == tag.key }) {
                self[known] = tag
            } else {
                append(tag)
            }
        }
    }
}

extension ELBv2.Tag {
    init(_ tag: ResourceTag) { self.init(key: tag.key, value: tag.value) }

    /// At most 50 and each key once: elbv2.md section 8.
    static func read(_ tags: [ELBv2.Tag]?) throws(APIFailure) -> [ResourceTag] {
        var read: [ResourceTag] = []
        for (index, tag) in (tags ?? []).enumerated() {
            let key = tag.key ?? ""
            guard (1...128).contains(key.count) else {
                throw .outsideModel(
                    key, at: "tags.\(index + 1).member.key",
                    key.isEmpty
                        ? "have length greater than or equal to 1"
                        : "have length less than or equal to 128")
            }
            // Assumed; AWS keeps these keys for itself.
            guard !key.lowercased().hasPrefix("aws:") else {
                throw .balancingInvalid("Tag keys cannot begin with 'aws:'")
            }
            guard (tag.value ?? "").count <= 256 else {
                throw .outsideModel(
                    tag.value ?? "", at: "tags.\(index + 1).member.value",
                    "have length less than or equal to 256")
            }
            guard !read.contains(where: { $0.key == key }) else { throw .duplicateTagKeys }
            read.append(ResourceTag(key, tag.value ?? ""))
        }
        guard read.count <= 50 else { throw .tooManyTags }
        return read
    }
}

/// What of this service can carry tags.
enum TaggedResource {
    case loadBalancer(LoadBalancerID)
    case targetGroup(TargetGroupID)
    case listener(ListenerID)
    case rule(ListenerRuleID)
}

extension Cloud {
    func taggedResource(_ arn: String, _ caller: Caller) throws(APIFailure) -> TaggedResource {
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        switch parts.last?.split(separator: "/").first {
        case "targetgroup"?: return .targetGroup(try targetGroupID(arn, caller))
        case "listener"?: return .listener(try listenerID(arn, caller))
        case "listener-rule"?:
            // The default rule has no tags of its own here. Simplified.
            guard case .rule(let id) = try ruleReference(arn, caller) else { throw .rulesNotFound }
            return .rule(id)
        default: return .loadBalancer(try loadBalancerID(arn, caller))
        }
    }
}

extension Balancing {
    subscript(tagsOf resource: TaggedResource) -> [ResourceTag] {
        get {
            switch resource {
            case .loadBalancer(let id): loadBalancers[id].tags
            case .targetGroup(let id): targetGroups[id].tags
            case .listener(let id): listeners[id].tags
            case .rule(let id): rules[id].tags
            }
        }
        set {
            switch resource {
            case .loadBalancer(let id): loadBalancers[id].tags = newValue
            case .targetGroup(let id): targetGroups[id].tags = newValue
            case .listener(let id): listeners[id].tags = newValue
            case .rule(let id): rules[id].tags = newValue
            }
        }
    }
}
