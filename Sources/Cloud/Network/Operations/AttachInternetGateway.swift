import CloudAPI

extension EC2.AttachInternetGateway: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id: InternetGatewayID = try cloud.find(
            internetGatewayId, "internetGatewayId", for: caller)
        let vpc: VpcID = try cloud.find(vpcId, "vpcId", for: caller)
        if let other = cloud.network.internetGateways[id].vpc {
            throw .alreadyAssociated(
                "resource \(internetGatewayId) is already attached to network \(cloud.ec2ID(other))"
            )
        }
        guard cloud.network.vpcs[vpc].internetGateway == nil else {
            throw .ec2Invalid("Network \(vpcId) already has an internet gateway attached")
        }
        try cloud.refuseDryRun(dryRun)

        cloud.network.attach(id, to: vpc)
        cloud.record(.network(.pathsChanged(vpc)))

        return Output()
    }
}
