import Foundation

/// The files that are looked at: those of the repository, or a few made up as a sample.
struct Repository: Sendable {
    let files: [TextFile]

    init(_ files: [TextFile]) { self.files = files }

    /// The repository that this test was built from.
    static let here = Repository(readingFrom: root)

    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    private init(readingFrom root: URL) {
        let folders = ["Sources", "Tests", "Benchmarks", "scripts", "docs", "fixtures", ".ci"]
        var paths: [String] = []
        for entry in (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
        where Self.isText(entry) || folders.contains(entry) {
            paths += Self.paths(below: entry, in: root)
        }
        files = paths.sorted().compactMap { path in
            let file = root.appendingPathComponent(path)
            guard let data = try? Data(contentsOf: file) else { return nil }
            return TextFile(
                path, String(decoding: data, as: UTF8.self),
                isExecutable: FileManager.default.isExecutableFile(atPath: file.path))
        }
    }

    private static func paths(below path: String, in root: URL) -> [String] {
        let place = root.appendingPathComponent(path).path
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: place, isDirectory: &isFolder) else {
            return []
        }
        guard isFolder.boolValue else { return isText(path) ? [path] : [] }
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: place)) ?? []
        return entries.filter { !$0.hasPrefix(".") && $0 != "__pycache__" }
            .flatMap { paths(below: "\(path)/\($0)", in: root) }
    }

    /// Sources, pages and scripts; what tests expect is compared byte by byte elsewhere.
    private static func isText(_ path: String) -> Bool {
        if path.contains("/Expected/") { return false }
        let name = path.split(separator: "/").last ?? ""
        guard let dot = name.lastIndex(of: ".") else {
            return path.hasPrefix("scripts/") || path.hasPrefix(".ci/")
                || ["LICENSE", "NOTICE"].contains(path)
        }
        return ["swift", "md", "sh", "py", "c", "h", "modulemap", "yaml", "yml", "txt"]
            .contains(name[name.index(after: dot)...])
    }
}
