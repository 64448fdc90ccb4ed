import CloudAPI

/// Drydock's refusals carry no encoded message, so there is none to decode.
extension STS.DecodeAuthorizationMessage: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        throw .invalidAuthorizationMessage
    }
}
