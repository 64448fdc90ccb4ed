import CloudAPI

extension EC2.Tag {
    init(_ tag: ResourceTag) { self.init(key: tag.key, value: tag.value) }
}

extension Array where Element == ResourceTag {
    var wire: [EC2.Tag] { map(EC2.Tag.init) }

    /// The tags with others added; a key that is there gets the new value.
    func adding(_ others: [ResourceTag]) throws(APIFailure) -> [ResourceTag] {
        var all = self
        for tag in others {
            if let known = all.firstIndex(where: { $0.key == tag.key }) {
                all[known] = tag
            } else {
                all.append(tag)
            }
        }
        // AWS's own tags do not count.
        guard all.count(where: { !$0.key.hasPrefix("aws:") }) <= Network.Quota.tags else {
            throw .tooManyResourceTags
        }
        return all
    }
}

extension Optional<[EC2.Tag]> {
    /// Tags as a caller gives them. Source: vpc.md section 1.
    func checked() throws(APIFailure) -> [ResourceTag] {
        var checked: [ResourceTag] = []
        for tag in self ?? [] {
            guard let key = tag.key, !key.isEmpty else { throw .ec2Missing("key") }
            guard !key.hasPrefix("aws:") else { throw .reservedResourceTag }
            let value = tag.value ?? ""
            // Documented lengths, texts assumed.
            guard key.count <= 128 else {
                throw .ec2Invalid("Tag key exceeds the maximum length of 128 characters")
            }
            guard value.count <= 256 else {
                throw .ec2Invalid("Tag value exceeds the maximum length of 256 characters")
            }
            guard !checked.contains(where: { $0.key == key }) else {
                throw .ec2Invalid("Duplicate tag key '\(key)' specified.")
            }
            checked.append(ResourceTag(key, value))
        }
        guard checked.count <= Network.Quota.tags else { throw .tooManyResourceTags }
        return checked
    }
}

extension Optional<[EC2.TagSpecification]> {
    /// The tags that a Create call gives to what it makes.
    func tags(for type: EC2.ResourceType) throws(APIFailure) -> [ResourceTag] {
        var all: [EC2.Tag]? = []
        for specification in self ?? [] {
            guard let wanted = specification.resourceType else {
                // Text: assumed.
                throw .ec2Invalid("Tag specification resource type must have a value")
            }
            guard wanted == type else { throw .notTaggable(wanted.rawValue) }
            guard let tags = specification.tags, !tags.isEmpty else { throw .emptyTagSpecification }
            all! += tags
        }
        return try all.checked()
    }
}

extension Network {
    /// Every kind of resource that has tags, in the order in which DescribeTags lists them.
    static let taggable: [any EC2Resource.Type] = [
        AddressID.self, InternetGatewayID.self, NatGatewayID.self, NetworkACLID.self,
        InterfaceID.self, RouteTableID.self, SecurityGroupID.self, SecurityGroupRuleID.self,
        SubnetID.self, VpcID.self,
    ]
}
