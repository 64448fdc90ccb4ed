import Cloud
import CloudAPI
import HTTPTypes
import HummingbirdCore
import NIOCore
import Wire

extension Edge {
    /// Answers a call of one of AWS's operations whose body has still to be read.
    func call(
        _ request: Request, _ target: RequestTarget, _ context: EdgeContext
    ) async -> Response {
        var wire = WireRequest(
            method: request.method.rawValue, path: target.path, query: target.query,
            headers: WireHeaders(request.head))
        let problem = await read(request, into: &wire)
        return Response(await answer(wire, target, context.channel, problem: problem))
    }

    /// Answers a call of one of AWS's operations.
    ///
    /// - Parameters:
    ///   - channel: The connection it came on.
    ///   - problem: Why its body is not what the headers say, if it is not.
    func answer(
        _ wire: WireRequest, _ target: RequestTarget, _ channel: any Channel, problem: APIFailure?
    ) async -> WireResponse {
        let id = requestIDs.next()
        let began = world.settings.keepsTranscript ? WallClock.now : nil
        let dispatch = WireDispatch(wire, limits: limits)
        do throws(WireRefusal) {
            if world.settings.credentials != nil {
                try await verify(wire, dispatch)
            }
            // Pages of other sites can make a browser send a form here, which is all that a call
            // of the query protocol needs.
            if let origin = wire.headers["origin"], !isOwn(origin, target) {
                throw dispatch.refusal(of: .foreignOrigin(origin))
            }
            if let problem { throw dispatch.refusal(of: problem) }
        } catch {
            return error.response(requestID: id)
        }
        switch dispatch {
        case .call(let call):
            let answer = await answer(call, wire, channel, requestID: id)
            if let began { await world.spend(WallClock.now.since(began)) }
            return answer
        case .refused(let refusal):
            await note(refusal, of: wire)
            return refusal.response(requestID: id)
        case .registry:
            // Only what has a signature of AWS's comes this way.
            return .sentence(400, "The registry takes logins, no signatures.")
        }
    }

    private func answer(
        _ call: WireCall, _ wire: WireRequest, _ channel: any Channel, requestID: String
    ) async -> WireResponse {
        let sender = Sender(
            accessKey: call.credential?.accessKey, region: call.credential?.region,
            // Only a clock that waiting clients move needs to know who they are.
            address: world.settings.clock == .demand
                ? channel.remoteAddress?.ipAddress ?? "unknown" : "")
        let operation: any APIOperation
        do throws(APIFailure) {
            operation = try call.operation { $0 is any Handled.Type }
        } catch {
            if world.settings.keepsTranscript {
                await world.note(
                    error, service: call.service.id, operation: call.operation, from: sender)
            }
            await noteRefused(error, call, sender)
            return call.response(error, requestID: requestID)
        }
        do throws(APIFailure) {
            if call.service == .ecr {
                return call.response(
                    try await registryCall(operation, call, wire, sender), requestID: requestID)
            }
            let output = try await perform(operation, call, wire, sender)
            return call.response(output, requestID: requestID)
        } catch {
            await noteRefused(error, call, sender)
            return call.response(error, requestID: requestID)
        }
    }

    /// Carries a call out, and returns once what it changed is kept.
    private func perform(
        _ operation: any APIOperation, _ call: WireCall, _ wire: WireRequest, _ sender: Sender
    ) async throws(APIFailure) -> any Shape {
        let (output, entry) = try await world.perform(
            operation, of: call, from: sender, poll: poll(call, wire))
        if world.store != nil {
            // Others that have sent calls meanwhile get theirs written together with this one.
            await Task.yield()
            do throws(APIFailure) {
                try await world.settle(upTo: entry)
            } catch  where ReadOperations.contain(call.operation) {
                // It has changed nothing itself.
                return output
            }
        }
        return output
    }

    /// For the history, if there is one.
    private func noteRefused(_ error: APIFailure, _ call: WireCall, _ sender: Sender) async {
        guard world.history != nil else { return }
        await world.note(
            refused: error, service: call.service.id, operation: call.operation, from: sender)
    }

    /// Writes a refusal down, if somebody wants to know, with what the request says of itself.
    private func note(_ refusal: WireRefusal, of wire: WireRequest) async {
        guard world.settings.keepsTranscript else { return }
        let credential = wire.credential
        let target = wire.headers["x-amz-target"]?.split(separator: ".").last.map(String.init)
        await world.note(
            refusal.failure, service: refusal.service?.id ?? credential?.service ?? "aws",
            operation: target ?? wire.action ?? "\(wire.method) \(wire.path)",
            from: Sender(
                accessKey: credential?.accessKey, region: credential?.region, address: ""))
    }

    /// A call of ECR's: its bytes go into the store, and what it changes is kept before it is
    /// answered.
    private func registryCall(
        _ operation: any APIOperation, _ call: WireCall, _ wire: WireRequest, _ sender: Sender
    ) async throws(APIFailure) -> any Shape {
        var output: (any Shape)?
        do throws(APIFailure) {
            output = try await performWithBytes(operation, from: sender)
            if let output { await note(.success(output), of: operation, sender) }
        } catch {
            await note(.failure(error), of: operation, sender)
            throw error
        }
        if output == nil {
            output = try await perform(operation, call, wire, sender)
        }
        if !ReadOperations.contain(call.operation) { try await saveCall() }
        return output!
    }

