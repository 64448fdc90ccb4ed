import CloudAPI
import Foundation

/// Makes an image from a Dockerfile without running anything: its configuration is what the
/// Dockerfile says, its layers have the files that it copies, and for all that is not carried out a
/// file that says so. The same Dockerfile and files give the same image.
struct ImageMaker {
    var arguments: [String: String] = [:]
    /// What `--label` adds.
    var labels: [(key: String, value: String)] = []
    var target: String?
    /// As OCI spells it: `"amd64"`.
    var architecture = "amd64"
    let context: any BuildContext
    /// Looks for an image that is there already, by its name.
    let local: (String) -> DockerImage?

    private var stages: [(name: String?, stage: DockerStage)] = []
    private var globals: [String: String] = [:]
    private var declared: Set<String> = []

    init(context: any BuildContext, local: @escaping (String) -> DockerImage?) {
        self.context = context
        self.local = local
    }

    mutating func make(_ dockerfile: Dockerfile) throws(Dockerfile.Problem) -> DockerStage {
        (stages, globals, declared) = ([], [:], [])
        for instruction in dockerfile.instructions {
            try carryOut(instruction)
        }
        var stage = stages[stages.count - 1].stage
        if let target {
            guard let found = index(of: target) else {
                throw Dockerfile.Problem("target stage \"\(target)\" could not be found")
            }
            stage = stages[found].stage
        }
        for label in labels { stage.configuration.set(label: label.key, label.value) }
        stage.configuration.architecture = architecture
        return stage
    }

    private func index(of name: String) -> Int? {
        stages.lastIndex { $0.name?.lowercased() == name.lowercased() }
            ?? Int(name).flatMap { stages.indices.contains($0) ? $0 : nil }
    }

    private mutating func carryOut(
        _ instruction: Dockerfile.Instruction
    ) throws(Dockerfile.Problem) {
        let keyword = instruction.keyword
        if keyword == "FROM" { return try begin(instruction) }
        if keyword == "ARG" { return declare(instruction) }
        guard !stages.isEmpty else {
            throw Dockerfile.Problem("no build stage in current context: line \(instruction.line)")
        }
        let last = stages.count - 1
        var stage = stages[last].stage
        let text =
            ["RUN", "CMD", "ENTRYPOINT", "SHELL", "ONBUILD"].contains(keyword)
            ? instruction.text : DockerWords.expand(instruction.text, stage.variables)
        switch keyword {
        case "RUN": stage.add("RUN \(text)", countsAs: DockerStage.runBytes)
        case "COPY", "ADD": try copy(text, keyword, instruction.line, to: &stage)
        default: stage.configuration.take(keyword, text)
        }
        if keyword == "ENV" {
            for pair in DockerWords.pairs(text) { stage.variables[pair.key] = pair.value }
        }
        stages[last].stage = stage
    }

