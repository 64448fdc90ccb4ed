/// The services of the model, in their order: a folder may use those before it.
private let order = [
    "Identity", "Secrets", "Certificates", "Network", "Registry", "Balancing", "Logs", "Metrics",
    "Discovery", "Containers", "Scaling", "Events", "Faults", "Reachability", "Tagging",
]

/// AWS's namespaces, and the folders in which their operations are carried out.
private let homes: [String: [String]] = [
    "IAM": ["Identity"], "STS": ["Identity"],
    "SecretsManager": ["Secrets"], "SSM": ["Secrets"], "ACM": ["Certificates"],
    "EC2": ["Network", "Reachability"], "ECR": ["Registry"], "ELBv2": ["Balancing"],
    "CloudWatchLogs": ["Logs"], "CloudWatch": ["Metrics"], "ServiceDiscovery": ["Discovery"],
    "ECS": ["Containers"], "ApplicationAutoScaling": ["Scaling"], "EventBridge": ["Events"],
    "ResourceGroupsTaggingAPI": ["Tagging"],
]

extension Check {
    static let services: [Check] = [
        Check(
            "Each folder of the model is a service whose place in the order is known.",
            samples: [
                Sample(TextFile("Sources/Cloud/Network/A.swift", "")),
                Sample(TextFile("Sources/Cloud/Cloud.swift", "")),
                Sample(
                    TextFile("Sources/Cloud/Wire/A.swift", ""),
                    finds: "Sources/Cloud/Wire/A.swift:1"),
            ],
            inEach: { file in
                guard let service = file.service, !order.contains(service) else { return [] }
                return [file.problem(at: 1, "is in a folder that has no place among the services")]
            }),
        Check("A service knows only those before it.", samples: orderSamples, problems: calls),
        Check(
            "An operation stands alone in a file that has its name.",
            samples: operationSamples, inEach: operations),
    ]

    // MARK: calls go down

    private static let orderSamples: [Sample] = {
        let containers = TextFile(
            "Sources/Cloud/Containers/Containers.swift",
            "public struct Containers {}\npublic struct TaskID {}\nfunc named() {}\n"
                + "fileprivate struct Own {}\n")
        func below(_ code: String) -> TextFile { TextFile("Sources/Cloud/Network/A.swift", code) }
        let found = "Sources/Cloud/Network/A.swift:1"
        return [
            Sample(containers, below("let task: Containers.Task"), finds: found),
            Sample(containers, below("cloud.containers.tasks[id]"), finds: found),
            Sample(containers, below("containers.tasks[id]"), finds: found),
            Sample(containers, below("record(.containers(.taskMoved(id)))"), finds: found),
            Sample(containers, below("let owner: TaskID"), finds: found),
            Sample(containers, below("let task: ECS.Task"), finds: found),
            Sample(containers, below("let a = named()"), finds: found),
            Sample(containers, below("let own: Own")),
            Sample(containers, below("extension Network { func named() {} }; let a = named()")),
            Sample(containers, below("let (containers, next) = a; containers.first")),
            Sample(containers, below("cloud.containers(of: vpc)")),
            Sample(containers, below("// Containers.Task is above")),
            Sample(containers, below("var containers = [1]; containers.removeAll()")),
            Sample(containers, below("extension Cloud { var a: EC2.Vpc { network.vpcs[0] } }")),
            Sample(
                containers,
                TextFile(
                    "Sources/Cloud/Containers/A.swift", "extension Balancing { var a: TaskID }")),
            Sample(containers, TextFile("Sources/Cloud/Reactions.swift", "containers.tasks[id]")),
        ]
    }()

