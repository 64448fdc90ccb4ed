import CloudAPI
import Simulation

/// A role that is not there and one that does not trust the caller look the same.
/// Source: surroundings.md section 2.
extension STS.AssumeRole: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        try checkValues()
        guard let id = cloud.identity.role(arn: roleArn),
            cloud.identity.roles[id].trustPolicy.trusts(caller, in: caller.place.account)
        else { throw .identityAccessDenied(caller, "sts:AssumeRole", roleArn) }
        let role = cloud.identity.roles[id]
        let seconds = durationSeconds ?? 3600
        guard seconds <= role.maxSessionSeconds else {
            throw .identityValidation(
                "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.")
        }

        let arn = "arn:aws:sts::\(role.account):assumed-role/\(role.name)/\(roleSessionName)"
        let (keyID, key) = cloud.giveAccessKey(
            for: arn, in: role.account, lasting: .seconds(seconds))

        return Output(
            credentials: STS.Credentials(keyID, key, in: cloud),
            assumedRoleUser: .init(
                assumedRoleId: "\(cloud.uniqueID(id)):\(roleSessionName)", arn: arn),
            sourceIdentity: sourceIdentity)
    }

    private func checkValues() throws(APIFailure) {
        try Identity.check(durationSeconds, at: "durationSeconds", in: 900...43_200)
        guard roleArn.utf8.count >= 20 else {
            throw .identityValidation(
                roleArn, at: "roleArn", "have length greater than or equal to 20")
        }
        guard roleArn.hasPrefix("arn:") else { throw .identityValidation("\(roleArn) is invalid") }
        guard (2...64).contains(roleSessionName.utf8.count), Identity.isName(roleSessionName) else {
            throw .identityValidation(
                roleSessionName, at: "roleSessionName",
                "satisfy regular expression pattern: [\\w+=,.@-]*")
        }
        if let policy, PolicyDocument(policy) == nil {
            throw .malformedPolicy("Syntax errors in policy.")
        }
    }
}
