import Cloud
import Simulation

extension Scenario.Image {
    private static let keys = [
        "size", "bootCPU", "memory", "port", "status", "healthStatus", "responseTime", "body",
        "exit", "crash", "architecture",
    ]

    init(version: String, of name: String) {
        self.version = version
        profile = AppProfile()
        profile.version = version
        profile.body = "\(name) \(version)\n"
    }

    /// Each version takes over from the one before it what it does not say.
    ///
    /// - Parameter name: The scenario's, which pages show.
    static func list(_ value: ScenarioValue?, of name: String) throws(ScenarioProblem) -> [Self] {
        guard let value else { return ["v1", "v2"].map { Self(version: $0, of: name) } }
        var images: [Self] = []
        for (version, value) in try value.named() {
            guard (1...128).contains(version.utf8.count) else {
                throw value.problem("A version needs a name of up to 128 letters.")
            }
            var image = images.last ?? Self(version: version, of: name)
            image.version = version
            image.profile.version = version
            image.profile.body = "\(name) \(version)\n"
            try image.read(value)
            images.append(image)
        }
        guard !images.isEmpty else {
            throw value.problem("There is no version to begin with. Write images: {v1: , v2: }.")
        }
        return images
    }

    private mutating func read(_ value: ScenarioValue) throws(ScenarioProblem) {
        let fields = try value.fields(Self.keys)
        sizeMebibytes = try fields["size"]?.mebibytes() ?? sizeMebibytes
        architecture = try fields["architecture"]?.choice() ?? architecture

        profile.bootCPUSeconds =
            try fields["bootCPU"]?.duration().inSeconds
            ?? profile.bootCPUSeconds
        profile.memoryMebibytes = try fields["memory"]?.mebibytes() ?? profile.memoryMebibytes
        profile.port = try fields["port"]?.whole(1...65535) ?? profile.port
        profile.page.status = try fields["status"]?.whole(100...599) ?? profile.page.status
        profile.check.status =
            try fields["healthStatus"]?.whole(100...599)
            ?? (fields["status"] == nil ? profile.check.status : profile.page.status)
        if let time = try fields["responseTime"]?.duration() {
            (profile.page.after, profile.check.after) = (time, time)
        }
        profile.body = try fields["body"]?.text(atMost: 10_000) ?? profile.body
        if let exit = fields["exit"] {
            profile.exitsAfterTerm = exit.isWord("never") ? nil : try exit.duration()
        }
        if let crash = fields["crash"] {
            profile.crash = crash.isWord("none") ? nil : try AppProfile.Crash(crash)
        }
    }
}

extension AppProfile.Crash {
    init(_ value: ScenarioValue) throws(ScenarioProblem) {
        let fields = try value.fields(["after", "exitCode"])
        self.init(
            after: try fields.needed("after", such: "20s").duration(),
            exitCode: try fields["exitCode"]?.whole(0...255) ?? 1)
    }
}
