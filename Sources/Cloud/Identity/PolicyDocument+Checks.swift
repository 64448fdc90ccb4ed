import CloudAPI

/// Source of the texts: surroundings.md section 3, in quotation marks or marked as assumed there;
/// those that the sheet does not have are assumed too.
extension PolicyDocument {
    /// Reads the policy that says who may assume a role.
    static func trust(_ text: String) throws(APIFailure) -> PolicyDocument {
        for statement in try statements(text) {
            if statement["Resource"] != nil || statement["NotResource"] != nil {
                throw .malformedPolicy("Has prohibited field Resource")
            }
            guard let principal = statement["Principal"] else {
                throw .malformedPolicy("Missing required field Principal")
            }
            guard let actions = statement["Action"]?.asTexts, !actions.isEmpty else {
                throw .malformedPolicy("Missing required field Action")
            }
            guard actions.allSatisfy({ $0.lowercased().hasPrefix("sts:") || $0 == "*" }) else {
                throw .malformedPolicy("AssumeRole policy may only specify STS AssumeRole actions.")
            }
            try check(principal)
        }
        return try read(text)
    }

    /// Reads the policy that says what whoever has it may do.
    static func permissions(_ text: String) throws(APIFailure) -> PolicyDocument {
        for statement in try statements(text) {
            if statement["Principal"] != nil || statement["NotPrincipal"] != nil {
                throw .malformedPolicy("Policy document should not specify a principal.")
            }
            guard let actions = (statement["Action"] ?? statement["NotAction"])?.asTexts,
                !actions.isEmpty
            else { throw .malformedPolicy("Policy statement must contain actions.") }
            guard actions.allSatisfy({ $0 == "*" || $0.contains(":") }) else {
                throw .malformedPolicy(
                    "Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.")
            }
            guard let resources = (statement["Resource"] ?? statement["NotResource"])?.asTexts,
                !resources.isEmpty
            else { throw .malformedPolicy("Policy statement must contain resources.") }
            for resource in resources where resource != "*" && !resource.hasPrefix("arn:") {
                throw .malformedPolicy("Resource \(resource) must be in ARN format or \"*\".")
            }
        }
        return try read(text)
    }

    private static func read(_ text: String) throws(APIFailure) -> PolicyDocument {
        guard let document = PolicyDocument(text) else {
            throw .malformedPolicy("Syntax errors in policy.")
        }
        return document
    }

    private static func statements(_ text: String) throws(APIFailure) -> [WireValue] {
        guard let json = WireValue(json: text) else {
            throw .malformedPolicy("This policy contains invalid Json")
        }
        let versions: [String?] = [nil, "2012-10-17", "2008-10-17"]
        let list = json["Statement"].map { $0.asList ?? [$0] } ?? []
        guard versions.contains(json["Version"]?.asText), !list.isEmpty,
            list.allSatisfy({ $0.asMembers != nil })
        else { throw .malformedPolicy("Syntax errors in policy.") }
        return list
    }

    private static func check(_ principal: WireValue) throws(APIFailure) {
        if principal.asText == "*" {
            throw .malformedPolicy(
                "AssumeRolepolicy contained an invalid principal: \"STAR\":\"*\".")
        }
        guard let kinds = principal.asMembers else {
            throw .malformedPolicy("Syntax errors in policy.")
        }
        for kind in kinds {
            for name in kind.value.asTexts ?? [] where !isPrincipal(name, of: kind.key) {
                throw .malformedPolicy(
                    "Invalid principal in policy: \"\(kind.key.uppercased())\":\"\(name)\"")
            }
        }
    }

    private static func isPrincipal(_ name: String, of kind: String) -> Bool {
        switch kind {
        case "Service": name.contains(".") && !name.contains(" ")
        case "AWS":
            name == "*" || name.hasPrefix("arn:aws:")
                || name.utf8.count == 12 && name.utf8.allSatisfy { 48...57 ~= $0 }
        default: true
        }
    }
}
