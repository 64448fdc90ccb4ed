import Cloud
import CloudAPI
import HTTPTypes
import HummingbirdCore
import NIOCore
import Reports

/// Who uses the registry, and whose it is.
struct RegistryVisitor: Sendable {
    let caller: Caller
    /// The account of the registry that was asked.
    let account: String
    var place: Place { Place(account: account, region: caller.place.region) }
}

/// One request to the registry.
struct RegistryRequest {
    let request: Request
    let target: RequestTarget
    let query: RegistryQuery
    var method: HTTPRequest.Method { request.method }

    init(_ request: Request, _ target: RequestTarget) {
        (self.request, self.target) = (request, target)
        query = RegistryQuery(target.query)
    }
}

extension RequestTarget {
    /// Whether it is for the registry, and not for an operation of AWS.
    func isRegistry(_ request: Request) -> Bool {
        (path == "/v2" || path.hasPrefix("/v2/"))
            && request.headers[.authorization]?.hasPrefix("AWS4-") != true
    }

    /// `http://localhost:4566`, as the client calls this server; empty if it does not call it
    /// anything, which makes addresses relative.
    var origin: String { host.isEmpty ? "" : "http://\(host)\(port.map { ":\($0)" } ?? "")" }
}

extension Edge {
    /// Answers docker and everyone else who speaks the OCI Distribution protocol, by ECR's rules.
    func registry(_ request: Request, _ target: RequestTarget) async -> Response {
        var response: Response
        do {
            response = try await answer(RegistryRequest(request, target))
        } catch {
            response = RegistryRefusal(error).response(target)
        }
        return request.method == .head ? response.createHeadResponse() : response
    }

    private func answer(_ request: RegistryRequest) async throws -> Response {
        let route = RegistryRoute(request.target.path)
        if case .blob(let name, let digest)? = route, request.method == .get,
            request.query["signature"] != nil
        {
            return try await layer(digest, in: name, request)
        }
        let visitor: RegistryVisitor
        switch await world.admit(
            request.request.headers[.authorization],
            home: RegistryHome(host: request.target.host))
        {
        case .success(let admitted): visitor = admitted
        case .failure(.stranger): return .notAuthorized(request.target)
        case .failure(.expired): throw RegistryRefusal.tokenExpired
        }
        guard let route else {
            return .registry(
                404, [.contentType: "text/plain; charset=utf-8"], "404 page not found\n")
        }
        return try await answer(request, route, visitor)
    }

    private func answer(
        _ request: RegistryRequest, _ route: RegistryRoute, _ visitor: RegistryVisitor
    ) async throws -> Response {
        switch (route, request.method) {
        case (.base, .get), (.base, .head):
            return .registry(200, [.contentType: "application/json; charset=utf-8"], "{}")
        case (.catalog, .get): return try await catalog(request, visitor)
        case (.tags(let name), .get): return try await tags(of: name, request, visitor)
        case (.referrers(let name, let digest), .get):
            return try await referrers(of: digest, in: name, request, visitor)
        case (.manifest(let name, let reference), .get),
            (.manifest(let name, let reference), .head):
            return try await manifest(reference, in: name, request, visitor)
        case (.manifest(let name, let reference), .put):
            return try await put(reference, in: name, request, visitor)
        case (.manifest(let name, let reference), .delete):
            return try await delete(reference, in: name, visitor)
        case (.blob(let name, let digest), .head), (.blob(let name, let digest), .get):
            return try await blob(digest, in: name, request, visitor)
        case (.uploads(let name), .post): return try await start(in: name, request, visitor)
        case (.upload(let name, let id), .patch):
            return try await append(to: id, in: name, request, visitor)
        case (.upload(let name, let id), .put):
            return try await finish(id, in: name, request, visitor)
        case (.upload(let name, let id), .get):
            return try await status(of: id, in: name, visitor)
        case (.upload(let name, let id), .delete):
            return try await cancel(id, in: name, visitor)
        default: throw RegistryRefusal.unsupported
        }
    }

    // MARK: lists

    private static let page = 1000

    /// How many are wanted, and after which.
    private func page(_ request: RegistryRequest) throws -> (most: Int, last: String?) {
        guard let text = request.query["n"] else { return (Self.page, request.query["last"]) }
        guard let most = Int(text), most >= 0 else { throw RegistryRefusal.pageInvalid }
        return (min(most, Self.page), request.query["last"])
    }

    private func link(_ path: String, _ most: Int, after last: String?) -> HTTPFields {
        var headers: HTTPFields = [.contentType: "text/plain; charset=utf-8"]
        if let last { headers[.link] = "<\(path)?n=\(most)&last=\(last)>; rel=\"next\"" }
        return headers
    }

    /// Source: ecr.md section 5.7, also for the media type.
    private func tags(
        of name: String, _ request: RegistryRequest, _ visitor: RegistryVisitor
    ) async throws -> Response {
        let (most, last) = try page(request)
        let (tags, hasMore) = try await world.tags(
            of: name, after: last, atMost: most, for: visitor)
        let list = JSON.object([
            "name": .string(name), "tags": .array(tags.map(JSON.string)),
        ])
        return .registry(
            200,
            link("/v2/\(name)/tags/list", most, after: hasMore && most > 0 ? tags.last : nil),
            list.line() + "\n")
    }

    private func catalog(
        _ request: RegistryRequest, _ visitor: RegistryVisitor
    ) async throws -> Response {
        let (most, last) = try page(request)
        let (names, hasMore) = await world.names(after: last, atMost: most, for: visitor)
        let list = JSON.object(["repositories": .array(names.map(JSON.string))])
        return .registry(
            200, link("/v2/_catalog", most, after: hasMore && most > 0 ? names.last : nil),
            list.line() + "\n")
    }

    /// Returns once what was changed is kept, where it is kept at all.
    func save() async throws {
        if world.blobs.isDurable { try await world.catalog.save(world) }
    }
}
