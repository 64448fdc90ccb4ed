import CloudAPI

extension ELBv2.RemoveListenerCertificates: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.listenerID(listenerArn, caller)
        let gone = certificates.map { $0.certificateArn ?? "" }
        if let main = cloud.balancing.listeners[id].certificates.first, gone.contains(main) {
            // Documented: the default one stays; the text is assumed.
            throw .balancing(
                "OperationNotPermitted", "Default certificate '\(main)' cannot be removed")
        }

        cloud.balancing.listeners[id].certificates.removeAll { gone.contains($0) }

        return Output()
    }
}
