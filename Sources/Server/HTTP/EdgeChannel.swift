import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// A connection that speaks HTTP/1.1: Hummingbird's own, with limits on size and time.
struct EdgeChannel: ServerChildChannel, HTTPChannelHandler {
    typealias Value = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

    /// For a request line and headers together.
    static let headerBytes = 64 << 10

    let responder: HTTPChannelHandler.Responder
    /// Whom AWS's calls are for; `nil` on ports where nobody makes any.
    var calls: Edge?

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            let timer = RequestTimer()
            let pipeline = channel.pipeline.syncOperations
            try pipeline.addHandler(RequestTimer.Bytes(timer))
            var limits = NIOHTTPDecoderLimitConfiguration()
            limits.maxHeaderFieldSize = Self.headerBytes
            limits.maxHeaderListSize = Self.headerBytes
            limits.maxHeaderFieldCount = 200
            try pipeline.configureHTTPServerPipeline(
                withPipeliningAssistance: false, withErrorHandling: false,
                withOutboundHeaderValidation: false, withEncoderConfiguration: .init(),
                withDecoderLimitConfiguration: limits)
            try pipeline.addHandler(RequestTimer.Parts(timer))
            try pipeline.addHandler(ConnectionKeeper())
            if let calls {
                let executor = LoopExecutor(channel.eventLoop)
                try pipeline.addHandler(CallHandler(edge: calls, executor: executor))
            }
            try pipeline.addHandler(RequestCodec())
            return try NIOAsyncChannel(
                wrappingChannelSynchronously: channel,
                configuration: .init(isOutboundHalfClosureEnabled: true))
        }
    }

    func handle(value: Value, logger: Logger) async {
        await withTaskExecutorPreference(LoopExecutor(value.channel.eventLoop)) {
            await handleHTTP(asyncChannel: value, logger: logger)
        }
    }
}
