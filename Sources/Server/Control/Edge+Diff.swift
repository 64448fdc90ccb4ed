import Cloud
import Experiments
import HummingbirdCore
import Reports
import Simulation
import Store

extension Edge {
    /// `GET diff?from=&to=`: what has changed between two instants.
    func diff(_ request: Request, _ target: RequestTarget) async throws -> Response {
        let options = try TextOptions(of: request, target)
        let query = RegistryQuery(target.query)
        let end = await world.writeDown()
        let epoch = await world.epoch()
        let from = try instant(query["from"], called: "from", until: end, epoch: epoch)
        let to = try instant(query["to"] ?? "now", called: "to", until: end, epoch: epoch)
        let differences = try await differences(from, to, isNow: from == end && to == end)
        return options.map { .text(differences.text($0)) } ?? .json(text: differences.json())
    }

    private func differences(
        _ from: Instant, _ to: Instant, isNow: Bool
    ) async throws -> Differences {
        guard let store = world.store else {
            guard isNow else { throw ControlProblem(409, StoreProblem.nothingKept.description) }
            let cloud = await world.snapshot()
            return Differences(cloud, cloud)
        }
        let path = store.path
        do {
            // On a thread of its own: the world goes on meanwhile.
            return try await Task.detached {
                let reader = try StateReader(path)
                return Differences(try reader.cloud(at: from), try reader.cloud(at: to))
            }.value
        } catch let problem as StoreProblem {
            throw ControlProblem(409, problem.description)
        }
    }
}
