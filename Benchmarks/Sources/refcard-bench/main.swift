// Complete deployments of the built-in refcard scenario per second, with the full engine: what
// Benchmarks/peers/refcard_simpy.py plays as a model of its own.
//
//     refcard-bench [--runs N] [--seed S]
//
// Each run copies one steady cloud, gives it a seed of its own, forces a new deployment by the
// typed API and lets 600 virtual seconds pass, measured by a recorder with a probe once a second.
// Best of three rounds. Prints `deployments_per_second events_per_deployment` and a line of means.

import Cloud
import CloudAPI
import Experiments
import Simulation

struct Means {
    var firstNew = 0.0
    var lastOld = 0.0
    var both = 0.0
    var completed = 0.0
    var failed = 0
}

func argument(_ name: String, _ fallback: Int) -> Int {
    let arguments = CommandLine.arguments
    guard let index = arguments.firstIndex(of: name), index + 1 < arguments.count else {
        return fallback
    }
    return Int(arguments[index + 1]) ?? fallback
}

func deploy(_ steady: Cloud, _ watch: Watch, _ scenario: Scenario, seed: UInt64) throws
    -> (DeploymentResult, events: Int)
{
    var cloud = steady.reseeded(seed)
    var recorder = Recorder(watch, in: cloud)
    try cloud.perform(
        ECS.UpdateService(
            cluster: scenario.service.cluster, service: scenario.service.name,
            forceNewDeployment: true), as: Caller(place: scenario.place))
    recorder.observe(cloud)
    let end = cloud.now + .seconds(600)
    var events = 0
    while cloud.step(until: end) {
        events += 1
        recorder.observe(cloud)
    }
    return (recorder.result(in: cloud), events)
}

let runs = argument("--runs", 3000)
let first = argument("--seed", 1)
let scenario = try Scenario(builtIn: "refcard-01")!
var setup = try ScenarioSetup(scenario, seed: 1)
try setup.perform(scenario.deploy[0])
let steady = setup.live.cloud
let watch = setup.watch()

var best = Double.infinity
var means = Means()
var events = 0
for _ in 0..<3 {
    means = Means()
    events = 0
    let clock = ContinuousClock()
    let took = try clock.measure {
        for seed in first..<first + runs {
            let (result, steps) = try deploy(steady, watch, scenario, seed: UInt64(seed))
            events += steps
            means.firstNew += result.firstAnswerNew!.inSeconds
            means.lastOld += result.lastAnswerOld!.inSeconds
            means.both += result.bothVersions.total.inSeconds
            means.completed += result.completedAt!.inSeconds
            means.failed += result.probe.failed
        }
    }
    best = min(best, Double(took.components.attoseconds) / 1e18 + Double(took.components.seconds))
}

func mean(_ sum: Double) -> String {
    let hundredths = Int(sum / Double(runs) * 100 + 0.5)
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest)"
}
print("\(Int(Double(runs) / best)) \(mean(Double(events)))")
print(
    "first_new=\(mean(means.firstNew)) last_old=\(mean(means.lastOld)) both=\(mean(means.both)) "
        + "completed=\(mean(means.completed)) failed=\(mean(Double(means.failed)))")
