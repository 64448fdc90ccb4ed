import CloudAPI

/// One call of an operation that AWS has: read it, carry it out, answer it.
///
/// ```swift
/// do {
///     let operation = try call.operation { $0 is any Handled.Type }
///     return call.response(try perform(operation), requestID: id)
/// } catch {
///     return call.response(error, requestID: id)
/// }
/// ```
public struct WireCall: Sendable {
    public let service: APIService
    /// As AWS spells it: `"DescribeTasks"`.
    public let operation: String
    public let format: WireFormat
    /// Who signed; `nil` if nobody did.
    public let credential: Credential?

    let content: Content
    let limits: WireLimits

    enum Content: Sendable {
        case json([UInt8])
        case form(QueryForm)
    }
}

extension WireCall {
    /// The operation as a value: read, and checked against its model as far as the service does.
    ///
    /// - Parameter isHandled: Whether Drydock carries such an operation out. Those it does not are
    ///   refused by name before their members are looked at.
    public func operation(
        isHandled: (any APIOperation.Type) -> Bool
    ) throws(APIFailure) -> any APIOperation {
        guard let type = ServiceModel.of(service).types[operation], isHandled(type) else {
            throw .notSupported(
                "Drydock does not support \(service.id) \(operation) yet.", in: format)
        }
        return try read(type)
    }

    private func read<O: APIOperation>(_ type: O.Type) throws(APIFailure) -> O {
        let dialect = Dialect(of: service)
        let fields = try fields()
        try dialect.check(fields, of: type)
        do throws(ShapeFailure) {
            return try O(from: fields)
        } catch {
            guard case .missing = error.problem, let filled = dialect.filled(fields, for: type)
            else {
                throw dialect.failure(error, in: fields)
            }
            do throws(ShapeFailure) {
                return try O(from: filled)
            } catch {
                throw dialect.failure(error, in: filled)
            }
        }
    }

    private func fields() throws(APIFailure) -> WireFields {
        switch content {
        case .json(let body): try json(body)
        case .form(let form): try members(of: form)
        }
    }

    private func json(_ body: [UInt8]) throws(APIFailure) -> WireFields {
        if body.isEmpty { return WireFields() }
        let value: WireValue
        do throws(JSONFailure) {
            value = try JSONReader.read(body, maximumDepth: limits.depth)
        } catch {
            throw .serialization("The body is not JSON: \(error).")
        }
        do throws(ShapeFailure) {
            return try WireFields(value)
        } catch {
            throw .serialization("The body is JSON, but \(value.kind) instead of an object.")
        }
    }

    private func members(of form: QueryForm) throws(APIFailure) -> WireFields {
        do throws(QueryForm.Failure) {
            let tree = try form.tree(depth: limits.depth)
            return (try? WireFields(tree, style: .text)) ?? WireFields()
        } catch {
            throw .badForm(error, limits)
        }
    }
}

extension WireCall {
    public func response(_ output: some Shape, requestID: String) -> WireResponse {
        Answer(format: format, service: service, requestID: requestID)
            .success(output, of: operation)
    }

    public func response(_ failure: APIFailure, requestID: String) -> WireResponse {
        Answer(format: format, service: service, requestID: requestID).failure(failure)
    }
}

extension WireFields {
    /// No members at all.
    init() {
        do throws(ShapeFailure) {
            self = try WireFields(.null)
        } catch {
            preconditionFailure("null is an object without members")
        }
    }
}
