import CloudAPI

/// For roles only, and without the policies that the call itself could bring along. Conditions are
/// taken to hold where they allow, and not to hold where they deny.
extension IAM.SimulatePrincipalPolicy: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        guard let id = cloud.identity.role(arn: policySourceArn),
            cloud.identity.roles[id].account == caller.place.account
        else { throw .noSuchEntity("The role with ARN \(policySourceArn) cannot be found.") }
        var results: [IAM.EvaluationResult] = []
        for action in actionNames {
            for resource in resourceArns ?? ["*"] {
                let decision = cloud.identity.decision(for: id, action: action, on: resource)
                results.append(
                    .init(
                        evalActionName: action, evalResourceName: resource,
                        evalDecision: .init(decision), matchedStatements: [],
                        missingContextValues: []))
            }
        }
        return Output(evaluationResults: results, isTruncated: false)
    }
}

extension IAM.PolicyEvaluationDecisionType {
    fileprivate init(_ decision: PolicyDocument.Decision) {
        switch decision {
        case .allowed: self = .allowed
        case .explicitDeny: self = .explicitDeny
        case .implicitDeny: self = .implicitDeny
        }
    }
}
