import NIOCore
import NIOExtras
import NIOHTTP1

/// Closes a connection on which nothing is asked for any more. When the server stops, it waits for
/// answers that are under way, and for nothing else.
///
/// Hummingbird's own does the same for requests that come through it; this one also sees those that
/// ``CallHandler`` answers.
final class ConnectionKeeper: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// Between two requests.
    static let idle = TimeAmount.seconds(120)

    /// When the last answer was complete.
    private var quietSince = NIODeadline.now()
    /// Requests that have begun and are not answered to the end.
    private var unanswered = 0
    private var isStopping = false
    private var timer: Scheduled<Void>?

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { look(context) }
    }

    func channelActive(context: ChannelHandlerContext) {
        if timer == nil { look(context) }
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .head = unwrapInboundIn(data) { unanswered += 1 }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        guard case .end = unwrapOutboundIn(data) else {
            return context.write(data, promise: promise)
        }
        unanswered = max(0, unanswered - 1)
        quietSince = .now()
        if isStopping, unanswered == 0 {
            context.writeAndFlush(data, promise: promise)
            context.close(promise: nil)
        } else {
            context.write(data, promise: promise)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is ChannelShouldQuiesceEvent else {
            return context.fireUserInboundEventTriggered(event)
        }
        isStopping = true
        if unanswered == 0 { context.close(promise: nil) }
    }

    /// Closes the connection if its time is up; if not, looks again when it may be.
    private func look(_ context: ChannelHandlerContext) {
        let now = NIODeadline.now()
        let limit = unanswered > 0 ? now + Self.idle : quietSince + Self.idle
        if limit <= now { return context.close(promise: nil) }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        timer = context.eventLoop.scheduleTask(in: limit - now) {
            let (keeper, context) = bound.value
            keeper.look(context)
        }
    }
}
