import ArgumentParser
import Cloud

/// What this program is.
enum Version {
    /// Of the product, by semantic versioning.
    static let number = Cloud.version
    static let text = "drydock \(number)"
}

struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "version",
        abstract: "Says which version this is.",
        discussion: "Example: drydock version")

    func run() { print(Version.text) }
}
