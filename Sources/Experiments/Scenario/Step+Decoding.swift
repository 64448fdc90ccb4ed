import Simulation

extension Scenario.Step {
    private static let verbs = [
        "push", "registerTaskDefinition", "updateService", "wait", "removeRule", "addRule",
    ]

    /// Without a list: the second version is pushed to the tag and a new deployment is forced.
    static func list(
        _ value: ScenarioValue?, images: [Scenario.Image], task: Scenario.Task,
        groups: [Scenario.SecurityGroup]
    ) throws(ScenarioProblem) -> [Self] {
        guard let value else { return standard(images: images, task: task) }
        var steps: [Self] = []
        // What the steps before have brought about, which the next one may speak of.
        var (task, revisions) = (task, 1)
        for value in try value.list() {
            let fields = try value.fields(verbs)
            let verb = try theVerb(of: value, fields)
            let action: Action
            switch verb {
            case "push":
                action = try push(fields[verb]!, images: images, tag: task.tag)
            case "registerTaskDefinition":
                task = try task.revised(by: fields[verb]!)
                revisions += 1
                action = .registerTaskDefinition(task)
            case "updateService":
                action = .updateService(try Update(fields[verb]!, revisions: revisions))
            case "removeRule", "addRule":
                let (group, number) = try rule(fields[verb]!, of: groups)
                action =
                    verb == "addRule"
                    ? .addRule(group: group, number: number)
                    : .removeRule(group: group, number: number)
            default:
                action = try wait(fields[verb]!)
            }
            steps.append(Self(action: action, path: value.path))
        }
        return steps
    }

    private static func standard(images: [Scenario.Image], task: Scenario.Task) -> [Self] {
        var actions: [Action] = []
        if images.count > 1 { actions.append(.push(version: images[1].version, tag: task.tag)) }
        var update = Update()
        update.forcesNewDeployment = true
        actions += [.updateService(update), .waitUntilSteady]
        return actions.map { Self(action: $0, path: "deploy") }
    }

    private static func theVerb(
        of value: ScenarioValue, _ fields: ScenarioFields
    ) throws(ScenarioProblem) -> String {
        let found = verbs.filter { fields[$0] != nil }
        guard found.count == 1 else {
            throw value.problem(
                "\(value.path) has to do one thing, with something behind the colon: "
                    + "\(verbs.joined(separator: ", ")). Begin each step with a dash of its own.")
        }
        return found[0]
    }

    private static func push(
        _ value: ScenarioValue, images: [Scenario.Image], tag: String
    ) throws(ScenarioProblem) -> Action {
        let versions = images.map(\.version)
        if case .text = value.node.content {
            return .push(version: try value.name(among: versions, of: "version"), tag: tag)
        }
        let fields = try value.fields(["version", "tag"])
        let version = try fields.needed("version", such: versions.last ?? "v2")
        return .push(
            version: try version.name(among: versions, of: "version"),
            tag: try fields["tag"]?.text() ?? tag)
    }

    /// `{group: app, rule: 1}`
    private static func rule(
        _ value: ScenarioValue, of groups: [Scenario.SecurityGroup]
    ) throws(ScenarioProblem) -> (group: String, number: Int) {
        let fields = try value.fields(["group", "rule"])
        let names = groups.map(\.name)
        let named = try fields.needed("group", such: names.last ?? "app")
        let group = try named.name(among: names, of: "security group")
        let count = groups.first { $0.name == group }!.rules.count
        let number = try fields["rule"]?.whole(1...1000) ?? 1
        guard number <= count else {
            throw value.problem(
                "\(value.path) names rule \(number) of the security group \(group), which has "
                    + "\(count).")
        }
        return (group, number)
    }

    private static func wait(_ value: ScenarioValue) throws(ScenarioProblem) -> Action {
        if value.isWord("steady") { return .waitUntilSteady }
        if case .text(let text) = value.node.content, text.first?.isLetter == true {
            throw value.mustBe("steady, or a duration such as 30s")
        }
        return .wait(try value.duration())
    }
}

extension Scenario.Step.Update {
    private static let keys = [
        "taskDefinition", "forceNewDeployment", "desiredCount", "minimumHealthyPercent",
        "maximumPercent", "healthCheckGracePeriod", "circuitBreaker",
    ]

    /// - Parameter revisions: How many revisions the family has by then.
    init(_ value: ScenarioValue, revisions: Int) throws(ScenarioProblem) {
        let fields = try value.fields(Self.keys)
        if let definition = fields["taskDefinition"] {
            taskDefinition =
                definition.isWord("latest")
                ? .latest : .revision(try Self.revision(definition, of: revisions))
        }
        forcesNewDeployment = try fields["forceNewDeployment"]?.truth() ?? false
        desiredCount = try fields["desiredCount"]?.whole(0...5000)
        minimumHealthyPercent = try fields["minimumHealthyPercent"]?.whole(0...1000)
        maximumPercent = try fields["maximumPercent"]?.whole(0...1000)
        healthCheckGracePeriod = try fields["healthCheckGracePeriod"]?.wholeSeconds(0...604_800)
        circuitBreaker = try fields["circuitBreaker"].map(
            Scenario.Service.CircuitBreaker.init(_:))
    }

    private static func revision(
        _ value: ScenarioValue, of revisions: Int
    ) throws(ScenarioProblem) -> Int {
        guard case .text(let text) = value.node.content, text.utf8.count < 9,
            let number = Int(text), number > 0
        else { throw value.mustBe("latest, or the number of a revision") }
        guard number <= revisions else {
            throw value.problem(
                "\(value.path) names revision \(number), and there are \(revisions) by then. "
                    + "Put a registerTaskDefinition before this step.")
        }
        return number
    }
}
