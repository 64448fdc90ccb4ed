import CloudAPI

extension EC2.CreateVpcEndpoint: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        if let id = try cloud.made(
            by: self, clientToken, among: cloud.network.endpoints, for: caller)
        {
            return Output(vpcEndpoint: EC2.VpcEndpoint(id, in: cloud), clientToken: clientToken)
        }
        let vpc: VpcID = try cloud.find(vpcId, "vpcId", for: caller)
        let kind = try kind()
        let service = try cloud.endpointService(serviceName, kind, for: caller)
        let tags = try tagSpecifications.tags(for: .vpcEndpoint)
        var endpoint = Network.Endpoint(
            place: caller.place, vpc: vpc, service: service.name, kind: kind,
            state: kind == .gateway ? .available : .pending, policy: policyDocument,
            createdAt: cloud.now, tags: tags)
        var subnets: [SubnetID] = []
        if kind == .gateway {
            endpoint.routeTables = try cloud.routeTables(
                routeTableIds, forEndpointTo: service.name, in: vpc, for: caller)
        } else {
            subnets = try cloud.subnets(subnetIds, besides: [], in: vpc, for: caller)
            endpoint.securityGroups = try cloud.groups(securityGroupIds, of: vpc, for: caller)
            // S3 is reached by its gateway; its interfaces have names of their own.
            endpoint.hasPrivateDNS = privateDnsEnabled ?? (service.name != "s3")
            if endpoint.hasPrivateDNS { try cloud.checkPrivateDNS(of: service, in: vpc) }
        }
        try cloud.refuseDryRun(dryRun)

        let id = cloud.makeEndpoint(endpoint, in: subnets)
        cloud.remember(id, madeBy: self, clientToken, for: caller)

        return Output(vpcEndpoint: EC2.VpcEndpoint(id, in: cloud), clientToken: clientToken)
    }

    private func kind() throws(APIFailure) -> Network.Endpoint.Kind {
        switch vpcEndpointType ?? .gateway {
        case .gateway: return .gateway
        case .interface: return .interface
        default: throw .notSupportedByDrydock("\(vpcEndpointType!.rawValue) endpoints")
        }
    }
}
