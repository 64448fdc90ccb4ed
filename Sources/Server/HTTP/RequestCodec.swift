import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// Turns HTTP/1.1 as NIO reads it into the types that Hummingbird works with, and back.
///
/// The codec that comes with those types takes the host out of a first line that has the whole
/// address, by which a proxy must know what it is asked for, and looks for one in every line.
final class RequestCodec: ChannelDuplexHandler, RemovableChannelHandler, Sendable {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            do {
                let request = try Self.request(head)
                // Some clients wait for a word before they send something large.
                if head.headers.contains(name: "expect"), head.version == .http1_1 {
                    let go = HTTPResponseHead(version: .http1_1, status: .continue)
                    context.writeAndFlush(wrapOutboundOut(.head(go)), promise: nil)
                }
                context.fireChannelRead(wrapInboundOut(.head(request)))
            } catch {
                context.fireErrorCaught(error)
            }
        case .body(let body): context.fireChannelRead(wrapInboundOut(.body(body)))
        case .end(let trailers):
            context.fireChannelRead(
                wrapInboundOut(.end(trailers.map { HTTPFields($0, splitCookie: false) })))
        }
    }

    /// The path is what stands in the first line, whatever its form.
    private static func request(_ head: HTTPRequestHead) throws -> HTTPRequest {
        HTTPRequest(
            method: try HTTPRequest.Method(head.method), scheme: "http",
            authority: head.headers.first(name: "host"), path: head.uri,
            headerFields: HTTPFields(head.headers, splitCookie: false))
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let response):
            context.write(wrapOutboundOut(.head(HTTPResponseHead(response))), promise: promise)
        case .body(let body):
            context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: promise)
        case .end(let trailers):
            context.write(
                wrapOutboundOut(.end(trailers.map { HTTPHeaders($0) })), promise: promise)
        }
    }
}
