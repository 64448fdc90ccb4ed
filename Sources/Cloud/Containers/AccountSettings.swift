import CloudAPI

extension Containers {
    /// What is set for the users and roles of an account in a region.
    struct AccountSettings: Sendable, Codable {
        /// By setting, for everyone who has none of their own.
        var defaults = Index<String, String>()
        /// By principal, then by setting.
        var principals = Index<String, Index<String, String>>()
    }

    /// A setting, its values and, in front, the one that holds until someone says otherwise.
    struct KnownSetting {
        let name: ECS.SettingName
        let values: [String]
        var isAWS = false
    }

    /// In the order of their names. Source: ecs.md sections 4.6 to 4.8 and 3.12; values and first
    /// values of the others: the API reference, `PutAccountSetting`.
    static let knownSettings: [KnownSetting] = [
        .init(name: .awsvpcTrunking, values: ["disabled", "enabled"]),
        .init(name: .containerInsights, values: ["disabled", "enabled", "enhanced"]),
        .init(name: .containerInstanceLongArnFormat, values: ["enabled", "disabled"]),
        .init(name: .defaultLogDriverMode, values: ["non-blocking", "blocking"]),
        .init(name: .fargateEventWindows, values: ["disabled", "enabled"]),
        .init(name: .fargateFIPSMode, values: ["disabled", "enabled"]),
        .init(name: .fargateTaskRetirementWaitPeriod, values: ["7", "0", "14"]),
        .init(name: .guardDutyActivate, values: ["off", "on"], isAWS: true),
        .init(name: .serviceLongArnFormat, values: ["enabled", "disabled"]),
        .init(name: .tagResourceAuthorization, values: ["on", "off"]),
        .init(name: .taskLongArnFormat, values: ["enabled", "disabled"]),
    ]

    /// A setting that a call may change. The texts: assumed.
    static func setting(
        _ name: ECS.SettingName, to value: String? = nil
    ) throws(APIFailure) -> KnownSetting {
        guard let known = knownSettings.first(where: { $0.name == name }), !known.isAWS else {
            throw .settingNameInvalid
        }
        if let value, !known.values.contains(value) {
            throw .settingValueInvalid(name.rawValue, known.values.sorted())
        }
        return known
    }

    /// Whether settings of this principal are those of the whole account. Source: the API
    /// reference, `PutAccountSetting`, `principalArn`.
    static func isRoot(_ principal: String) -> Bool { principal.hasSuffix(":root") }
}

extension Cloud {
    /// What holds for a principal: its own value, the account's, or the first.
    func accountSetting(
        _ name: ECS.SettingName, of principal: String, in place: Place
    ) -> String {
        let kept = containers.accountSettings[place]
        return kept?.principals[principal]?[name.rawValue] ?? kept?.defaults[name.rawValue]
            ?? Containers.knownSettings.first { $0.name == name }?.values[0] ?? ""
    }

    /// - Parameter value: `nil` takes away what was set.
    mutating func setAccountSetting(
        _ name: ECS.SettingName, of principal: String?, in place: Place, to value: String?
    ) {
        var kept = containers.accountSettings[place] ?? Containers.AccountSettings()
        if let principal, !Containers.isRoot(principal) {
            kept.principals[principal, default: .init()][name.rawValue] = value
        } else {
            kept.defaults[name.rawValue] = value
        }
        containers.accountSettings[place] = kept
    }

    func setting(
        _ name: ECS.SettingName, of principal: String, in place: Place
    ) -> ECS.Setting {
        let isAWS = Containers.knownSettings.first { $0.name == name }?.isAWS ?? false
        return ECS.Setting(
            name: name, value: accountSetting(name, of: principal, in: place),
            principalArn: principal, type: isAWS ? .awsManaged : .user)
    }
}
