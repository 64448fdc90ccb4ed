import Cloud
import CloudAPI
import Foundation
import Testing

@testable import Wire

/// Exchanges with the AWS SDK for Python that were recorded when both sides agreed: one for each
/// operation that Drydock carries out. Those of all operations are made anew by scripts/test-wire.
struct KeptExchanges {
    static let all: [Exchange] = {
        let folder = repository.appending(path: "fixtures/exchanges")
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)!
            .compactMap { $0 as? URL }.filter { $0.pathExtension == "json" }
            .sorted { $0.path < $1.path }
        return files.map { file in
            do {
                return try JSONDecoder().decode(Exchange.self, from: Data(contentsOf: file))
            } catch {
                fatalError("\(file.path): \(error)")
            }
        }
    }()
}

extension KeptExchanges {
    /// After a new operation: scripts/test-wire --keep.
    @Test(arguments: APIService.all) func everyOperationHasOne(_ service: APIService) {
        let kept = Set(Self.all.filter { $0.service == service.id }.map(\.operation))
        for (name, type) in ServiceModel.of(service).types where type is any Handled.Type {
            #expect(kept.contains(name), "\(service.id) \(name) has no exchange")
        }
    }

    @Test(arguments: all) func theRequestMeansWhatTheClientMeant(_ exchange: Exchange) throws {
        let request = exchange.wireRequest(isText: true)
        let call = try call(request)
        let operation = try call.operation { _ in true }
        #expect(call.service.id == exchange.service && call.operation == exchange.operation)
        #expect(difference(try value(of: operation), exchange.input.value, at: "") == nil)
        let now = Timestamp(iso8601: "2026-01-31T12:00:00Z")!
        #expect(
            try request.verifySignature(at: now) { _ in exampleSecret }.accessKey == "AKIDEXAMPLE")
    }

    /// What a journal relies on: an operation that is written as JSON and read again is the same.
    @Test(arguments: all) func theOperationOutlivesItsJSON(_ exchange: Exchange) throws {
        func again<O: APIOperation>(_ operation: O) throws -> O {
            try O(from: WireFields(JSONReader.read(ShapeWriter.json(operation))))
        }
        let call = try call(exchange.wireRequest(isText: true))
        let operation = try call.operation { _ in true }
        let reread: any APIOperation = try again(operation)
        #expect(ShapeWriter.json(reread) == ShapeWriter.json(operation))
        #expect(difference(try value(of: reread), exchange.input.value, at: "") == nil)
    }

    @Test(arguments: all) func theAnswerIsTheOneTheClientUnderstood(_ exchange: Exchange) throws {
        let call = try call(exchange.wireRequest(isText: true))
        let type = try #require(ServiceModel.of(call.service).types[exchange.operation])
        let response = call.response(
            try output(of: type, from: exchange.output.value),
            requestID: "id of \(exchange.operation)")
        let answer = try #require(exchange.answer)
        #expect(response.status == answer.status)
        #expect(response.headers.fields.map { [$0.name, $0.value] } == answer.headers)
        #expect(response.text == answer.body)
    }
}
