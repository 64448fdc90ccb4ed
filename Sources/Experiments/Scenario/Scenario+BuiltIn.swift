extension Scenario {
    /// A scenario that comes with Drydock.
    ///
    /// - Returns: `nil` if there is none of that name; ``builtIn`` has them all.
    public init?(builtIn name: String, settings: [String] = []) throws(ScenarioProblem) {
        guard let found = Self.builtIn.first(where: { $0.name == name }) else { return nil }
        try self.init(yaml: found.yaml, file: "\(name).yaml", settings: settings)
    }
}
