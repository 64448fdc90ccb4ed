import NIOCore
import NIOHTTP1

/// Closes a connection whose client takes too long to send a request, headers and body together.
///
/// Layers of images may take as long as they like, if they keep coming: for them the limit is on
/// the next ``enough`` bytes.
///
/// Two handlers share it: one sees the first byte of a request, the other its end. One timer per
/// connection is enough: it looks whether a request is still under way, and since when.
final class RequestTimer {
    static let limit = TimeAmount.seconds(60)
    static let enough = 64 << 10

    private var began: NIODeadline?
    /// Of a request whose body may be long: what has come since ``began``.
    private var arrived: Int?
    private var task: Scheduled<Void>?

    /// Before HTTP is read.
    final class Bytes: ChannelInboundHandler, RemovableChannelHandler {
        typealias InboundIn = ByteBuffer
        typealias InboundOut = ByteBuffer
        let timer: RequestTimer

        init(_ timer: RequestTimer) { self.timer = timer }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            timer.begin(context)
            context.fireChannelRead(data)
        }

        func channelInactive(context: ChannelHandlerContext) {
            timer.task?.cancel()
            context.fireChannelInactive()
        }
    }

    /// After HTTP has been read.
    final class Parts: ChannelInboundHandler, RemovableChannelHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias InboundOut = HTTPServerRequestPart
        let timer: RequestTimer

        init(_ timer: RequestTimer) { self.timer = timer }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head):
                timer.arrived = head.uri.contains("/v2/") ? 0 : nil
            case .body(let body): timer.note(body.readableBytes)
            case .end: timer.began = nil
            }
            context.fireChannelRead(data)
        }
    }

    private func note(_ count: Int) {
        guard let arrived else { return }
        self.arrived = arrived + count
        if arrived + count >= Self.enough { (began, self.arrived) = (.now(), 0) }
    }

    private func begin(_ context: ChannelHandlerContext) {
        if began == nil { began = .now() }
        if task == nil { schedule(context, in: Self.limit) }
    }

    private func schedule(_ context: ChannelHandlerContext, in wait: TimeAmount) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        task = context.eventLoop.scheduleTask(in: wait) {
            let (timer, context) = bound.value
            timer.task = nil
            guard let began = timer.began else { return }
            let passed = NIODeadline.now() - began
            if passed >= Self.limit {
                context.close(promise: nil)
            } else {
                timer.schedule(context, in: Self.limit - passed)
            }
        }
    }
}
