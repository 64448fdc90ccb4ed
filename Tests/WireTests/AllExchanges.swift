import CloudAPI
import Foundation
import Testing

@testable import Wire

/// Every operation with every member filled, against the AWS SDK for Python; for
/// scripts/test-wire, which sets the directory and then has the SDK read what is written there.
private let directory = ProcessInfo.processInfo.environment["DRYDOCK_EXCHANGES"]

@Suite(.enabled(if: directory != nil)) struct AllExchanges {
    @Test(arguments: APIService.all)
    func everyRequestIsReadAsItWasMeant(service: APIService) throws {
        let exchanges = try Exchange.read(
            URL(filePath: directory!).appending(path: "\(service.id).json"))
        #expect(Set(exchanges.map(\.operation)) == Set(service.operations.map { $0.name }))
        for exchange in exchanges {
            let request = exchange.wireRequest(isText: false)
            let call = try call(request)
            #expect(call.service == service && call.operation == exchange.operation)
            #expect(call.credential?.accessKey == "AKIDEXAMPLE")
            do {
                let operation = try call.operation { _ in true }
                let found = difference(try value(of: operation), exchange.input.value, at: "")
                #expect(found == nil, "\(exchange.testDescription)")
            } catch {
                Issue.record("\(exchange.testDescription): \(error)")
            }
            let now = Timestamp(iso8601: "2026-01-31T12:04:00Z")!
            #expect(throws: Never.self, "\(exchange.testDescription)") {
                try request.verifySignature(at: now) { $0 == "AKIDEXAMPLE" ? exampleSecret : nil }
            }
        }
    }

    @Test(arguments: APIService.all)
    func everyAnswerIsWrittenForTheClientToRead(service: APIService) throws {
        let directory = URL(filePath: directory!)
        var answers: [String: Any] = [:]
        for exchange in try Exchange.read(directory.appending(path: "\(service.id).json")) {
            let call = try call(exchange.wireRequest(isText: false))
            let type = try #require(ServiceModel.of(service).types[exchange.operation])
            let output = try output(of: type, from: exchange.output.value)
            let failure = APIFailure(
                code: "InvalidParameterValue", message: "'a' & <b>\n\"é\" \\",
                members: [.init("x", "<y>")])
            let id = "id of \(exchange.operation)"
            answers[exchange.operation] = [
                "requestID": id,
                "success": call.response(output, requestID: id).forPython,
                "failure": call.response(failure, requestID: id).forPython,
                "expected": ["Code": failure.code, "Message": failure.message],
            ]
        }
        try JSONSerialization.data(withJSONObject: answers)
            .write(to: directory.appending(path: "\(service.id).answers.json"))
    }
}

extension WireResponse {
    fileprivate var forPython: [String: Any] {
        [
            "status": status, "headers": headers.fields.map { [$0.name, $0.value] },
            "body": Data(body).base64EncodedString(),
        ]
    }
}

extension APIService: CustomTestStringConvertible {
    public var testDescription: String { id }
}
