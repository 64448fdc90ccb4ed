import Foundation
import Server

/// Speaks to the server that the stand-in belongs to: one request, one answer.
struct StandInClient {
    /// `"http://127.0.0.1:40123"`
    let endpoint: String

    func ask(_ call: DockerCall) throws -> DockerAnswer {
        let body = try JSONEncoder().encode(call)
        let answer = try send(body)
        guard let end = answer.firstRange(of: Data("\r\n\r\n".utf8)) else {
            throw DockerRefusal("The emulator at \(endpoint) does not answer.")
        }
        do {
            return try JSONDecoder().decode(DockerAnswer.self, from: answer[end.upperBound...])
        } catch {
            let text = String(decoding: answer[end.upperBound...], as: UTF8.self)
            throw DockerRefusal("The emulator at \(endpoint) says: \(text)")
        }
    }

    private func send(_ body: Data) throws -> Data {
        let authority = endpoint.dropFirst("http://".count)
        guard let port = UInt16(authority.split(separator: ":").last ?? "") else {
            throw DockerRefusal("\(endpoint) is no address of the emulator's.")
        }
        let connection = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(connection) }
        var address = sockaddr_in.loopback(port)
        let isThere = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(connection, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard isThere == 0 else {
            throw DockerRefusal("The emulator at \(endpoint) cannot be reached.")
        }
        let head =
            "POST /_drydock/docker HTTP/1.1\r\nHost: \(authority)\r\n"
            + "Content-Type: application/json\r\nContent-Length: \(body.count)\r\n"
            + "Connection: close\r\n\r\n"
        connection.write(Data(head.utf8) + body)
        return connection.readAll()
    }
}

extension sockaddr_in {
    static func loopback(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }
}

extension Int32 {
    /// Writes everything to this descriptor, or as much as the other side takes.
    func write(_ data: Data) {
        var rest = data[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(self, $0.baseAddress, $0.count, 0x4000) }
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }

    /// Everything that comes until the other side has nothing more to say.
    func readAll() -> Data {
        var all = Data()
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(self, &buffer, buffer.count, 0)
            guard count > 0 else { return all }
            all.append(contentsOf: buffer[..<count])
        }
    }
}
