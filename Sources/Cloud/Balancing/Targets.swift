import CloudAPI
import Simulation

extension Balancing {
    /// A target as a caller names it.
    struct TargetName {
        var address: IPv4Address
        /// `nil`: not named.
        var port: Int?
        var zone: String?
    }
}

extension Cloud {
    /// Reads a target that is to be registered with a group: elbv2.md sections 5 and 9.
    func newTarget(
        _ description: ELBv2.TargetDescription, number: Int, in group: TargetGroupID
    ) throws(APIFailure) -> Balancing.TargetName {
        let id = description.id ?? ""
        try Balancing.checkRange(description.port, 1...65535, at: "targets.\(number).member.port")
        guard balancing.targetGroups[group].targetType == .ip else {
            // Drydock has no instances, so none is running.
            throw .balancing(
                "InvalidTarget",
                "The following targets are not in a running state and cannot be registered: '\(id)'"
            )
        }
        guard let address = IPv4Address(id) else {
            // Assumed.
            throw .balancingInvalid("The IP address '\(id)' is not a valid IPv4 address")
        }
        return .init(
            address: address, port: description.port,
            zone: try zone(of: address, wanted: description.availabilityZone, in: group))
    }

    /// The zone of a target: that of its subnet, or `all` for an address outside of the VPC. What
    /// counts are the VPC's subnets, not its blocks.
    private func zone(
        of address: IPv4Address, wanted: String?, in group: TargetGroupID
    ) throws(APIFailure) -> String {
        if let subnet = subnet(of: address, in: balancing.targetGroups[group].vpc) {
            let zone = network.subnets[subnet].zone
            if let wanted, wanted != zone {
                throw .balancingInvalid(
                    "The IP address '\(address)' is within the VPC, and cannot have its "
                        + "Availability Zone overridden to '\(wanted)' from '\(zone)'")
            }
            return zone
        }
        guard address.canBeTarget else {
            // Assumed.
            throw .balancingInvalid(
                "The IP address '\(address)' is not within the VPC or one of the blocks "
                    + "10.0.0.0/8, 100.64.0.0/10, 172.16.0.0/12, 192.168.0.0/16")
        }
        guard let wanted, !wanted.isEmpty else {
            throw .balancingInvalid(
                "The Availability Zone is required for IP address '\(address)' because it is not "
                    + "in the VPC")
        }
        return wanted
    }

    private func subnet(of address: IPv4Address, in vpc: VpcID) -> SubnetID? {
        network.vpcs[vpc].subnets.first { network.subnets[$0].block.contains(address) }
    }

    /// The registered targets of a group that a caller means: with a port one, without it every one
    /// at the address.
    func targets(
        _ description: ELBv2.TargetDescription, in group: TargetGroupID
    ) -> [TargetID] {
        guard let address = IPv4Address(description.id ?? "") else { return [] }
        return balancing.targets(at: address, in: balancing.targetGroups[group].vpc).filter {
            let target = balancing.targets[$0]
            return target.group == group && (description.port ?? target.port) == target.port
        }
    }
}

extension IPv4Address {
    /// The blocks outside of the VPC in which targets can be: elbv2.md section 5.
    fileprivate var canBeTarget: Bool { isPrivate || rawValue >> 22 == 0x6440_0000 >> 22 }
}
