import CloudAPI
import HTTPTypes
import HummingbirdCore
import NIOCore
import Synchronization
import Wire

/// What a request gets to know of the connection it came on.
struct EdgeContext: Sendable {
    let channel: any Channel

    /// The client's address, without the port.
    var address: String { channel.remoteAddress?.ipAddress ?? "unknown" }
}

/// Takes every request and hands it to the part of the server that it is for: AWS's operations, the
/// load balancers, the registry, or the control API.
struct Edge: Sendable {
    let world: World
    let limits = WireLimits()
    let requestIDs = RequestIDs()
    /// What the control API asks for where others than this machine can reach it.
    let token: String?
    /// A port that stands for a listener of a load balancer's; `nil` on the server's own port.
    var listener: (name: String, port: Int)?

    func respond(to request: Request, context: EdgeContext) async throws -> Response {
        if let listener {
            return try await carry(request, to: listener.name, port: listener.port, context)
        }
        if request.method == .connect {
            await noteStray(request.head.authority ?? request.head.path ?? "", port: 443)
            return .sentence(
                501,
                "Drydock does not speak TLS: use http:// instead of https:// for "
                    + "\(request.head.authority ?? request.head.path ?? "this host").")
        }
        guard let target = RequestTarget(request.head) else {
            return .sentence(400, "The address in the first line of the request makes no sense.")
        }
        if target.isLoadBalancer {
            let port = target.port == context.channel.localAddress?.port ? nil : target.port ?? 80
            return try await carry(request, to: target.host, port: port, context, target)
        }
        if target.isProxied, !target.isThisMachine, RegistryHome(host: target.host) == nil {
            await world.note(stray: target.host, port: target.port ?? 80)
            return .sentence(
                403,
                "Drydock is a proxy for its own load balancers alone, and \(target.host) is "
                    + "none of them.")
        }
        if target.path == "/_drydock" || target.path.hasPrefix("/_drydock/") {
            return try await control(request, target, context)
        }
        if target.isRegistry(request) { return await registry(request, target) }
        return await call(request, target, context)
    }
}

extension Edge {
    /// - Parameter authority: `"host:port"`, as CONNECT names it.
    private func noteStray(_ authority: String, port: Int) async {
        guard world.settings.keepsTranscript else { return }
        let parts = authority.split(separator: ":")
        let named = parts.count == 2 ? Int(parts[1]) : nil
        await world.note(stray: String(parts.first ?? ""), port: named ?? port)
    }
}

/// The names of answers, which AWS's clients log: different each time, and no secret.
final class RequestIDs: Sendable {
    private let base = UInt64.random(in: .min ... .max)
    private let count = Atomic<UInt64>(0)

    /// Like a UUID: `"c0fd15e8-0000-4000-8000-00000000002a"`.
    func next() -> String {
        let number = count.wrappingAdd(1, ordering: .relaxed).newValue
        let (high, low) = (base, number &* 0x9E37_79B9_7F4A_7C15 ^ base)
        return String(unsafeUninitializedCapacity: 36) { bytes in
            var digit = 0
            for index in 0..<36 {
                if index == 8 || index == 13 || index == 18 || index == 23 {
                    bytes[index] = UInt8(ascii: "-")
                    continue
                }
                let word = digit < 16 ? high : low
                let nibble = UInt8(truncatingIfNeeded: word >> (60 - 4 * UInt64(digit % 16))) & 15
                bytes[index] = nibble < 10 ? 0x30 + nibble : 0x57 + nibble
                digit += 1
            }
            return 36
        }
    }
}

extension Response {
    /// A refusal in words, for people and programs alike.
    static func sentence(_ status: Int, _ text: String) -> Response {
        Response(WireResponse.sentence(status, text))
    }
}
