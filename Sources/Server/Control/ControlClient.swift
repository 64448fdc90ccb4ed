import CloudAPI
import NIOCore
import NIOHTTP1
import NIOPosix

/// Asks the control API of a running server: one request, one answer.
package struct ControlClient: Sendable {
    /// Why there is no answer, in a sentence with the way out.
    package struct Problem: Error, CustomStringConvertible {
        package let description: String
    }

    private let endpoint: String
    private let host: String
    private let port: Int
    private let token: String?

    /// - Parameters:
    ///   - endpoint: `"http://127.0.0.1:4566"`
    ///   - token: What the server has printed at its start, if others can reach it.
    package init(endpoint: String, token: String? = nil) throws(Problem) {
        guard endpoint.hasPrefix("http://"), let target = RequestTarget(endpoint, host: nil),
            !target.host.isEmpty
        else {
            throw Problem(
                description: "\"\(endpoint)\" is no address of a server, such as "
                    + "http://127.0.0.1:4566.")
        }
        self.endpoint = endpoint
        host = target.host
        port = target.port ?? 80
        self.token = token
    }

    /// - Parameters:
    ///   - path: Below `/_drydock/`, with its query.
    ///   - body: JSON; with one it is a POST, without a GET.
    ///   - type: What is to be answered.
    /// - Throws: A ``Problem``: nobody answers, or the server's own sentence of refusal.
    package func ask(
        _ path: String, body: String? = nil, accept type: String = "application/json"
    ) async throws -> String {
        let body = body.map { (ByteBuffer(string: $0), "application/json") }
        return String(buffer: try await exchange(path, body, accept: type))
    }

    /// What is answered to a GET, whatever it is; up to 1 GiB.
    package func download(_ path: String, accept type: String) async throws -> [UInt8] {
        Array(try await exchange(path, nil, accept: type).readableBytesView)
    }

    /// Sends bytes of a type, and returns the JSON that is answered.
    package func upload(_ bytes: [UInt8], type: String, to path: String) async throws -> String {
        let body = (ByteBuffer(bytes: bytes), type)
        return String(buffer: try await exchange(path, body, accept: "application/json"))
    }

    private func exchange(
        _ path: String, _ body: (bytes: ByteBuffer, type: String)?, accept type: String
    ) async throws -> ByteBuffer {
        let answer: NIOHTTPClientResponseFull
        do {
            answer = try await send(request(path, body, type), body?.bytes)
        } catch {
            throw Problem(
                description: "No Drydock answers at \(endpoint): start one with drydock serve, or "
                    + "name its address with --endpoint.")
        }
        let content = answer.body ?? ByteBuffer()
        guard (200...299).contains(answer.head.status.code) else {
            throw Problem(
                description: refusal(String(buffer: content), answer.head.status.code))
        }
        return content
    }

    private func request(
        _ path: String, _ body: (bytes: ByteBuffer, type: String)?, _ type: String
    ) -> HTTPRequestHead {
        var headers: HTTPHeaders = [
            "Host": "\(host):\(port)", "Accept": type, "Connection": "close",
        ]
        if let body {
            headers.add(name: "Content-Type", value: body.type)
            headers.add(name: "Content-Length", value: String(body.bytes.readableBytes))
        }
        if let token { headers.add(name: "Authorization", value: "Bearer \(token)") }
        return HTTPRequestHead(
            version: .http1_1, method: body == nil ? .GET : .POST, uri: "/_drydock/\(path)",
            headers: headers)
    }

    private func send(
        _ head: HTTPRequestHead, _ body: ByteBuffer?
    ) async throws -> NIOHTTPClientResponseFull {
        let loop = MultiThreadedEventLoopGroup.singleton.next()
        let promise = loop.makePromise(of: NIOHTTPClientResponseFull.self)
        do {
            // An address of IPv6 is in brackets in a URL, and nowhere else.
            let name = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
            let channel = try await ClientBootstrap(group: loop)
                .connectTimeout(.seconds(10))
                .channelInitializer { channel in
                    channel.eventLoop.makeCompletedFuture {
                        let pipeline = channel.pipeline.syncOperations
                        try pipeline.addHTTPClientHandlers()
                        try pipeline.addHandler(
                            NIOHTTPClientResponseAggregator(maxContentLength: Self.mostBytes))
                        try pipeline.addHandler(AnswerHandler(promise))
                    }
                }
                .connect(host: name, port: port).get()
            channel.write(HTTPClientRequestPart.head(head), promise: nil)
            if let body {
                channel.write(
                    HTTPClientRequestPart.body(.byteBuffer(body)), promise: nil)
            }
            channel.writeAndFlush(HTTPClientRequestPart.end(nil), promise: nil)
        } catch {
            promise.fail(error)
        }
        return try await promise.futureResult.get()
    }

    private static let mostBytes = 1 << 30

    private func refusal(_ text: String, _ status: UInt) -> String {
        if let value = try? JSONReader.read(Array(text.utf8)),
            case .string(let sentence)? = value["message"]
        {
            return sentence
        }
        return "\(endpoint) answered with status \(status); is that a Drydock?"
    }
}

/// Keeps the promise of an answer.
private final class AnswerHandler: ChannelInboundHandler {
    typealias InboundIn = NIOHTTPClientResponseFull

    private struct NoAnswer: Error {}

    private let promise: EventLoopPromise<NIOHTTPClientResponseFull>

    init(_ promise: EventLoopPromise<NIOHTTPClientResponseFull>) { self.promise = promise }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        promise.succeed(unwrapInboundIn(data))
        context.close(promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        promise.fail(NoAnswer())
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        promise.fail(error)
        context.close(promise: nil)
    }
}
