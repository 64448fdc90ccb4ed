import Foundation

/// A folder for files that nobody needs later. It goes when nobody holds it any more.
public final class PassingFolder: Sendable {
    public let path: String

    /// - Throws: A ``StoreProblem`` if there is no place for it.
    public init() throws {
        var template = Array("\(NSTemporaryDirectory())/drydock-passing-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw StoreProblem(
                .unwritable,
                "There is no folder for passing files; see to \(NSTemporaryDirectory()).")
        }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

extension PassingFolder {
    /// The file of a state that was copied here.
    var state: String { path + "/state.db" }

    /// Takes a copy of a state, to be read. SQLite has to write beside a file of this kind even to
    /// read it, and leaves things there.
    convenience init(withCopyOf path: String) throws {
        try self.init()
        for end in ["", "-wal"] where FileManager.default.fileExists(atPath: path + end) {
            try FileManager.default.copyItem(atPath: path + end, toPath: state + end)
        }
    }
}
