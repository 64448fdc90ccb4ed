import CloudAPI

extension EC2.CreateSubnet: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let vpc: VpcID = try cloud.find(vpcId, "vpcId", for: caller)
        guard let cidrBlock, !cidrBlock.isEmpty else { throw .ec2Missing("cidrBlock") }
        guard let block = CIDRBlock(cidrBlock) else { throw .isNoBlock(cidrBlock, "cidrBlock") }
        guard 16...28 ~= block.prefix, cloud.network.vpcs[vpc].block.contains(block) else {
            throw .subnetRange(cidrBlock)
        }
        let others = cloud.network.vpcs[vpc].subnets
        guard !others.contains(where: { cloud.network.subnets[$0].block.overlaps(block) }) else {
            throw .subnetConflict(cidrBlock)
        }
        guard ipv6Native != true, ipv6CidrBlock == nil else {
            throw .notSupportedByDrydock("IPv6 subnets")
        }
        let zone = try cloud.zone(availabilityZone, id: availabilityZoneId, for: caller)
        let tags = try tagSpecifications.tags(for: .subnet)
        guard others.count < Network.Quota.subnets else {
            throw .ec2LimitExceeded("SubnetLimitExceeded", "subnets")
        }
        try cloud.refuseDryRun(dryRun)

        // AWS chooses a zone if none is named; here it is the first. Assumed.
        let id = cloud.network.addSubnet(
            block, zone: zone ?? Region(caller.place.region).zones[0].name, to: vpc, tags: tags)

        return Output(subnet: EC2.Subnet(id, in: cloud))
    }
}

extension Cloud {
    /// The zone that a call names in one of two ways; `nil` if it names none.
    func zone(_ name: String?, id: String?, for caller: Caller) throws(APIFailure) -> String? {
        let region = Region(caller.place.region)
        if name != nil, id != nil {
            // Text: assumed.
            throw .ec2Combination(
                "Only one of availabilityZone and availabilityZoneId can be specified")
        }
        if let name {
            guard let zone = region.zone(named: name) else {
                let zones = region.zones.map(\.name).joined(separator: ", ")
                throw .ec2InvalidValue(
                    name, of: "availabilityZone",
                    "Subnets can currently only be created in the following availability zones: "
                        + zones + ".")
            }
            return zone.name
        }
        if let id {
            guard let zone = region.zone(withID: id) else {
                let zones = region.zones.map(\.id).joined(separator: ", ")
                throw .ec2InvalidValue(
                    id, of: "availabilityZoneId",
                    "Subnets can currently only be created in the following availability zones: "
                        + zones + ".")
            }
            return zone.name
        }
        return nil
    }
}
