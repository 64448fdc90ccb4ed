/// The targets, as Package.swift declares them, from top to bottom.
struct Package {
    struct Target {
        let name: String
        let line: Int
        /// Targets and products, by name.
        let dependencies: [String]
    }

    let targets: [Target]

    init?(in repository: Repository) {
        guard let file = repository.files.first(where: { $0.path == "Package.swift" }) else {
            return nil
        }
        let declarations = file.text.matches(
            #"\.(?:target|systemLibrary|executableTarget|testTarget)\(\s*name: "(\w+)""#)
        let text = Array(file.text.all.utf16)
        targets = declarations.enumerated().map { number, declaration in
            let next =
                number + 1 < declarations.count
                ? declarations[number + 1].range.lowerBound : text.count
            let rest = Lines(
                String(decoding: text[declaration.range.upperBound..<next], as: UTF16.self))
            let list = rest.matches(#"dependencies: \[[^\]]*"#).first?.groups[0] ?? ""
            return Target(
                name: declaration.groups[1], line: declaration.line,
                dependencies: Lines(list).matches(#"(?<!package: )"(\w+)""#).map { $0.groups[1] })
        }
    }

    func target(_ name: String) -> Target? { targets.first { $0.name == name } }
}

/// What a target may depend on at most, where that is part of what it is.
private let limits: [String: Set<String>] = [
    "Simulation": [],
    "Drawing": [],
    "CloudAPI": ["OrderedCollections"],
    "Cloud": [
        "Simulation", "CloudAPI", "Digests",
        "OrderedCollections", "HashTreeCollections", "Collections",
    ],
]

/// Where neither Foundation nor the C library is.
private let pure: Set = ["Simulation", "CloudAPI", "Cloud", "Drawing", "Experiments", "Reports"]

extension Check {
    static let layout: [Check] = [
        Check(
            "Each target uses only targets above it.",
            samples: [
                Sample(package("Simulation", "Cloud: Simulation", "Drawing")),
                Sample(package("Wire: Server", "Server"), finds: "Package.swift:1"),
                Sample(package("CloudAPI", "Drawing: CloudAPI"), finds: "Package.swift:2"),
                Sample(
                    package("Simulation", "Cloud: Simulation, NIOCore"), finds: "Package.swift:2"),
            ],
            problems: targetOrder),
        Check(
            "A source imports what Package.swift lets its target use.",
            samples: [
                Sample(
                    package("Simulation", "CloudAPI", "Cloud: Simulation"),
                    TextFile("Sources/Cloud/A.swift", "import Simulation\nimport CloudAPI\n"),
                    finds: "Sources/Cloud/A.swift:2"),
                Sample(
                    package("Simulation"),
                    TextFile("Sources/Simulation/A.swift", "@preconcurrency import Foundation\n"),
                    finds: "Sources/Simulation/A.swift:1"),
                Sample(
                    package("Simulation"),
                    TextFile("Sources/Simulation/A.swift", "public import struct Glibc.tm\n"),
                    finds: "Sources/Simulation/A.swift:1"),
                Sample(
                    package("Server: NIOCore"),
                    TextFile("Sources/Server/A.swift", "import Foundation\nimport NIOCore\n")),
            ],
            problems: imports),
        Check(
            "Each folder of Sources is a target.",
            samples: [
                Sample(package("Cloud"), TextFile("Sources/Cloud/A.swift", "")),
                Sample(
                    package("Cloud"), TextFile("Sources/Helpers/A.swift", ""),
                    finds: "Sources/Helpers/A.swift:1"),
            ],
            problems: folders),
    ]

    /// A Package.swift with a target in each line: `"Cloud: Simulation, CloudAPI"`.
    private static func package(_ targets: String...) -> TextFile {
        let lines = targets.map { target in
            let parts = target.split(separator: ": ")
            let names = parts.count == 1 ? [] : parts[1].split(separator: ", ")
            let list = names.map { #".product(name: "\#($0)", package: "x")"# }
            return #".target(name: "\#(parts[0])", dependencies: ["#
                + list.joined(separator: ", ") + "]),"
        }
        return TextFile("Package.swift", lines.joined(separator: "\n"))
    }

    @Sendable private static func targetOrder(_ repository: Repository) -> [Problem] {
        guard let package = Package(in: repository) else { return [] }
        var problems: [Problem] = []
        for (place, target) in package.targets.enumerated() {
            func add(_ what: String) {
                problems.append(
                    Problem(
                        file: "Package.swift", line: target.line,
                        what: "lets \(target.name) use \(what)"))
            }
            for name in target.dependencies {
                let other = package.targets.firstIndex { $0.name == name }
                if let other, other >= place { add("\(name), which does not stand above it") }
                if let limit = limits[target.name], !limit.contains(name) {
                    add("\(name), which it must not know")
                }
            }
        }
        return problems
    }

    @Sendable private static func imports(_ repository: Repository) -> [Problem] {
        guard let package = Package(in: repository) else { return [] }
        let pattern =
            #"^\s*(?:@\w+(?:\([^)]*\))?\s+)*"#
            + #"(?:(?:public|package|internal|private|fileprivate)\s+)?"#
            + #"import\s+(?:(?:struct|class|enum|protocol|func|var|let|typealias)\s+)?(\w+)"#
        var problems: [Problem] = []
        for file in repository.files where file.isSwift && file.target != nil {
            let source = file.path.contains("/Generated/") ? file.text : file.code
            guard let target = package.target(file.target!) else { continue }
            for found in source.matches(pattern) {
                let module = found.groups[1]
                if target.dependencies.contains(module) { continue }
                if pure.contains(target.name) || package.target(module) != nil {
                    problems.append(
                        file.problem(
                            at: found.line, "imports \(module), which \(target.name) does not use"))
                }
            }
        }
        return problems
    }

    @Sendable private static func folders(_ repository: Repository) -> [Problem] {
        guard let package = Package(in: repository) else { return [] }
        var seen: Set<String> = []
        return repository.files.compactMap { file in
            guard let target = file.target, seen.insert(target).inserted,
                package.target(target) == nil
            else { return nil }
            return file.problem(at: 1, "is in a folder that is no target of Package.swift")
        }
    }
}
