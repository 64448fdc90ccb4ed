import CloudAPI

/// Source: ecs.md section 4.6.
extension ECS.PutAccountSetting: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        _ = try Containers.setting(name, to: value)
        let principal = principalArn ?? caller.arn

        cloud.setAccountSetting(name, of: principal, in: caller.place, to: value)

        return Output(setting: cloud.setting(name, of: principal, in: caller.place))
    }
}
