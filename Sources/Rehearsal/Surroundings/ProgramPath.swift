import Foundation

/// Where a program is that a command names, as a shell finds it.
enum ProgramPath {
    enum Found: Equatable {
        case program(String)
        /// It is there and may not be run.
        case notExecutable(String)
        case nothing
    }

    /// - Parameter path: The folders to look in, with colons between them.
    static func find(_ name: String, in path: String) -> Found {
        if name.contains("/") { return look(at: name) }
        var refused: Found = .nothing
        for folder in path.split(separator: ":", omittingEmptySubsequences: false) {
            switch look(at: "\(folder.isEmpty ? "." : folder)/\(name)") {
            case .program(let found): return .program(found)
            case .notExecutable(let found) where refused == .nothing:
                refused = .notExecutable(found)
            case .notExecutable, .nothing: break
            }
        }
        return refused
    }

    private static func look(at path: String) -> Found {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            return .nothing
        }
        let isProgram = !isFolder.boolValue && FileManager.default.isExecutableFile(atPath: path)
        return isProgram ? .program(path) : .notExecutable(path)
    }
}
