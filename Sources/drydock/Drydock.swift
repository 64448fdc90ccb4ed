import ArgumentParser

@main
struct Drydock: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drydock",
        abstract: "A local ECS/ECR simulator that measures rolling deployments.",
        version: "0.1.0")
}
