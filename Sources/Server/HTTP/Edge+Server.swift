import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1

extension Edge {
    /// What listens on a port and hands everything that comes there to this edge.
    ///
    /// Hummingbird's `Application` is not used: it brings a group of services of its own and a task
    /// that writes the date each second. To set them up took a tenth of the start (callgrind).
    ///
    /// - Parameter isOpen: Called once it listens.
    func server(
        _ configuration: ServerConfiguration, group: any EventLoopGroup, logger: Logger,
        isOpen: @escaping @Sendable (any Channel) async -> Void
    ) -> Server<EdgeChannel> {
        Server(
            childChannelSetup: EdgeChannel(
                responder: { try await answer($0, $1, on: $2) },
                // Nobody makes AWS's calls to the port of a listener.
                calls: listener == nil ? self : nil),
            configuration: configuration, onServerRunning: isOpen, eventLoopGroup: group,
            logger: logger)
    }

    private func answer(
        _ request: Request, _ writer: consuming ResponseWriter, on channel: any Channel
    ) async throws {
        var response: Response
        do {
            response = try await respond(to: request, context: EdgeContext(channel: channel))
        } catch let error as HTTPParserError {
            throw error
        } catch {
            response = Response(status: .internalServerError)
        }
        let second = WallClock.calendarMilliseconds / 1000
        response.headers[.date] = HTTPDate.text(atSecond: second)
        do {
            try await writer.write(response: response.head, body: response.body)
        } catch is HTTPParserError {
            // An answer has begun: there must be no other one that says what was wrong.
            throw ChannelError.ioOnClosedChannel
        }
    }
}
