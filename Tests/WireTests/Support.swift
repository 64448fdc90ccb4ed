import CloudAPI
import Foundation
import Testing

@testable import Wire

let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

let exampleSecret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"

extension WireRequest {
    /// A JSON request as an SDK sends it, but for the signature.
    static func json(_ target: String, _ body: String = "{}") -> WireRequest {
        WireRequest(
            headers: ["Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": target],
            body: Array(body.utf8))
    }

    static func ecs(_ operation: String, _ body: String = "{}") -> WireRequest {
        json("AmazonEC2ContainerServiceV20141113.\(operation)", body)
    }

    static func form(_ body: String, signedFor service: String? = nil) -> WireRequest {
        var request = WireRequest(
            headers: ["content-type": "application/x-www-form-urlencoded; charset=utf-8"],
            body: Array(body.utf8))
        if let service { request.headers.append("Authorization", authorization(for: service)) }
        if service != nil { request.headers.append("X-Amz-Date", "20260131T120000Z") }
        return request
    }
}

func authorization(for service: String) -> String {
    "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260131/eu-west-1/\(service)/aws4_request, "
        + "SignedHeaders=host;x-amz-date, Signature=00"
}

/// What a server answers that handles everything and does nothing.
func answer(to request: WireRequest, limits: WireLimits = WireLimits()) -> WireResponse {
    switch WireDispatch(request, limits: limits) {
    case .registry: return WireResponse(status: 200)
    case .refused(let refusal): return refusal.response(requestID: "id")
    case .call(let call):
        do throws(APIFailure) {
            let operation = try call.operation { _ in true }
            return call.response(try emptyOutput(of: operation), requestID: "id")
        } catch {
            return call.response(error, requestID: "id")
        }
    }
}

private func emptyOutput<O: APIOperation>(of operation: O) throws(APIFailure) -> any Shape {
    do throws(ShapeFailure) {
        return try O.Output(from: WireFields())
    } catch {
        throw APIFailure(code: "InternalFailure", message: error.description, status: 500)
    }
}

extension WireResponse {
    var text: String { String(decoding: body, as: UTF8.self) }
}

/// Whether two values mean the same: the order of members and the kind of number do not matter.
func same(_ one: WireValue, _ other: WireValue) -> Bool { difference(one, other, at: "") == nil }

/// The first place where two values differ.
func difference(_ one: WireValue, _ other: WireValue, at place: String) -> String? {
    switch (one, other) {
    case (.int(let one), .double(let other)) where Double(one) == other: return nil
    case (.double(let one), .int(let other)) where Double(other) == one: return nil
    case (.double(let one), .double(let other)) where abs(one - other) < 0.000_5: return nil
    case (.list(let one), .list(let other)) where one.count == other.count:
        for index in one.indices {
            if let found = difference(one[index], other[index], at: "\(place).\(index)") {
                return found
            }
        }
        return nil
    case (.object(let members), .object(let others)):
        for member in members + others {
            guard let left = one[member.key], let right = other[member.key] else {
                return "\(place).\(member.key) is on one side only"
            }
            if let found = difference(left, right, at: "\(place).\(member.key)") { return found }
        }
        return nil
    default: return one == other ? nil : "\(place): \(one) and \(other)"
    }
}