    @Sendable private static func calls(_ repository: Repository) -> [Problem] {
        let model = repository.files.filter { $0.service.map(order.contains) ?? false }
        var patterns: [String: [String]] = [:]
        // A function with a namesake somewhere in the model may be the namesake.
        let functions = model.flatMap { $0.code.matches(#"\bfunc (\w+)"#).map { $0.groups[1] } }
        let counts = Dictionary(functions.map { ($0, 1) }, uniquingKeysWith: +)
        for file in model {
            patterns[file.service!, default: []] += names(declaredIn: file) { counts[$0] == 1 }
        }
        for service in order {
            let state = service.lowercased()
            patterns[service, default: []] += [
                #"(?<![.\w])\#(service)\.[A-Za-z]"#, #"\bcloud\.\#(state)\b(?!\()"#,
                #"[ (\[]\.\#(state)\(\."#,
            ]
        }
        for (namespace, folders) in homes {
            let home = folders.min { order.firstIndex(of: $0)! < order.firstIndex(of: $1)! }!
            patterns[home]!.append(#"(?<![.\w])\#(namespace)\.[A-Z]"#)
        }
        let all = patterns.mapValues { "(?:\($0.sorted().joined(separator: "|")))" }

        return model.flatMap { file in
            let place = order.firstIndex(of: file.service!)!
            return order[(place + 1)...].flatMap { later in
                var lines = Set(file.code.matches(all[later]!).map(\.line))
                let state = later.lowercased()
                // A variable or parameter of that name is something else.
                let isBound = file.code.contains(
                    #"\b(?:let|var|for)\b[^=\n]*\b\#(state)\b|\b\#(state):"#)
                if !isBound {
                    lines.formUnion(file.code.matches(#"(?<![.\w])\#(state)\.\w"#).map(\.line))
                }
                return lines.sorted().map {
                    file.problem(
                        at: $0, "uses \(later), which comes after \(file.service!) in the order")
                }
            }
        }
    }

    /// Patterns for the types and functions that a file declares for everyone.
    private static func names(
        declaredIn file: TextFile, unique: (String) -> Bool
    ) -> [String] {
        let types = file.code.matches(#"^(?:public )?(?:struct|enum|protocol|final class) (\w+)"#)
        let functions = file.code.matches(#"^(?:public )?func (\w+)"#)
            .filter { unique($0.groups[1]) }
        return types.map { #"(?<![.\w])\#($0.groups[1])\b"# }
            + functions.map { #"(?<![.\w])(?<!func )\#($0.groups[1])(?=[(<])"# }
    }

    // MARK: operations

    private static let operationSamples: [Sample] = {
        func file(_ path: String, _ code: String) -> TextFile {
            TextFile("Sources/Cloud/\(path).swift", code)
        }
        let stop = "extension ECS.StopTask: Handled {}\n"
        return [
            Sample(file("Containers/Operations/StopTask", stop)),
            Sample(file("Containers/Operations/StopTask+ECS", stop)),
            Sample(
                file("Containers/Operations/StopTasks", stop),
                finds: "Sources/Cloud/Containers/Operations/StopTasks.swift:1"),
            Sample(
                file("Containers/Operations/StopTask", stop + "extension ECS.RunTask: Handled {}"),
                finds: "Sources/Cloud/Containers/Operations/StopTask.swift:2"),
            Sample(
                file("Containers/Operations/StopTask", "extension Cloud {}"),
                finds: "Sources/Cloud/Containers/Operations/StopTask.swift:1"),
            Sample(
                file("Containers/StopTask", stop),
                finds: "Sources/Cloud/Containers/StopTask.swift:1"),
            Sample(
                file("Network/Operations/StopTask", stop),
                finds: "Sources/Cloud/Network/Operations/StopTask.swift:1"),
        ]
    }()

    @Sendable private static func operations(_ file: TextFile) -> [Problem] {
        guard file.target == "Cloud" else { return [] }
        let isOperation = file.path.contains("/Operations/")
        let name = String(file.baseName.split(separator: "+").first ?? "")
        var problems: [Problem] = []
        var isThere = false
        for found in file.code.matches(#"^extension (\w+)\.(\w+): Handled\b"#) {
            let (namespace, operation) = (found.groups[1], found.groups[2])
            let isHome = homes[namespace]?.contains(file.service ?? "") ?? false
            if isOperation, operation == name { isThere = true }
            if !isOperation || operation != name || !isHome {
                let home = homes[namespace]?[0] ?? "its service"
                problems.append(
                    file.problem(
                        at: found.line,
                        "carries out \(namespace).\(operation), which belongs in "
                            + "\(home)/Operations/\(operation).swift"))
            }
        }
        if isOperation, !isThere, problems.isEmpty {
            problems.append(file.problem(at: 1, "does not carry out an operation called \(name)"))
        }
        return problems
    }
}
