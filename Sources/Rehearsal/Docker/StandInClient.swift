import Foundation
import Server

/// Speaks to the server that the stand-in belongs to: one request, one answer.
struct StandInClient {
    /// `"http://127.0.0.1:40123"`
    let endpoint: String

    func ask(_ call: DockerCall) throws -> DockerAnswer {
        let (_, body) = try send(
            "/_drydock/docker", host: authority,
            ["Content-Type: application/json"], JSONEncoder().encode(call))
        do {
            return try JSONDecoder().decode(DockerAnswer.self, from: body)
        } catch {
            let text = String(decoding: body, as: UTF8.self)
            throw DockerRefusal("The emulator at \(endpoint) says: \(text)")
        }
    }

    /// Brings the bytes of a layer or a configuration, as every client of a registry does.
    ///
    /// - Parameter push: The call that has brought the image.
    func send(_ bytes: Data, as digest: String, for push: DockerCall) throws {
        let login = Data("AWS:\(push.password)".utf8).base64EncodedString()
        let (status, body) = try send(
            "/v2/\(push.repository)/blobs/uploads/?digest=\(digest)", host: push.registry,
            ["Content-Type: application/octet-stream", "Authorization: Basic \(login)"], bytes)
        guard status == 201 else {
            throw DockerRefusal(
                "The layer \(digest) was not taken: \(String(decoding: body, as: UTF8.self))")
        }
    }

    private var authority: Substring { endpoint.dropFirst("http://".count) }

    private func send(
        _ path: String, host: some StringProtocol, _ headers: [String], _ body: Data
    ) throws -> (status: Int, body: Data) {
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
        let head = ["POST \(path) HTTP/1.1", "Host: \(host)"] + headers
        let end = ["Content-Length: \(body.count)", "Connection: close", "", ""]
        connection.write(Data((head + end).joined(separator: "\r\n").utf8))
        connection.write(body)
        let answer = connection.readAll()
        guard let split = answer.firstRange(of: Data("\r\n\r\n".utf8)),
            let status = String(decoding: answer.prefix(64), as: UTF8.self)
                .split(separator: " ").dropFirst().first.flatMap({ Int($0) })
        else { throw DockerRefusal("The emulator at \(endpoint) does not answer.") }
        return (status, answer[split.upperBound...])
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
