import Cloud
import CloudAPI
import Simulation

/// The calls with which a person would set up a scenario, one after the other.
///
/// What AWS refuses becomes a problem of the scenario, at the place in it that led to the call.
struct ScenarioCalls {
    let scenario: Scenario
    let live: LiveCloud

    /// - Parameters:
    ///   - path: The keys that led to the call: `"loadBalancer.healthCheck"`.
    ///   - operation: What AWS calls it.
    ///   - body: Operations of the cloud and nothing else.
    @discardableResult
    func call<Output>(
        _ path: String, _ operation: String, _ body: () throws -> Output
    ) throws(ScenarioProblem) -> Output {
        do {
            return try body()
        } catch let refusal as APIFailure {
            throw scenario.problem(
                at: path,
                "AWS refuses what \(path) asks for: \(operation) answers \(refusal.code), "
                    + "\"\(refusal.message)\"")
        } catch {
            preconditionFailure("an operation throws what AWS would answer, not \(error)")
        }
    }

    /// Lets the clock run until what was created is there.
    func wait(
        _ path: String, for what: String, until condition: (Cloud) -> Bool
    ) throws(ScenarioProblem) {
        guard live.run(until: live.cloud.now + scenario.horizon, or: condition) else {
            throw scenario.problem(
                at: path,
                "\(what) is not ready after \(scenario.horizon). Look at timing, or set a longer "
                    + "horizon.")
        }
    }
}
