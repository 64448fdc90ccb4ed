import CloudAPI
import NIOCore
import NIOHTTP1
import Wire

/// Answers AWS's calls right where they have been read.
///
/// Nearly all calls are a POST to `/` with a body of some hundred bytes. To hand them through
/// streams of parts to a task that waits for them takes longer than to carry most of them out, so
/// they are put together here and their answers written from here. Everything else (large bodies,
/// the control API, requests through load balancers, layers of images) is handed on to
/// Hummingbird, and so is a request that comes before the answer to one that was handed on.
final class CallHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    /// The largest body that is put together here, in bytes.
    static let most = 1 << 20

    private struct Incoming {
        var head: HTTPRequestHead
        var target: RequestTarget
        var body: ByteBuffer?
    }

    private let edge: Edge
    private let executor: LoopExecutor
    /// The call that is being read.
    private var incoming: Incoming?
    /// A call is being carried out. What comes meanwhile waits, and then no more is read.
    private var isAnswering = false
    private var waiting: [HTTPServerRequestPart] = []
    private var failure: (any Error)?
    private var isInputClosed = false
    private var owesRead = false
    /// Requests that were handed on and are not answered.
    private var handedOn = 0
    private var date = HTTPDate()

    init(edge: Edge, executor: LoopExecutor) {
        self.edge = edge
        self.executor = executor
    }
}

// MARK: - Reading

extension CallHandler {
    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        if isAnswering {
            waiting.append(part)
        } else {
            take(part, context)
        }
    }

    /// Nothing comes before its answer from a client that waits for it. So the kernel is not told
    /// to stop looking and to look again for each call, but only once something did come.
    func read(context: ChannelHandlerContext) {
        if isAnswering, !waiting.isEmpty {
            owesRead = true
        } else {
            context.read()
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if isAnswering {
            failure = error
        } else if let incoming {
            // The rest of the body will not come.
            self.incoming = nil
            answer(incoming, problem: .truncated, context)
        } else {
            context.fireErrorCaught(error)
        }
    }

    /// That a client sends no more ends the connection further on, where nobody knows of a call
    /// that is being answered here: they hear of it once the answer is written.
    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if isAnswering, event as? ChannelEvent == .inputClosed {
            isInputClosed = true
        } else {
            context.fireUserInboundEventTriggered(event)
        }
    }

    private func take(_ part: HTTPServerRequestPart, _ context: ChannelHandlerContext) {
        switch part {
        case .head(let head):
            if handedOn == 0, let target = callTarget(head) {
                incoming = Incoming(head: head, target: target)
                return
            }
            handedOn += 1
        case .body(var body) where incoming != nil:
            if incoming!.body?.writeBuffer(&body) == nil { incoming!.body = body }
            return
        case .end:
            if let incoming {
                self.incoming = nil
                return answer(incoming, problem: nil, context)
            }
        default: break
        }
        context.fireChannelRead(wrapInboundOut(part))
    }

    /// - Returns: Where the request goes, if it is a call to be answered here.
    private func callTarget(_ head: HTTPRequestHead) -> RequestTarget? {
        guard head.method == .POST, head.uri == "/",
            let length = head.headers.first(name: "content-length").flatMap({ Int($0) }),
            length <= Self.most, !head.headers.contains(name: "transfer-encoding"),
            !head.headers.contains(name: "expect"),
            let target = RequestTarget(head.uri, host: head.headers.first(name: "host")),
            !target.isLoadBalancer
        else { return nil }
        return target
    }
}

// MARK: - Answering

extension CallHandler {
    private func answer(
        _ call: Incoming, problem: APIFailure?, _ context: ChannelHandlerContext
    ) {
        isAnswering = true
        let wire = WireRequest(
            method: call.head.method.rawValue, path: call.target.path, query: call.target.query,
            headers: WireHeaders(call.head.headers),
            body: call.body.map { Array($0.readableBytesView) } ?? [])
        let staysOpen = call.head.isKeepAlive && problem == nil
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let (edge, target) = (edge, call.target)
        let sender = context.channel
        Task(executorPreference: executor) {
            let response = await edge.answer(wire, target, sender, problem: problem)
            let (handler, context) = bound.value
            handler.finish(response, staysOpen: staysOpen, context)
        }
    }

    private func finish(
        _ response: WireResponse, staysOpen: Bool, _ context: ChannelHandlerContext
    ) {
        isAnswering = false
        write(response, staysOpen: staysOpen, context)
        var handsOn = false
        var next = 0
        while next < waiting.count, !isAnswering {
            take(waiting[next], context)
            handsOn = true
            next += 1
        }
        waiting.removeFirst(next)
        if handsOn { context.fireChannelReadComplete() }
        if isAnswering { return }
        if let failure {
            self.failure = nil
            errorCaught(context: context, error: failure)
        }
        if isInputClosed, !isAnswering {
            isInputClosed = false
            context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        }
        if owesRead, !isAnswering {
            owesRead = false
            context.read()
        }
    }

    private func write(
        _ response: WireResponse, staysOpen: Bool, _ context: ChannelHandlerContext
    ) {
        guard context.channel.isActive else { return }
        var head = HTTPResponseHead(
            version: .http1_1, status: HTTPResponseStatus(statusCode: response.status))
        head.headers.reserveCapacity(response.headers.fields.count + 3)
        for field in response.headers.fields {
            head.headers.add(name: field.name, value: field.value)
        }
        head.headers.add(name: "Content-Length", value: String(response.body.count))
        head.headers.add(name: "Date", value: date.text(at: WallClock.calendarMilliseconds))
        if !staysOpen { head.headers.add(name: "Connection", value: "close") }
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        if !response.body.isEmpty {
            let body = context.channel.allocator.buffer(bytes: response.body)
            context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        if !staysOpen { context.close(promise: nil) }
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) { handedOn -= 1 }
        context.write(data, promise: promise)
    }
}

extension WireHeaders {
    init(_ headers: HTTPHeaders) {
        self.init()
        fields.reserveCapacity(headers.count)
        for header in headers { append(header.name, header.value) }
    }
}
