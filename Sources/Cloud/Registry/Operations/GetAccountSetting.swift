import CloudAPI

extension ECR.GetAccountSetting: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let setting = try Registry.accountSetting(name)
        let kept = cloud.registry.settings[caller.place]?.account[name]
        return Output(name: name, value: kept ?? setting.values[0])
    }
}
