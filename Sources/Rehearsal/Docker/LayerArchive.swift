import Foundation

/// A file in a layer of an image.
struct LayerFile: Equatable {
    /// Without a slash in front: `"app/server.js"`.
    var path: String
    var content: Data
    /// Whether it may be run.
    var isProgram = false
}

/// The bytes of a layer: a tar archive of what an instruction adds to an image.
///
/// The same files give the same bytes: they are sorted, belong to nobody and have no time.
/// Source of the format: POSIX.1-2001, "pax Interchange Format".
enum LayerArchive {
    /// - Parameter files: Of two with the same path the later counts.
    static func bytes(of files: [LayerFile]) -> Data {
        var byPath: [String: LayerFile] = [:]
        for file in files { byPath[file.path] = file }
        var archive = Data()
        for file in byPath.values.sorted(by: { $0.path < $1.path }) {
            if file.path.utf8.count > nameBytes {
                append(record("path", file.path), "pax", mode: "0000644", type: "x", to: &archive)
            }
            append(
                file.content, file.path, mode: file.isProgram ? "0000755" : "0000644", type: "0",
                to: &archive)
        }
        // Two empty blocks are the end.
        archive.append(Data(count: 2 * blockBytes))
        return archive
    }

    private static let blockBytes = 512
    private static let nameBytes = 100

    private static func append(
        _ content: Data, _ name: String, mode: String, type: String, to archive: inout Data
    ) {
        var header = [UInt8](repeating: 0, count: blockBytes)
        func put(_ text: String, at place: Int, atMost most: Int) {
            for (index, byte) in text.utf8.prefix(most).enumerated() {
                header[place + index] = byte
            }
        }
        put(name, at: 0, atMost: nameBytes)
        put(mode, at: 100, atMost: 7)
        put("0000000", at: 108, atMost: 7)
        put("0000000", at: 116, atMost: 7)
        put(octal(content.count, digits: 11), at: 124, atMost: 11)
        put("00000000000", at: 136, atMost: 11)
        // The sum of all bytes, with spaces in place of itself.
        put("        ", at: 148, atMost: 8)
        put(type, at: 156, atMost: 1)
        put("ustar", at: 257, atMost: 5)
        put("00", at: 263, atMost: 2)
        let sum = header.reduce(0) { $0 + Int($1) }
        put(octal(sum, digits: 6) + "\0 ", at: 148, atMost: 8)
        archive.append(contentsOf: header)
        archive.append(content)
        let over = content.count % blockBytes
        if over > 0 { archive.append(Data(count: blockBytes - over)) }
    }

    private static func octal(_ number: Int, digits: Int) -> String {
        let text = String(number, radix: 8)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }

    /// `"27 path=..."` and a line's end: the number is the length of the whole.
    private static func record(_ key: String, _ value: String) -> Data {
        let rest = " \(key)=\(value)\n".utf8.count
        var length = rest + String(rest).utf8.count
        if rest + String(length).utf8.count > length { length += 1 }
        return Data("\(length) \(key)=\(value)\n".utf8)
    }
}
