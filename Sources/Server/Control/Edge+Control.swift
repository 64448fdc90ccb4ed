import Cloud
import CloudAPI
import HTTPTypes
import HummingbirdCore
import NIOCore
import Reports
import Simulation
import Store

/// The control API: what a server of AWS does not have. docs/server.md lists it.
extension Edge {
    private static let bodyBytes = 1 << 20

    func control(
        _ request: Request, _ target: RequestTarget, _ context: EdgeContext
    ) async throws -> Response {
        // Pages of other sites can reach a server on this machine; they may not use it.
        if let origin = request.headers[.origin], !isOwn(origin, target) {
            return .problem(403, "Pages of \(origin) may not use the control API.")
        }
        if token == nil, !target.isNameOfOurs {
            return .problem(
                403,
                "The control API answers under the names of this machine, not under "
                    + "\(target.host).")
        }
        if let token, request.headers[.authorization] != "Bearer \(token)" {
            return .problem(
                401,
                "The control API needs the token that was printed at the start, as "
                    + "\"Authorization: Bearer ...\".")
        }
        let name = target.path.dropFirst("/_drydock/".count)
        // The docker stand-in belongs to a rehearsal; nobody else is to be served so.
        guard let route = Self.routes.first(where: { $0.name == name }),
            route.name != "docker" || world.settings.keepsTranscript
        else {
            return .problem(404, "The control API has no \(target.path).")
        }
        guard route.methods.contains(request.method) else {
            let methods = route.methods.map(\.rawValue).joined(separator: " and ")
            var response = Response.problem(405, "\(target.path) is for \(methods).")
            response.headers[.allow] = route.methods.map(\.rawValue).joined(separator: ", ")
            return response
        }
        if request.method == .post {
            let type = request.headers[.contentType]?.prefix { $0 != ";" }
            guard type?.lowercased() == route.type else {
                return .problem(415, "A POST to \(target.path) must be \(route.type).")
            }
        }
        if let missing = route.missing { return .problem(501, missing) }
        do {
            return try await answer(String(name), request, target)
        } catch let problem as ControlProblem {
            return .problem(problem.status, problem.sentence)
        }
    }

    private struct Route {
        let name: String
        let methods: [HTTPRequest.Method]
        /// What a POST brings. No page of another site can send it without being asked first.
        var type = "application/json"
        /// What is not built yet, in a sentence.
        var missing: String?
    }

    private static let routes = [
        Route(name: "health", methods: [.get]),
        Route(name: "reset", methods: [.post]),
        Route(name: "clock", methods: [.get, .post]),
        Route(name: "timeline", methods: [.get]),
        Route(name: "deployments", methods: [.get]),
        Route(name: "cloud", methods: [.get]),
        Route(name: "state", methods: [.get]),
        Route(name: "docker", methods: [.post]),
        Route(name: "predict", methods: [.post]),
        Route(name: "diff", methods: [.get]),
        Route(
            name: "reach", methods: [.get], missing: "Asking what reaches what is not built yet."),
        Route(name: "rewind", methods: [.post]),
        Route(name: "export", methods: [.get]),
        Route(name: "import", methods: [.post], type: parcelType),
        Route(name: "faults", methods: [.post], missing: "Breaking things is not built yet."),
    ]

    private func answer(
        _ name: String, _ request: Request, _ target: RequestTarget
    ) async throws -> Response {
        switch name {
        case "health":
            return .json(.object(["status": .string("ok")]))
        case "reset":
            _ = try await body(of: request)
            do {
                try await world.reset()
            } catch let problem as StoreProblem {
                throw ControlProblem(500, problem.description)
            }
            return .json(await world.clock())
        case "clock":
            if request.method == .post { try await moveClock(try await body(of: request)) }
            return .json(await world.clock())
        case "deployments":
            return .json(text: await world.deployments())
        case "cloud": return .json(await world.overview())
        case "rewind": return try await rewind(try await body(of: request))
        case "export": return try await export()
        case "import": return try await importing(request)
        case "state": return .json(try await world.state())
        case "docker": return try await docker(request)
        case "predict": return try await predict(request, target)
        case "diff": return try await diff(request, target)
        default: return try await timeline(request, target)
        }
    }

    /// The JSON of a request; of none, an object without members.
    func body(of request: Request) async throws -> WireValue {
        let buffer: ByteBuffer
        do {
            buffer = try await request.body.collect(upTo: Self.bodyBytes)
        } catch is NIOTooManyBytesError {
            throw ControlProblem(413, "The body is larger than \(Self.bodyBytes) bytes.")
        }
        if buffer.readableBytes == 0 { return .object([]) }
        do throws(JSONFailure) {
            return try JSONReader.read(Array(buffer.readableBytesView))
        } catch {
            throw ControlProblem(400, "The body is not JSON: \(error).")
        }
    }
}

/// What the control API refuses.
struct ControlProblem: Error {
    let status: Int
    let sentence: String
    init(_ status: Int, _ sentence: String) { (self.status, self.sentence) = (status, sentence) }
}

extension Response {
    static func json(_ json: JSON) -> Response { .json(text: json.text()) }

    static func json(text: String, status: Int = 200) -> Response {
        Response(
            status: .init(code: status),
            headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    /// For people.
    static func text(_ text: String) -> Response {
        Response(
            status: .ok,
            headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    fileprivate static func problem(_ status: Int, _ sentence: String) -> Response {
        .json(text: JSON.object(["message": .string(sentence)]).text(), status: status)
    }
}
