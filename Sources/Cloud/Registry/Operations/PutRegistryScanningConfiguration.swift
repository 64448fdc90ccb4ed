import CloudAPI

/// Source: ecr.md section 13.1. The texts: assumed.
extension ECR.PutRegistryScanningConfiguration: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        guard scanType != .enhanced else { throw .registryNotSupported("enhanced scanning") }
        let rules = rules ?? []
        guard rules.count <= 2 else {
            throw .registryParameter("rules", "Member must have length less than or equal to 2")
        }
        for rule in rules {
            guard [.scanOnPush, .manual].contains(rule.scanFrequency) else {
                throw .registryParameter(
                    "rules",
                    "scanFrequency of a registry with scanType BASIC must be SCAN_ON_PUSH or MANUAL"
                )
            }
        }
        guard Set(rules.map(\.scanFrequency)).count == rules.count else {
            throw .registryParameter("rules", "a scanFrequency can be in one rule only")
        }

        let kept = ECR.RegistryScanningConfiguration(scanType: .basic, rules: rules)
        cloud.registry.settings[caller.place, default: .init()].scanning = Wired(kept)

        return Output(registryScanningConfiguration: kept)
    }
}
