import Hummingbird
import HummingbirdCore
import NIOCore
import NIOPosix

/// The least that a server on Hummingbird can do: read a body, answer with so many bytes that were
/// there before. What Drydock's server does is measured against it.
///
///     bare-bench PORT BYTES
@main struct Bare {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
        guard arguments.count == 2 else { return print("usage: bare-bench PORT BYTES") }
        let body = ByteBuffer(repeating: UInt8(ascii: "a"), count: arguments[1])
        let responder = CallbackResponder<BasicRequestContext> { request, _ in
            _ = try await request.body.collect(upTo: 32 << 20)
            return Response(
                status: .ok, headers: [.contentType: "application/json"],
                body: ResponseBody(byteBuffer: body))
        }
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let application = Application(
            responder: responder,
            configuration: ApplicationConfiguration(
                address: .hostname("127.0.0.1", port: arguments[0]), backlog: 1024),
            eventLoopGroupProvider: .shared(group))
        try await application.runService()
    }
}
