import CloudAPI

/// Only resources that are shared with other accounts have a policy, and Drydock shares none.
/// Text: the model's sentence about the exception.
extension ELBv2.GetResourcePolicy: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        throw .balancingResourceNotFound
    }
}
