import CloudAPI

extension IAM.ListPolicies: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        guard [nil, .all, .aws, .local].contains(scope) else {
            throw .identityValidation(
                scope?.rawValue ?? "", at: "scope", "satisfy enum value set: [All, AWS, Local]")
        }
        // By ARN; a user's own come first, because digits stand before letters.
        let own = cloud.identity.policiesByAccount[caller.place.account] ?? []
        var arns = scope == .aws ? [] : own.map { cloud.arn($0) }.sorted()
        if scope != .local { arns += ManagedPolicy.all.map(\.arn) }
        let page = try NamedPage(
            of: arns, after: marker, maxItems, name: { $0 },
            where: { arn in
                let key = AccountName(account: caller.place.account, name: arn)
                return arn.pathOfPolicy.hasPrefix(pathPrefix ?? "/")
                    && (onlyAttached != true || cloud.identity.attachments[key] != nil)
            })
        return Output(
            policies: page.elements.map { policy($0, in: cloud, for: caller) },
            isTruncated: page.marker != nil, marker: page.marker)
    }

    private func policy(_ arn: String, in cloud: Cloud, for caller: Caller) -> IAM.Policy {
        if let managed = ManagedPolicy.named(arn: arn) {
            return IAM.Policy(managed, for: caller, in: cloud)
        }
        guard let id = cloud.identity.policy(arn: arn) else { preconditionFailure("it was listed") }
        return IAM.Policy(id, in: cloud)
    }
}
