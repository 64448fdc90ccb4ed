import CloudAPI

extension ELBv2.DeleteTargetGroup: Handled {
    /// One that is not there is no error. Assumed; elbv2.md section 9.
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        guard let id = try cloud.findTargetGroup(targetGroupArn, caller) else { return Output() }
        guard cloud.balancing.targetGroups[id].leads == 0 else {
            throw .targetGroupInUse(targetGroupArn)
        }

        cloud.remove(id)

        return Output()
    }
}
