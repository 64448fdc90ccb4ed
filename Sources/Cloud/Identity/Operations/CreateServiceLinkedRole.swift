import CloudAPI

extension IAM.CreateServiceLinkedRole: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        guard let link = Identity.serviceLink(awsServiceName) else {
            throw .invalidIdentityInput(
                "Drydock knows no service-linked role of \(awsServiceName).")
        }
        if let customSuffix {
            try Identity.check(name: customSuffix, "customSuffix", upTo: 64)
            guard link.takesSuffix else {
                throw .invalidIdentityInput("Custom suffix is not allowed for \(awsServiceName)")
            }
        }
        let name = link.role + (customSuffix.map { "_\($0)" } ?? "")
        guard cloud.identity.role(named: name, in: caller.place.account) == nil else {
            throw .invalidIdentityInput(
                "Service role name \(name) has been taken in this account, please try a different "
                    + "suffix.")
        }

        let id = cloud.identity.add(
            link, suffix: customSuffix, description: description, in: caller.place.account,
            at: cloud.now)

        return Output(role: IAM.Role(id, in: cloud))
    }
}
