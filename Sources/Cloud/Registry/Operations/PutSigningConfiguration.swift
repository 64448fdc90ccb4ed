import CloudAPI

/// The rules are kept; `DescribeImageSigningStatus` says that Drydock signs nothing.
extension ECR.PutSigningConfiguration: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let count = (signingConfiguration.rules ?? []).count
        guard count <= 10 else {
            throw .registryParameter(
                "signingConfiguration.rules", "Member must have length less than or equal to 10")
        }

        cloud.registry.settings[caller.place, default: .init()].signing = Wired(
            signingConfiguration)

        return Output(signingConfiguration: signingConfiguration)
    }
}
