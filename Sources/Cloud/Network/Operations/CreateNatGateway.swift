import CloudAPI

extension EC2.CreateNatGateway: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        if let id = try cloud.made(
            by: self, clientToken, among: cloud.network.natGateways, for: caller)
        {
            return Output(clientToken: clientToken, natGateway: EC2.NatGateway(id, in: cloud))
        }
        guard (availabilityMode ?? .zonal) == .zonal else {
            throw .notSupportedByDrydock("regional NAT gateways")
        }
        guard (secondaryAllocationIds ?? []).isEmpty, (secondaryPrivateIpAddresses ?? []).isEmpty,
            (secondaryPrivateIpAddressCount ?? 0) == 0
        else { throw .notSupportedByDrydock("secondary addresses of NAT gateways") }
        let subnet: SubnetID = try cloud.find(subnetId, "subnetId", for: caller)
        let address = try address(in: cloud, for: caller)
        let offset = try privateIpAddress.map { (text) throws(APIFailure) in
            try cloud.network.freeOffset(of: text, in: subnet)
        }
        let tags = try tagSpecifications.tags(for: .natgateway)
        let zone = cloud.network.subnets[subnet].zone
        let existing = NatGatewayID.all(in: caller.place, of: cloud.network).count {
            cloud.network.natGateways[$0].isAlive
                && cloud.network.subnets[cloud.network.natGateways[$0].subnet].zone == zone
        }
        let limit = Network.Quota.natGatewaysPerZone
        guard existing < limit else { throw .natGatewayLimit(limit) }
        try cloud.refuseDryRun(dryRun)

        let id = cloud.makeNatGateway(
            in: subnet, address: address, privateAddress: offset, tags: tags)
        cloud.remember(id, madeBy: self, clientToken, for: caller)

        return Output(clientToken: clientToken, natGateway: EC2.NatGateway(id, in: cloud))
    }

    /// A public gateway has an elastic address, a private one has none.
    private func address(in cloud: Cloud, for caller: Caller) throws(APIFailure) -> AddressID? {
        if (connectivityType ?? .public) == .public {
            return try cloud.find(allocationId, "allocationId", for: caller)
        }
        guard allocationId == nil else {
            // Text: assumed.
            throw .ec2Combination(
                "The parameter AllocationId cannot be used with connectivity type private")
        }
        return nil
    }
}

extension Network.NatGateway {
    /// Whether it still has its interface, or will have one.
    fileprivate var isAlive: Bool { interface != nil }
}
