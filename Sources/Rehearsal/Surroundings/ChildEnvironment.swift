/// The environment that a rehearsed command gets: its own, in which nothing leads to AWS.
struct ChildEnvironment {
    var variables: [String: String]

    /// What the command is to find.
    struct Place {
        /// Of the emulator: `"http://127.0.0.1:40123"`.
        var endpoint: String
        var region: String
        /// The access key of the default profile.
        var accessKey: String
        var configFile: String
        var credentialsFile: String
        /// A folder whose programs come before all others.
        var programs: String?
    }

    /// - Parameter own: What whoever runs the command has in the environment.
    init(from own: [String: String], in place: Place) {
        variables = own.filter { !Self.isReplaced($0.key) }
        variables.merge(
            Self.leading(to: place.endpoint, region: place.region), uniquingKeysWith: { $1 })
        variables.merge(
            [
                "AWS_ACCESS_KEY_ID": place.accessKey,
                "AWS_SECRET_ACCESS_KEY": ProfileFiles.secret,
                "AWS_CONFIG_FILE": place.configFile,
                "AWS_SHARED_CREDENTIALS_FILE": place.credentialsFile,
                "BOTO_CONFIG": "/dev/null",
            ], uniquingKeysWith: { $1 })
        // A name is kept: the generated files have a profile of that name.
        variables["AWS_PROFILE"] = own["AWS_PROFILE"]
        if let programs = place.programs {
            variables["PATH"] = "\(programs):\(own["PATH"] ?? "/usr/local/bin:/usr/bin:/bin")"
        }
    }

    /// What leads clients of AWS to an emulator, whoever starts them.
    static func leading(to endpoint: String, region: String) -> [String: String] {
        var variables = [
            "AWS_ENDPOINT_URL": endpoint, "AWS_DEFAULT_REGION": region, "AWS_REGION": region,
            // Keys of a machine or a container, which may be those of a real account.
            "AWS_EC2_METADATA_DISABLED": "true",
            // Names with "data-" in front of the endpoint's lead nowhere.
            "AWS_DISABLE_HOST_PREFIX_INJECTION": "true",
            "AWS_PAGER": "",
        ]
        for name in ["http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"] {
            variables[name] = endpoint
        }
        // Not localhost: curl would take every name under it for one of these.
        for name in ["no_proxy", "NO_PROXY"] { variables[name] = "127.0.0.1" }
        return variables
    }

    private static func isReplaced(_ name: String) -> Bool {
        let small = name.lowercased()
        return name.hasPrefix("AWS_") || small.hasSuffix("_proxy") || name == "BOTO_CONFIG"
    }
}
