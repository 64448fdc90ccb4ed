import Cloud
import HTTPTypes
import HummingbirdCore
import NIOCore
import Reports

extension Edge {
    /// How many facts one answer has at most.
    static let mostFacts = 10_000

    /// What has happened: as a list, or one by one as it happens.
    func timeline(_ request: Request, _ target: RequestTarget) async throws -> Response {
        var since = 0
        for pair in target.query.split(separator: "&") where pair.hasPrefix("since=") {
            guard let number = Int(pair.dropFirst(6)), number >= 0 else {
                throw ControlProblem(400, "\"since\" is the number of a fact, such as since=12.")
            }
            since = number
        }
        if request.headers[.accept]?.contains("text/event-stream") == true {
            if let last = request.headers[.init("Last-Event-ID")!].flatMap({ Int($0) }) {
                since = last
            }
            return await stream(request, since: since)
        }
        return .json(await world.timeline(since: since, atMost: Self.mostFacts))
    }

    /// Server-sent events, one a fact, until the client leaves.
    private func stream(_ request: Request, since: Int) async -> Response {
        let world = world
        let (id, old, new) = await world.watchTimeline(since: since)
        let body = ResponseBody { writer in
            do {
                try await request.body.consumeWithCancellationOnInboundClose { _ in
                    // Begins at once, so that the client knows that it is connected.
                    try await writer.write(ByteBuffer(string: ": Drydock's timeline\n\n" + old))
                    for await entry in new {
                        let text = await world.eventStream([entry])
                        try await writer.write(ByteBuffer(string: text))
                    }
                }
            } catch {}
            await world.leaveTimeline(id)
            try await writer.finish(nil)
        }
        return Response(
            status: .ok,
            headers: [.contentType: "text/event-stream", .cacheControl: "no-store"], body: body)
    }
}
