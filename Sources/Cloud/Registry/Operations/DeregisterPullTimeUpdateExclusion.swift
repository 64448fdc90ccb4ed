import CloudAPI

extension ECR.DeregisterPullTimeUpdateExclusion: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let settings = cloud.registrySettings(of: caller.place)
        guard settings.pullTimeExclusions[principalArn] != nil else { throw .exclusionNotFound }

        cloud.registry.settings[caller.place]?.pullTimeExclusions[principalArn] = nil

        return Output(principalArn: principalArn)
    }
}
