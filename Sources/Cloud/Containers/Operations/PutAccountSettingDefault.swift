import CloudAPI

/// For everyone in the account who has no value of their own. Source: ecs.md section 4.6.
extension ECS.PutAccountSettingDefault: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        _ = try Containers.setting(name, to: value)

        cloud.setAccountSetting(name, of: nil, in: caller.place, to: value)

        let root = "arn:aws:iam::\(caller.place.account):root"
        return Output(setting: cloud.setting(name, of: root, in: caller.place))
    }
}
