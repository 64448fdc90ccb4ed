import CloudAPI

extension ELBv2.DeleteLoadBalancer: Handled {
    /// One that is not there is no error: elbv2.md section 3.
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        guard let id = try cloud.findLoadBalancer(loadBalancerArn, caller) else { return Output() }
        guard !cloud.balancing.loadBalancers[id].isProtected else {
            throw .loadBalancerIsProtected(loadBalancerArn)
        }

        cloud.remove(id)

        return Output()
    }
}
