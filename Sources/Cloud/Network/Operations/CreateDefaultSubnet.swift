import CloudAPI

extension EC2.CreateDefaultSubnet: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let zone = try cloud.zone(availabilityZone, id: availabilityZoneId, for: caller)
        guard let zone else { throw .ec2Missing("availabilityZone") }
        guard let vpc = cloud.network.defaultVpc(of: caller.place) else { throw .noDefaultVpc }
        let existing = cloud.network.vpcs[vpc].subnets.first {
            cloud.network.subnets[$0].isDefaultForZone && cloud.network.subnets[$0].zone == zone
        }
        if let existing { throw .defaultSubnetExists(cloud.ec2ID(existing), zone) }
        guard cloud.network.freeDefaultBlock(in: vpc) != nil else {
            throw .subnetConflict(cloud.network.vpcs[vpc].block.description)
        }
        guard ipv6Native != true else { throw .notSupportedByDrydock("IPv6 subnets") }
        try cloud.refuseDryRun(dryRun)

        let id = cloud.network.addDefaultSubnet(in: zone, to: vpc)!

        return Output(subnet: EC2.Subnet(id, in: cloud))
    }
}
