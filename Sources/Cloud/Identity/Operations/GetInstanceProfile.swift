import CloudAPI

extension IAM.GetInstanceProfile: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.identity.find(instanceProfile: instanceProfileName, for: caller)
        return Output(instanceProfile: IAM.InstanceProfile(id, in: cloud))
    }
}
