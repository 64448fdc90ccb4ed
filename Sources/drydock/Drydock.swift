import ArgumentParser

@main
struct Drydock: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drydock",
        abstract: "A local ECS/ECR simulator that measures rolling deployments.",
        discussion: """
            A small cloud lives in this process, on a virtual clock. No account, no network, no \
            container engine.

            Example: drydock run refcard-01 --html result.html
            """,
        version: Version.text,
        subcommands: [
            RunCommand.self, DrawCommand.self, FidelityCommand.self, ServeCommand.self,
            ExecCommand.self, PredictCommand.self, RewindCommand.self, DiffCommand.self,
            ExportCommand.self, ImportCommand.self, VersionCommand.self, DockerCommand.self,
        ],
        defaultSubcommand: nil)
}
