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
        #expect(failure.code == code, sourceLocation: sourceLocation)
        if let message { #expect(failure.message == message, sourceLocation: sourceLocation) }
    }
    let after = try saved(live.cloud)
    #expect(before == after, "a refused call has changed the cloud", sourceLocation: sourceLocation)
}
