import Cloud
import CloudAPI
import Experiments
import Foundation
import Testing

@testable import Server

/// The control API through a real port, as the command line asks it.
@Suite struct ControlCallTests {
    /// A server whose clock stands where a scenario's first version is steady.
    static func serve<Value: Sendable>(
        _ body: @escaping @Sendable (ControlClient, Backstage) async throws -> Value
    ) async throws -> Value {
        let scenario = try #require(try Scenario(builtIn: "refcard-01"))
        let cloud = try ScenarioSetup(scenario).live.cloud
        var settings = ServerSettings()
        settings.port = 0
        settings.clock = .manual
        settings.start = { _ in cloud }
        return try await DrydockServer(settings).run { address, backstage in
            try await body(try ControlClient(endpoint: address.url), backstage)
        }
    }

    static func saved(_ cloud: Cloud) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return try encoder.encode(cloud)
    }

    @Test func aPredictionLeavesTheCloudAsItIs() async throws {
        try await Self.serve { client, backstage in
            let before = try Self.saved(await backstage.state().cloud)
            let text = try await client.ask(
                "predict",
                body: #"{"service": "ref-card-01", "set": {"maximumPercent": 300}, "trials": 5}"#)
            #expect(try Self.saved(await backstage.state().cloud) == before)
            let answer = try JSONReader.read(Array(text.utf8))
            #expect(answer["current"]?["outcomes"] == .object([.init("COMPLETED", .int(5))]))
            #expect(answer["changes"] != .list([]) && answer["underWay"] == .null)
            #expect(answer["differences"]?["completed"]?["trials"] == .int(5))
        }
    }

    @Test func aPredictionIsAText() async throws {
        try await Self.serve { client, _ in
            let text = try await client.ask(
                "predict?language=de&width=80", body: #"{"service": "ref-card-01", "trials": 1}"#,
                accept: "text/plain")
            #expect(text.hasPrefix("ref-card-01 in ref-card: das Deployment von hier an"))
        }
    }

    @Test func saysWhatIsWrongWithAQuestion() async throws {
        try await Self.serve { client, _ in
            for (body, says) in [
                ("{}", "Say which service"), (#"{"service": "nobody"}"#, "no service \"nobody\""),
                (#"{"service": "ref-card-01", "trails": 5}"#, "no \"trails\""),
                (#"{"service": "ref-card-01", "trials": 0}"#, "1 to 10000"),
                (#"{"service": "ref-card-01", "trials": "5"}"#, "whole number"),
                (#"{"service": "ref-card-01", "set": {"a": 1}}"#, "no setting \"a\""),
                (#"{"service": "ref-card-01", "set": 5}"#, "\"set\" is"), ("{", "not JSON"),
            ] {
                let problem = await #expect(throws: ControlClient.Problem.self) {
                    try await client.ask("predict", body: body)
                }
                #expect(problem?.description.contains(says) == true, "\(problem as Any)")
            }
        }
    }

    @Test func saysThatNobodyAnswers() async throws {
        let problem = await #expect(throws: ControlClient.Problem.self) {
            // Port 1 is nobody's.
            try await ControlClient(endpoint: "http://127.0.0.1:1").ask("health")
        }
        #expect(problem?.description.contains("drydock serve") == true)
    }

    @Test(arguments: ["https://127.0.0.1", "127.0.0.1:4566", "", "http://"])
    func knowsWhatIsNoAddress(endpoint: String) {
        #expect(throws: ControlClient.Problem.self) { try ControlClient(endpoint: endpoint) }
    }
}
