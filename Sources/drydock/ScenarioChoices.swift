import ArgumentParser

/// Which scenario a command plays, and with what luck.
struct ScenarioChoices: ParsableArguments {
    @Argument(help: "A YAML file, or the name of a built-in scenario.")
    var scenario = "refcard-01"

    @Option(help: "Decides delays and choices.")
    var seed: UInt64 = 1

    @Option(help: "Decides ids and names; another --seed leaves them as they are.")
    var idSeed: UInt64 = 1

    @Option(
        name: .customLong("set"), parsing: .singleValue,
        help: "Change one value of the scenario, such as service.minimumHealthyPercent=50.")
    var settings: [String] = []
}
