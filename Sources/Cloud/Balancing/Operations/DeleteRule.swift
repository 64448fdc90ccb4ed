import CloudAPI

extension ELBv2.DeleteRule: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        guard case .rule(let id) = try cloud.ruleReference(ruleArn, caller) else {
            throw .defaultRuleStays(ruleArn)
        }
        cloud.remove(id)
        return Output()
    }
}
