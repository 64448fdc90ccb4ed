import CloudAPI

/// The principal is kept; the time of a pull is noted for everyone.
extension ECR.RegisterPullTimeUpdateExclusion: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        guard Registry.isPrincipal(principalArn) else {
            throw .registryParameter(
                "principalArn",
                "must satisfy regular expression '^arn:aws(-[a-z]+)*:iam::[0-9]{12}:(role|user)/"
                    + "[\\w+=,.@-]+(/[\\w+=,.@-]+)*$'")
        }
        let settings = cloud.registrySettings(of: caller.place)
        guard settings.pullTimeExclusions[principalArn] == nil else {
            throw .exclusionAlreadyExists
        }

        cloud.registry.settings[caller.place, default: .init()]
            .pullTimeExclusions[principalArn] = cloud.now

        return Output(principalArn: principalArn, createdAt: cloud.calendar(cloud.now))
    }
}

extension Registry {
    /// Whether a text is the ARN of a role or a user.
    static func isPrincipal(_ arn: String) -> Bool {
        let parts = arn.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        return parts.count == 6 && parts[0] == "arn" && parts[1].hasPrefix("aws")
            && parts[2] == "iam" && parts[3].isEmpty && parts[4].utf8.count == 12
            && (parts[5].hasPrefix("role/") || parts[5].hasPrefix("user/"))
            && arn.utf8.count <= 200
    }
}
