import CloudAPI

/// Puts an output or a refusal into the envelope that the client of a protocol expects.
struct Answer {
    let format: WireFormat
    /// `nil` for a request to a service there are no types for.
    let service: APIService?
    let requestID: String

    private func response(_ status: Int, _ body: [UInt8]) -> WireResponse {
        WireResponse(
            status: status,
            headers: ["x-amzn-RequestId": requestID, "Content-Type": format.contentType], body: body
        )
    }
}

// MARK: - Success

extension Answer {
    func success<Output: Shape>(_ output: Output, of operation: String) -> WireResponse {
        let isEmpty = MemoryLayout<Output>.size == 0
        if format.isJSON, isEmpty, !hasResult(operation) { return response(200, []) }

        var writer = ShapeWriter(writerFormat, reserving: Self.room(for: operation))
        switch format {
        case .query:
            open(operation + "Response", &writer)
            if !isEmpty || hasResult(operation) {
                writer.raw("<", operation, "Result>")
                writer.document(output)
                writer.raw("</", operation, "Result>")
            }
            writer.raw("<ResponseMetadata><RequestId>", requestID, "</RequestId>")
            writer.raw("</ResponseMetadata></", operation, "Response>")
        case .ec2:
            writer.raw(Self.prologue)
            open(operation + "Response", &writer)
            writer.raw("<requestId>", requestID, "</requestId>")
            // What changes something and has nothing to say says that it did. Source: EC2 API
            // Reference, DeleteVpc and others, "Response elements".
            if isEmpty { writer.raw("<return>true</return>") } else { writer.document(output) }
            writer.raw("</", operation, "Response>")
        default: writer.document(output)
        }
        return response(200, writer.finish())
    }

    /// The outer element, with its namespace. EC2's model leaves out the last slash that EC2 sends;
    /// vpc.md section 1.
    private func open(_ element: String, _ writer: inout ShapeWriter) {
        writer.raw("<", element)
        if let text = service?.xmlNamespace, !text.isEmpty {
            let isShort = format == .ec2 && text.utf8.last != UInt8(ascii: "/")
            writer.raw(" xmlns=\"", text, isShort ? "/\"" : "\"")
        }
        writer.raw(">")
    }

    private var writerFormat: ShapeWriter.Format {
        switch format {
        case .query, .restXML: .xml
        case .ec2: .ec2
        default: .json
        }
    }

    /// Whether an operation with nothing to say has a result nevertheless, an empty one.
    ///
    /// The types do not tell an output without members from no output; the models do. In IAM,
    /// CloudWatch and Logs nothing is no output, with one exception.
    private func hasResult(_ operation: String) -> Bool {
        switch service {
        case .iam: operation == "UpdateRole"
        case .cloudWatch, .cloudWatchLogs: false
        default: true
        }
    }

    /// Room for a usual answer, so that it need not be moved often while it grows.
    private static func room(for operation: String) -> Int {
        for prefix in ["Describe", "List", "Get", "Filter"] where operation.hasPrefix(prefix) {
            return 32 << 10
        }
        return 2 << 10
    }

    private static let prologue = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
}

// MARK: - Refusals

extension Answer {
    func failure(_ failure: APIFailure) -> WireResponse {
        let names = FailureNames(failure.code, of: service)
        var response = response(failure.status, failureBody(failure, names))
        if format.isJSON {
            response.headers.append("x-amzn-ErrorType", names.shape)
            if service == .cloudWatch {
                response.headers.append(
                    "x-amzn-query-error", "\(names.code);\(Self.fault(failure))")
            }
        }
        if format == .cbor { response.headers.append("smithy-protocol", "rpc-v2-cbor") }
        return response
    }

    private func failureBody(_ failure: APIFailure, _ names: FailureNames) -> [UInt8] {
        if format == .cbor { return cbor(names.shape, failure.message) }
        var writer = ShapeWriter(writerFormat)
        switch format {
        case .query:
            open("ErrorResponse", &writer)
            writer.raw("<Error><Type>", Self.fault(failure), "</Type>")
            error(failure, names.code, &writer)
            writer.raw("<RequestId>")
            writer.escaped(requestID)
            writer.raw("</RequestId></ErrorResponse>")
        case .ec2:
            writer.raw(Self.prologue + "<Response><Errors><Error>")
            error(failure, names.code, &writer)
            writer.raw("</Errors><RequestID>")
            writer.escaped(requestID)
            writer.raw("</RequestID></Response>")
        case .restXML:
            // S3 has the error alone, Route 53 a frame around it; clients read both.
            writer.raw(Self.prologue + "<ErrorResponse><Error>")
            error(failure, names.code, &writer)
            writer.raw("</ErrorResponse>")
        default: json(failure, names.qualified, &writer)
        }
        return writer.finish()
    }

    private static func fault(_ failure: APIFailure) -> String {
        failure.status < 500 ? "Sender" : "Receiver"
    }

    /// What is inside `<Error>`, with its closing tag.
    private func error(_ failure: APIFailure, _ code: String, _ writer: inout ShapeWriter) {
        writer.string("Code", code)
        writer.string("Message", failure.message)
        for member in failure.members {
            writer.raw("<\(member.name)>")
            writer.escaped(member.value)
            writer.raw("</\(member.name)>")
        }
        writer.raw("</Error>")
    }

    private func json(_ failure: APIFailure, _ type: String, _ writer: inout ShapeWriter) {
        writer.raw("{")
        writer.string("__type", type)
        writer.string("message", failure.message)
        for member in failure.members {
            writer.raw(",")
            writer.escaped(member.name)
            writer.raw(":")
            if member.isNumber { writer.raw(member.value) } else { writer.escaped(member.value) }
        }
        writer.raw("}")
    }

    /// A map of two texts. Source: RFC 8949, section 3.1.
    private func cbor(_ type: String, _ message: String) -> [UInt8] {
        var bytes: [UInt8] = [0xA2]
        for text in ["__type", type, "message", message] {
            let count = text.utf8.count
            switch count {
            case ..<24: bytes.append(0x60 | UInt8(count))
            case ..<256: bytes += [0x78, UInt8(count)]
            default: bytes += [0x79, UInt8(count >> 8 & 255), UInt8(count & 255)]
            }
            bytes += text.utf8.prefix(65_535)
        }
        return bytes
    }
}
