import CloudAPI

extension Registry.ImageConfiguration {
    /// What is longer is not read.
    public static let mostBytes = 8_388_608

    /// Reads the configuration of an image, as OCI and Docker write it: its architecture, its
    /// labels, its command and the port it exposes, if it is one.
    ///
    /// Source: OCI Image Format Specification, "Image Configuration".
    ///
    /// - Parameter more: Labels that someone else has put on the image; they count more.
    /// - Throws: A sentence about the label that makes no sense. What is no JSON object says
    ///   nothing and is read as such, because a registry takes any bytes as a configuration.
    public init(
        json bytes: [UInt8], labels more: [String: String] = [:]
    ) throws(AppProfile.LabelFailure) {
        self.init()
        guard let json = try? JSONReader.read(bytes, maximumSize: Self.mostBytes) else {
            profile = try AppProfile(labels: more)
            return
        }
        architecture = json["architecture"]?.asText ?? architecture
        var labels: [String: String] = [:]
        for member in json["config"]?["Labels"]?.asMembers ?? [] {
            labels[member.key] = member.value.asText
        }
        profile = try AppProfile(labels: labels.merging(more) { $1 })
        for part in ["Entrypoint", "Cmd"] {
            command += (json["config"]?[part]?.asList ?? []).compactMap(\.asText)
        }
        let exposed = json["config"]?["ExposedPorts"]?.asMembers ?? []
        if profile.port == nil, exposed.count == 1 {
            profile.port = Int(exposed[0].key.prefix { $0 != "/" })
        }
    }
}