    /// Source of the rule: an ARG before the first FROM holds for the FROMs; inside a stage it has
    /// to be declared again.
    private mutating func declare(_ instruction: Dockerfile.Instruction) {
        for pair in instruction.text.split(separator: " ") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            let name = String(parts[0])
            let known = stages.last?.stage.variables ?? globals
            let preset = parts.count == 2 ? DockerWords.split(String(parts[1])).first : nil
            let value =
                arguments[name] ?? preset.map { DockerWords.expand($0, known) } ?? globals[name]
            declared.insert(name)
            if stages.isEmpty {
                globals[name] = value
            } else {
                stages[stages.count - 1].stage.variables[name] = value
            }
        }
    }

    private mutating func begin(
        _ instruction: Dockerfile.Instruction
    ) throws(Dockerfile.Problem) {
        var words = DockerWords.split(DockerWords.expand(instruction.text, globals))
        words.removeAll { $0.hasPrefix("--") }
        guard let base = words.first,
            words.count == 1 || (words.count == 3 && words[1].uppercased() == "AS")
        else {
            throw Dockerfile.Problem(
                "FROM requires either one or three arguments: line \(instruction.line)")
        }
        let name = words.count == 3 ? words[2] : nil
        if let known = index(of: base) {
            stages.append((name, stages[known].stage))
        } else if let image = local(base) {
            stages.append((name, DockerStage(on: image)))
        } else {
            stages.append((name, DockerStage(named: base)))
        }
    }

    private func copy(
        _ text: String, _ keyword: String, _ line: Int, to stage: inout DockerStage
    ) throws(Dockerfile.Problem) {
        let head = text.split(separator: "\n", maxSplits: 1).first.map(String.init) ?? ""
        var words = DockerWords.split(head)
        if words.first?.hasPrefix("[") == true, let list = DockerWords.list(head) { words = list }
        let options = words.filter { $0.hasPrefix("--") }
        words.removeAll { $0.hasPrefix("--") }
        guard words.count >= 2 else {
            throw Dockerfile.Problem(
                "\(keyword) requires at least two arguments, but only \(words.count) provided: "
                    + "line \(line)")
        }
        let target = Target(words.removeLast(), in: stage.configuration.folder, of: words.count)
        if let from = options.first(where: { $0.hasPrefix("--from=") })?.dropFirst(7) {
            stage.add(
                "\(keyword) \(text)", at: words.map { target.path(of: $0) },
                from: index(of: String(from)).map { stages[$0].stage.digest } ?? String(from),
                countsAs: DockerStage.copiedBytes)
            return
        }
        var files: [LayerFile] = []
        for source in words {
            if source.hasPrefix("<<") {
                let inline = text.dropFirst(head.count + 1) + "\n"
                files.append(
                    .init(path: target.path(of: source), content: Data(inline.utf8)))
            } else if source.contains("://") {
                files.append(
                    .init(path: target.path(of: source), content: Data("\(source)\n".utf8)))
            } else if let found = context.files(source) {
                files += found.map { file in
                    .init(
                        path: file.isNamed
                            ? target.path(of: file.path) : target.path(below: file.path),
                        content: file.content, isProgram: file.isProgram)
                }
            } else {
                throw Dockerfile.Problem(
                    "failed to compute cache key: failed to calculate checksum of ref: "
                        + "\"/\(source.hasPrefix("/") ? String(source.dropFirst()) : source)\""
                        + ": not found")
            }
        }
        stage.add("\(keyword) \(text)", files)
    }

    /// Where a COPY puts things.
    private struct Target {
        private let path: String
        private let isFolder: Bool

        /// - Parameters:
        ///   - folder: Where a path begins that does not begin with a slash.
        ///   - sources: How many things are put there.
        init(_ path: String, in folder: String?, of sources: Int) {
            isFolder = sources > 1 || path.hasSuffix("/") || path.hasSuffix("/.") || path == "."
            let full = path.hasPrefix("/") ? path : "\(folder ?? "")/\(path)"
            var parts: [Substring] = []
            for part in full.split(separator: "/") where part != "." {
                if part == ".." { _ = parts.popLast() } else { parts.append(part) }
            }
            self.path = parts.joined(separator: "/")
        }

        /// Of a thing that is named itself: a folder gets it under its own name.
        func path(of source: String) -> String {
            guard isFolder || path.isEmpty else { return path }
            return path(below: source.split(separator: "/").last.map(String.init) ?? "file")
        }

        /// Of a file in a folder that is named.
        func path(below inner: String) -> String { path.isEmpty ? inner : "\(path)/\(inner)" }
    }
}

/// The files that a build may copy.
protocol BuildContext {
    /// What a path or a pattern of a COPY leads to, in its order; `nil` if there is no such thing.
    func files(_ pattern: String) -> [ContextFile]?
}

struct ContextFile {
    /// Its name, or of one in a folder that was asked for its path there.
    var path: String
    /// Whether it was asked for itself, and not the folder around it.
    var isNamed: Bool
    var content: Data
    /// Whether it may be run.
    var isProgram: Bool
}

extension DockerWords {
    /// A list as JSON writes it; `nil` if the text is none.
    static func list(_ text: String) -> [String]? {
        guard text.hasPrefix("["), case .list(let items)? = try? JSONReader.read(Array(text.utf8))
        else { return nil }
        let texts = items.compactMap { if case .string(let text) = $0 { text } else { nil } }
        return texts.count == items.count ? texts : nil
    }
}
