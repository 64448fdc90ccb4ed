import CloudAPI

/// Of the settings Drydock goes by `BLOB_MOUNTING` alone; the others are kept.
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
