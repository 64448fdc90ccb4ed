import CloudAPI

/// Takes away what was set; the answer has no value, only the name and whose it was.
extension ECS.DeleteAccountSetting: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        _ = try Containers.setting(name)
        let principal = principalArn ?? caller.arn

        cloud.setAccountSetting(name, of: principal, in: caller.place, to: nil)

        return Output(setting: ECS.Setting(name: name, principalArn: principal))
    }
}