    /// Images are written down where they are taken in.
    private func note(
        _ result: Result<any Shape, APIFailure>, of operation: any APIOperation, _ sender: Sender
    ) async {
        guard world.settings.keepsTranscript, !(operation is ECR.PutImage) else { return }
        await world.note(result, of: type(of: operation).name, from: sender)
    }

    /// - Returns: `nil` where it does not matter, because the clock does not go on demand.
    private func poll(_ call: WireCall, _ wire: WireRequest) -> Poll? {
        guard world.settings.clock == .demand else { return nil }
        var hasher = Hasher()
        hasher.combine(call.service)
        hasher.combine(call.operation)
        hasher.combine(wire.query)
        hasher.combine(wire.body)
        hasher.combine(call.credential?.region)
        return Poll(
            call: hasher.finalize(),
            isWaiting: Poll.isWaiting(userAgent: wire.headers["user-agent"] ?? ""),
            isRead: ReadOperations.contain(call.operation))
    }

    /// - Returns: Why the body is not what the headers say, if it is not.
    private func read(_ request: Request, into wire: inout WireRequest) async -> APIFailure? {
        let most = limits.bodyBytes
        if let length = wire.headers["content-length"].flatMap({ Int($0) }) {
            if length > most { return .tooLarge(most) }
            if length == 0 { return nil }
        }
        do {
            let body = try await request.body.collect(upTo: most)
            wire.body = Array(body.readableBytesView)
            return nil
        } catch is NIOTooManyBytesError {
            return .tooLarge(most)
        } catch {
            return .truncated
        }
    }

    private func verify(_ wire: WireRequest, _ dispatch: WireDispatch) async throws(WireRefusal) {
        var secrets: [String: String] = [:]
        if let key = dispatch.accessKey(in: wire) { secrets[key] = await world.secret(of: key) }
        let now = Timestamp(milliseconds: WallClock.calendarMilliseconds)
        try dispatch.verify(wire, at: now) { secrets[$0] }
    }

    /// Whether a page of the server's own asks. A name on the internet may lead here as well as
    /// anywhere else, so a page that came from one is not ours.
    func isOwn(_ origin: String, _ target: RequestTarget) -> Bool {
        guard target.isNameOfOurs, let scheme = origin.firstRange(of: "://") else { return false }
        let authority = origin[scheme.upperBound...].lowercased()
        return authority == target.host + (target.port.map { ":\($0)" } ?? "")
    }
}

extension WireDispatch {
    /// A refusal in the language of what was asked.
    func refusal(of failure: APIFailure) -> WireRefusal {
        switch self {
        case .call(let call):
            WireRefusal(failure: failure, format: call.format, service: call.service)
        case .refused(let refusal):
            WireRefusal(failure: failure, format: refusal.format, service: refusal.service)
        case .registry: WireRefusal(failure: failure, format: .restJSON, service: nil)
        }
    }

    /// Whose signature has to be checked.
    fileprivate func accessKey(in request: WireRequest) -> String? {
        if case .call(let call) = self, let key = call.credential?.accessKey { return key }
        return request.claimedAccessKey
    }
}

extension APIFailure {
    /// Code and text: ours.
    fileprivate static func foreignOrigin(_ origin: String) -> APIFailure {
        APIFailure(
            code: "AccessDenied", message: "Pages of \(origin) may not use this server.",
            status: 403)
    }

    /// The code is AWS's for a body it cannot read; the text is ours.
    static let truncated = APIFailure(
        code: "SerializationException",
        message: "The body ended before it was complete.")
}

extension WireResponse {
    /// A refusal in words, for people and programs alike.
    static func sentence(_ status: Int, _ text: String) -> WireResponse {
        WireResponse(
            status: status, headers: ["Content-Type": "text/plain; charset=utf-8"],
            body: Array((text + "\n").utf8))
    }
}

extension WireHeaders {
    init(_ head: HTTPRequest) {
        self.init()
        fields.reserveCapacity(head.headerFields.count + 1)
        if let host = head.authority { append("host", host) }
        for field in head.headerFields { append(field.name.rawName, field.value) }
    }
}

extension Response {
    init(_ wire: WireResponse) {
        var headers = HTTPFields()
        headers.reserveCapacity(wire.headers.fields.count + 2)
        for field in wire.headers.fields {
            guard let name = Self.name(field.name) else { continue }
            headers.append(HTTPField(name: name, value: field.value))
        }
        self.init(
            status: .init(code: wire.status), headers: headers,
            body: wire.body.isEmpty
                ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: wire.body)))
    }

    private static func name(_ text: String) -> HTTPField.Name? {
        switch text {
        case "x-amzn-RequestId": requestID
        case "Content-Type": .contentType
        default: HTTPField.Name(text)
        }
    }

    private static let requestID = HTTPField.Name("x-amzn-RequestId")!
}
