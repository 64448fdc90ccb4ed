import CloudAPI

extension Registry.ImageConfiguration {
    /// Reads the configuration of an image, as OCI and Docker write it: its architecture, its
    /// labels and the port it exposes, if it is one.
    ///
    /// Source: OCI Image Format Specification, "Image Configuration".
    ///
    /// - Throws: A sentence about the label that makes no sense. What is no JSON object says
    ///   nothing and is read as such, because a registry takes any bytes as a configuration.
    public init(json bytes: [UInt8]) throws(AppProfile.LabelFailure) {
        self.init()
        guard let json = try? JSONReader.read(bytes, maximumSize: 8_388_608) else { return }
        architecture = json["architecture"]?.asText ?? architecture
        var labels: [String: String] = [:]
        for member in json["config"]?["Labels"]?.asMembers ?? [] {
            labels[member.key] = member.value.asText
        }
        profile = try AppProfile(labels: labels)
        let exposed = json["config"]?["ExposedPorts"]?.asMembers ?? []
        if profile.port == nil, exposed.count == 1 {
            profile.port = Int(exposed[0].key.prefix { $0 != "/" })
        }
    }
}
