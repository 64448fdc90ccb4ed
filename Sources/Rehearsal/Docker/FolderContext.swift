import Foundation

/// A folder as the context of a build, without what its `.dockerignore` leaves out.
///
/// What counts of a file is its name, its content and whether it may be run; neither its times nor
/// its owner.
final class FolderContext: BuildContext {
    private let root: String
    private let ignored: [(pattern: [Substring], isKept: Bool)]
    /// Paths below the root, sorted; looked up once.
    private lazy var all = list()

    init(_ root: String) {
        self.root = root
        let text =
            FileManager.default.contents(atPath: "\(root)/.dockerignore").map {
                String(decoding: $0, as: UTF8.self)
            } ?? ""
        ignored = text.split(separator: "\n").compactMap { line in
            var pattern = line.trimmed
            guard !pattern.isEmpty, pattern.first != "#" else { return nil }
            let isKept = pattern.first == "!"
            if isKept { pattern = pattern.dropFirst() }
            return (pattern.split(separator: "/").filter { $0 != "." }, isKept)
        }
    }

    func files(_ pattern: String) -> [ContextFile]? {
        let parts = pattern.split(separator: "/").filter { $0 != "." }
        let found: [ContextFile] = all.compactMap { path in
            let names = path.split(separator: "/")
            guard names.count >= parts.count,
                Self.matches(names.prefix(parts.count), parts[...]),
                let content = FileManager.default.contents(atPath: "\(root)/\(path)")
            else { return nil }
            let isNamed = names.count == parts.count
            return ContextFile(
                path: isNamed
                    ? String(names[names.count - 1])
                    : names.dropFirst(parts.count).joined(separator: "/"),
                isNamed: isNamed, content: content,
                isProgram: FileManager.default.isExecutableFile(atPath: "\(root)/\(path)"))
        }
        return found.isEmpty && !parts.isEmpty ? nil : found
    }

    private func list() -> [String] {
        guard let walker = FileManager.default.enumerator(atPath: root) else { return [] }
        var paths: [String] = []
        for case let path as String in walker {
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(
                atPath: "\(root)/\(path)", isDirectory: &isFolder)
            if !isFolder.boolValue, !isIgnored(path) { paths.append(path) }
        }
        return paths.sorted()
    }

    private func isIgnored(_ path: String) -> Bool {
        let names = path.split(separator: "/")
        var isOut = false
        for rule in ignored {
            let holds = names.indices.contains { end in
                Self.matches(names[...end], rule.pattern[...])
            }
            if holds { isOut = !rule.isKept }
        }
        return isOut
    }

    /// Whether names match the parts of a pattern: `*` and `?` within a name, `**` over names.
    static func matches(_ names: ArraySlice<Substring>, _ parts: ArraySlice<Substring>) -> Bool {
        guard let part = parts.first else { return names.isEmpty }
        if part == "**" {
            return (names.startIndex...names.endIndex).contains {
                matches(names[$0...], parts.dropFirst())
            }
        }
        guard let name = names.first else { return false }
        return matches(name[...], part[...]) && matches(names.dropFirst(), parts.dropFirst())
    }

    private static func matches(_ name: Substring, _ pattern: Substring) -> Bool {
        guard let sign = pattern.first else { return name.isEmpty }
        if sign == "*" {
            return matches(name, pattern.dropFirst())
                || (!name.isEmpty && matches(name.dropFirst(), pattern))
        }
        guard let letter = name.first, sign == "?" || sign == letter else { return false }
        return matches(name.dropFirst(), pattern.dropFirst())
    }
}

/// A build from a Dockerfile on the standard input alone.
struct EmptyContext: BuildContext {
    func files(_ pattern: String) -> [ContextFile]? { nil }
}
