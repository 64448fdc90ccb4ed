import Foundation

/// Who listens on a port of this machine, as far as Linux tells it.
enum PortOwner {
    /// - Returns: The program's name and number, such as `"python3 (process 4711)"`; `nil` if it
    ///   belongs to someone else, or is not known.
    static func name(ofPort port: Int) -> String? {
        let sockets = inodes(listeningOn: port)
        guard !sockets.isEmpty else { return nil }
        let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        for process in processes where Int(process) != nil {
            let folder = "/proc/\(process)/fd"
            let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
            for file in files {
                let link = try? FileManager.default.destinationOfSymbolicLink(
                    atPath: "\(folder)/\(file)")
                guard let link, sockets.contains(link) else { continue }
                return "\(program(process)) (process \(process))"
            }
        }
        return nil
    }

    /// As they stand in a process's folder: `"socket:[12345]"`.
    private static func inodes(listeningOn port: Int) -> Set<String> {
        let wanted = ":" + hexadecimal(port)
        var found: Set<String> = []
        for table in ["/proc/net/tcp", "/proc/net/tcp6"] {
            guard let data = FileManager.default.contents(atPath: table) else { continue }
            for line in String(decoding: data, as: UTF8.self).split(separator: "\n").dropFirst() {
                let fields = line.split(separator: " ")
                // 0A is LISTEN.
                guard fields.count > 9, fields[3] == "0A", fields[1].hasSuffix(wanted) else {
                    continue
                }
                found.insert("socket:[\(fields[9])]")
            }
        }
        return found
    }

    private static func hexadecimal(_ port: Int) -> String {
        let digits = String(port, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    private static func program(_ process: String) -> String {
        let data = FileManager.default.contents(atPath: "/proc/\(process)/comm") ?? Data()
        let name = String(decoding: data, as: UTF8.self).split(separator: "\n").first ?? ""
        return name.isEmpty ? "a program" : String(name)
    }
}
