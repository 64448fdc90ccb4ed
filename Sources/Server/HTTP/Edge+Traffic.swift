import Cloud
import HTTPTypes
import HummingbirdCore
import NIOCore

extension Edge {
    /// How long a client that nobody answers is kept waiting at most, by the wall clock.
    static let silence = Swift.Duration.seconds(30)

    /// Carries a request through a load balancer.
    ///
    /// - Parameter port: `nil` if the client asked at the server's own port.
    func carry(
        _ request: Request, to name: String, port: Int?, _ context: EdgeContext,
        _ target: RequestTarget? = nil
    ) async throws -> Response {
        guard let target = target ?? RequestTarget(request.head) else {
            return .byLoadBalancer(400)
        }
        let asked = Balancing.Request(
            method: request.method.rawValue, host: request.head.authority ?? name,
            path: target.path, query: target.query,
            headers: request.headers.map { .init($0.name.rawName, $0.value) })
        var response: Response
        switch await world.send(asked, to: name, port: port) {
        case .page(let page): response = page.response(to: request)
        case .fixedResponse(let status, let type, let body):
            response = Response(
                status: .init(code: status),
                headers: [.server: "awselb/2.0", .contentType: type ?? "text/plain"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: body ?? "")))
        case .redirect(let status, let location):
            response = .byLoadBalancer(status)
            response.headers[.location] = location
        case .failure(let status): response = .byLoadBalancer(status)
        case .unknownName:
            response = .sentence(
                502,
                "There is no load balancer with the name \(name). aws elbv2 "
                    + "describe-load-balancers shows those that there are.")
        case .hangUp:
            try await hangUp(context)
            response = Response(status: .badGateway)
        case .silence:
            // Until the client has had enough.
            try? await request.body.consumeWithCancellationOnInboundClose { _ in
                try await Task.sleep(for: Self.silence)
            }
            try await hangUp(context)
            response = Response(status: .gatewayTimeout)
        }
        return request.method == .head ? response.createHeadResponse() : response
    }

    /// Ends the connection as if nobody had taken it.
    private func hangUp(_ context: EdgeContext) async throws {
        try? await context.channel.close(mode: .all)
        throw ConnectionEnded()
    }
}

/// There is nobody left to answer.
struct ConnectionEnded: Error {}

extension TaskPage {
    fileprivate func response(to request: Request) -> Response {
        let accept = request.headers[.accept] ?? ""
        let wantsJSON = accept.contains("application/json")
        return Response(
            status: .init(code: status),
            headers: [
                .contentType: wantsJSON ? "application/json" : "text/html; charset=utf-8",
                .cacheControl: "no-store",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(string: wantsJSON ? json : html)))
    }
}

extension Response {
    /// What a load balancer says by itself, byte for byte. Source: elbv2.md section 7.
    fileprivate static func byLoadBalancer(_ status: Int) -> Response {
        let reasons = [
            301: "Moved Permanently", 302: "Found", 400: "Bad Request", 502: "Bad Gateway",
            503: "Service Temporarily Unavailable", 504: "Gateway Time-out",
        ]
        let text = "\(status) \(reasons[status] ?? "Error")"
        let body =
            "<html>\r\n<head><title>\(text)</title></head>\r\n<body>\r\n"
            + "<center><h1>\(text)</h1></center>\r\n</body>\r\n</html>\r\n"
        return Response(
            status: .init(code: status),
            headers: [.server: "awselb/2.0", .contentType: "text/html"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: body)))
    }
}
