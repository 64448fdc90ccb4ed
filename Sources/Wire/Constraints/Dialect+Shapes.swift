import CloudAPI

extension Dialect {
    /// What a service says of a member that is not what its type asks for.
    func failure(_ failure: ShapeFailure, in fields: WireFields) -> APIFailure {
        let name = failure.path.last ?? "the request"
        let place = failure.path.map(\.withLowerFirst).joined(separator: ".")
        switch (failure.problem, self) {
        case (.missing, .byHand):
            // Source of the code: ecs.md section 1.5. Text: assumed.
            return APIFailure(code: "InvalidParameterException", message: "\(name) cannot be null.")
        case (.missing, .ec2):
            return APIFailure(
                code: "MissingParameter",
                message: "The request must contain the parameter \(name.withLowerFirst)")
        case (.missing, .registry):
            return APIFailure(
                code: "InvalidParameterException",
                message: "Invalid parameter at '\(place)' failed to satisfy constraint: "
                    + "'Member must not be null'")
        case (.missing, .shared(let code)):
            return APIFailure(
                code: code,
                message: "1 validation error detected: Value null at '\(place)' failed to satisfy "
                    + "constraint: Member must not be null")
        case (.mismatch(let expected, let found), .ec2):
            // Code: EC2 API Reference, "Error codes". Text: assumed.
            let value = fields.text(at: failure.path).map { "Value (\($0))" } ?? "The value"
            return APIFailure(
                code: "InvalidParameterValue",
                message: "\(value) for parameter \(place) is invalid. Expected \(expected), found "
                    + "\(found).")
        case (.mismatch(let expected, let found), _):
            let text = Self.conversion(to: expected, from: found)
            // The code of a query service is assumed.
            return APIFailure(
                code: fields.style == .json ? "SerializationException" : "MalformedInput",
                message: place.isEmpty ? text : "\(text) (at \(place))")
        }
    }

    /// AWS's texts, as observed in many services; AWS does not say where the value stands.
    private static func conversion(to expected: String, from found: String) -> String {
        let kinds = [
            "a string": "STRING_VALUE", "a number": "NUMBER_VALUE", "a boolean": "BOOLEAN_VALUE",
        ]
        let types = [
            "a string": "a String", "a whole number": "an Integer", "a number": "a Double",
            "a boolean": "a Boolean", "true or false": "a Boolean", "a timestamp": "a Timestamp",
            "base64": "a Blob",
        ]
        switch found {
        case "a list" where expected != "a list": return "Start of list found where not expected."
        case "an object" where expected != "an object":
            return "Start of structure or map found where not expected."
        default: break
        }
        guard let kind = kinds[found], let type = types[expected] else {
            return "Unexpected field type"
        }
        return "\(kind) can not be converted to \(type)"
    }
}

extension WireFields {
    /// The text at a place that a failure names, if there is text.
    fileprivate func text(at path: [String]) -> String? {
        guard let first = path.first, let value = value(first) else { return nil }
        if path.count == 1, case .string(let text) = value { return text }
        guard let fields = try? WireFields(value, style: style) else { return nil }
        return fields.text(at: Array(path.dropFirst()))
    }
}
