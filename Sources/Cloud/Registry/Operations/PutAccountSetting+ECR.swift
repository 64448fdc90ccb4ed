import CloudAPI

/// The values are kept; nothing in Drydock depends on them.
extension ECR.PutAccountSetting: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let setting = try Registry.accountSetting(name)
        guard setting.values.contains(value) else {
            throw .registryParameter(
                "value",
                "Member must satisfy enum value set: [\(setting.values.joined(separator: ", "))]")
        }

        cloud.registry.settings[caller.place, default: .init()].account[name] = value

        return Output(name: name, value: value)
    }
}
