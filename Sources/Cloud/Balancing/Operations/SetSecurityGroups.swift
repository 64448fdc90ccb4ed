import CloudAPI

extension ELBv2.SetSecurityGroups: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.loadBalancerID(loadBalancerArn, caller)
        let balancer = cloud.balancing.loadBalancers[id]
        let groups = try cloud.securityGroupIDs(securityGroups, of: balancer.vpc)
        guard !groups.isEmpty else { throw .invalidSecurityGroups }
        guard balancer.kind == .application || !balancer.securityGroups.isEmpty else {
            // Documented: only one that was created with groups can have others; text assumed.
            throw .invalidConfiguration(
                "You cannot set security groups on a Network Load Balancer that was created "
                    + "without them")
        }

        if groups != balancer.securityGroups { cloud.setSecurityGroups(of: id, to: groups) }

        return Output(
            securityGroupIds: groups.map { cloud.naming.ec2ID("sg", $0, .securityGroup) })
    }
}
