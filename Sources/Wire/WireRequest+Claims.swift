/// What a request says of itself that leads nowhere, for whoever writes down what was refused.
extension WireRequest {
    /// Who signed it and for what, by the header or the query; `nil` if nobody did.
    package var credential: Credential? {
        guard case .complete(let found) = Authorization.find(in: self) else { return nil }
        return found.credential
    }

    /// The operation that a form asks for: `"DescribeStacks"`.
    package var action: String? {
        let form = mediaType == "application/x-www-form-urlencoded"
        let text = query + (form ? "&" + String(decoding: body.prefix(4096), as: UTF8.self) : "")
        return text.split(separator: "&").first { $0.hasPrefix("Action=") }
            .map { String($0.dropFirst("Action=".count)) }
    }
}
