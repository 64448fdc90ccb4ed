import Foundation
import HummingbirdCore
import NIOCore

extension Edge {
    /// Answers the docker stand-in.
    func docker(_ request: Request) async throws -> Response {
        let began = WallClock.now
        let buffer = try await request.body.collect(upTo: 8 << 20)
        let call: DockerCall
        do {
            call = try JSONDecoder().decode(DockerCall.self, from: Data(buffer.readableBytesView))
        } catch {
            throw ControlProblem(400, "That is not what the docker stand-in says.")
        }
        let answer = await world.docker(call)
        await world.spend(WallClock.now.since(began))
        let text = String(decoding: try JSONEncoder().encode(answer), as: UTF8.self)
        return .json(text: text)
    }
}
