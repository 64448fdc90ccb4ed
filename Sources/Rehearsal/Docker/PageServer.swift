import Cloud
import Foundation

/// What `docker run` starts: a program that serves an image's page on a port of this machine.
struct PageServer {
    let port: UInt16
    /// Answered to every request; `nil` if the program in the image listens elsewhere, so that
    /// connections are closed.
    let response: Data?

    /// - Parameter containerPort: Where the port leads to inside.
    init(port: UInt16, containerPort: Int, profile: AppProfile, image: String) {
        self.port = port
        guard profile.port == nil || profile.port == containerPort else {
            response = nil
            return
        }
        let name = profile.version.map { "version \($0)" } ?? image
        let text = profile.body ?? "This is \(name)."
        let page = """
            <!DOCTYPE html>
            <html lang="en">
            <head><meta charset="utf-8"><title>\(Self.escaped(name))</title></head>
            <body><p>\(Self.escaped(text))</p></body>
            </html>

            """
        let head =
            "HTTP/1.1 \(profile.page.status) \(profile.page.status < 400 ? "OK" : "Error")\r\n"
            + "Content-Type: text/html; charset=utf-8\r\nContent-Length: \(page.utf8.count)\r\n"
            + "Connection: close\r\n\r\n"
        response = Data((head + page).utf8)
    }

    private static func escaped(_ text: String) -> String {
        text.map { character in
            switch character {
            case "&": "&amp;"
            case "<": "&lt;"
            case ">": "&gt;"
            default: String(character)
            }
        }.joined()
    }

    /// Opens the port.
    ///
    /// - Returns: A descriptor that listens; `nil` if the port is taken.
    func open() -> Int32? {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var yes: Int32 = 1
        setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in.loopback(port)
        let isBound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard isBound == 0, listen(listener, 64) == 0 else {
            close(listener)
            return nil
        }
        return listener
    }

    /// Answers until the process is ended.
    func serve(on listener: Int32) {
        while true {
            let connection = accept(listener, nil, nil)
            guard connection >= 0 else { continue }
            if let response {
                var wait = timeval(tv_sec: 5, tv_usec: 0)
                setsockopt(
                    connection, SOL_SOCKET, SO_RCVTIMEO, &wait,
                    socklen_t(MemoryLayout<timeval>.size))
                var buffer = [UInt8](repeating: 0, count: 16_384)
                _ = recv(connection, &buffer, buffer.count, 0)
                connection.write(response)
                print("GET / answered")
                fflush(nil)
            }
            close(connection)
        }
    }
}
