import Experiments
import Server
import Store

/// A reason to stop, in one sentence. The exit status is 1.
struct Stop: Error, CustomStringConvertible {
    let description: String
    init(_ description: String) { self.description = description }
}

/// Turns a problem that people can do something about into a reason to stop.
func orStop<Result>(_ body: () throws -> Result) throws -> Result {
    do {
        return try body()
    } catch let problem as ScenarioProblem {
        throw Stop(problem.description)
    } catch let problem as StoreProblem {
        throw Stop(problem.description)
    } catch let problem as DrydockServer.Problem {
        throw Stop(problem.description)
    }
}
