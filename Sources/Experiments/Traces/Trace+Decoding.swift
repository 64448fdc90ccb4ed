import Simulation

extension Trace {
    /// Reads a trace.
    ///
    /// - Parameters:
    ///   - yaml: The text of its file.
    ///   - file: The file's name, as problems name it.
    /// - Throws: The first problem found, in the trace or in its scenario.
    public init(yaml: String, file: String) throws(ScenarioProblem) {
        let tree = try ScenarioNode(yaml: yaml, file: file)
        let whole = ScenarioValue(node: tree, path: "", file: file)
        let fields = try whole.fields([
            "name", "title", "source", "assumed", "built", "resolution", "scenario", "of", "from",
            "moments",
        ])
        name = try fields.needed("name", such: "T1").text()
        title = try fields.needed("title", such: "Two tasks behind a load balancer").text()
        source = try fields.needed("source", such: "ecs.md section 15, T1").text()
        var sentences: [String] = []
        for value in try fields.needed("assumed", such: "[An image of 80 MiB.]").list() {
            sentences.append(try value.text(atMost: 500))
        }
        assumed = sentences
        isBuilt = try fields["built"]?.truth() ?? false
        resolution = try fields["resolution"]?.duration() ?? .milliseconds(100)
        let inner = try fields.needed("scenario", such: "{name: t1}")
        scenario = try Scenario(tree: inner.node, file: file)
        call = try fields["of"]?.choice() ?? .update
        origin = try fields["from"]?.moment()
        var moments: [Measured] = []
        for value in try fields.needed("moments", such: "[{what: started, at: 10s}]").list() {
            moments.append(try Measured(value))
        }
        self.moments = moments
    }

    /// The traces that come with Drydock.
    public static func builtInTraces() throws(ScenarioProblem) -> [Trace] {
        var traces: [Trace] = []
        for (name, yaml) in builtIn { traces.append(try Trace(yaml: yaml, file: "\(name).yaml")) }
        return traces
    }
}

extension Trace.Measured {
    init(_ value: ScenarioValue) throws(ScenarioProblem) {
        let fields = try value.fields(["what", "at", "notBefore", "why"])
        moment = try fields.needed("what", such: "started").moment()
        switch (fields["at"], fields["notBefore"]) {
        case (let at?, nil): time = .at(try at.duration())
        case (nil, let bound?): time = .notBefore(try bound.duration())
        default: throw value.problem("\(value.path) needs either \"at\" or \"notBefore\".")
        }
        why = try fields["why"]?.text(atMost: 500)
    }
}

extension ScenarioValue {
    /// `started`, or `started 2`.
    fileprivate func moment() throws(ScenarioProblem) -> TraceMoment {
        let text = try text()
        let kinds = TraceMoment.Kind.allCases
        if let kind = TraceMoment.Kind(rawValue: text) { return TraceMoment(kind) }
        for kind in kinds where text.hasPrefix(kind.rawValue + " ") {
            let rest = text.dropFirst(kind.rawValue.count + 1)
            if let number = Int(rest), (1...100).contains(number) {
                return TraceMoment(kind, number)
            }
        }
        throw problem(
            "\(path) names no moment of a deployment. "
                + Spelling.advice(for: text, among: kinds.map(\.rawValue), called: "moments"))
    }
}
