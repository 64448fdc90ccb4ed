import CloudAPI
import Foundation
import Testing

@testable import Cloud

/// A cloud as bytes: equal clouds have equal bytes.
func saved(_ cloud: Cloud) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return try encoder.encode(cloud)
}

/// Expects a call to be refused with this code and text, and the cloud to be as it was before.
func expectRefusal(
    _ code: String, _ message: String? = nil, of live: LiveCloud,
    sourceLocation: SourceLocation = #_sourceLocation, _ call: () throws -> Void
) throws {
    let before = try saved(live.cloud)
    do {
        try call()
        Issue.record("the call was not refused", sourceLocation: sourceLocation)
    } catch let failure as APIFailure {
        writeDown(failure)
        #expect(failure.code == code, sourceLocation: sourceLocation)
        if let message { #expect(failure.message == message, sourceLocation: sourceLocation) }
    }
    let after = try saved(live.cloud)
    #expect(before == after, "a refused call has changed the cloud", sourceLocation: sourceLocation)
}

/// Keeps what was refused for scripts/tests.d/refusals, which looks whether all that can be refused
/// is among it; only if that has named a file.
private func writeDown(_ failure: APIFailure) {
    guard let path = ProcessInfo.processInfo.environment["DRYDOCK_REFUSALS"],
        let line = try? JSONSerialization.data(
            withJSONObject: ["code": failure.code, "message": failure.message]),
        let file = fopen(path, "a")
    else { return }
    // One call for one line: tests that run side by side do not write into each other's.
    fputs(String(decoding: line, as: UTF8.self) + "\n", file)
    fclose(file)
}
