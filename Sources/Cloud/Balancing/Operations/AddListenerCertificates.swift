import CloudAPI

extension ELBv2.AddListenerCertificates: Handled {
    /// One that is there already is no error.
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.listenerID(listenerArn, caller)
        let listener = cloud.balancing.listeners[id]
        guard Balancing.Listener.isSecure(listener.protocol) else {
            // Assumed.
            throw .balancingInvalid(
                "Certificates cannot be specified for \(listener.protocol) listeners")
        }
        var new: [String] = []
        for certificate in certificates {
            let arn = try Balancing.Listener.readCertificate(certificate)
            if !listener.certificates.contains(arn) && !new.contains(arn) { new.append(arn) }
        }
        // Documented: 25 beside the default ones; the text is assumed.
        guard listener.certificates.count + new.count <= 26 else {
            throw .balancing(
                "TooManyCertificates", "The maximum number of certificates has been reached")
        }

        cloud.balancing.listeners[id].certificates += new

        return Output(
            certificates: certificates.map {
                .init(certificateArn: $0.certificateArn, isDefault: false)
            })
    }
}
