// What a large cloud costs: 10,000 services with 100,000 tasks behind load balancers, spread over
// as many accounts, regions, networks and load balancers as AWS's quotas ask for (World.swift).
//
//     scale-bench [--services N]
//
// Prints a line for each part: what it is, seconds of this machine, events of the clock. Then the
// most memory that was ever in use. Fails if not every service ends on the new version.

import Cloud
import CloudAPI
import Simulation

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

func argument(_ name: String, _ fallback: Int) -> Int {
    let arguments = CommandLine.arguments
    guard let index = arguments.firstIndex(of: name), index + 1 < arguments.count else {
        return fallback
    }
    return Int(arguments[index + 1]) ?? fallback
}

/// The most memory that this process has had in use so far.
func peakMebibytes() -> Int {
    var usage = rusage()
    // Linux counts in KiB, macOS in bytes.
    #if canImport(Glibc)
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return Int(usage.ru_maxrss) / 1024
    #else
        getrusage(RUSAGE_SELF, &usage)
        return Int(usage.ru_maxrss) / 1_048_576
    #endif
}

/// How many services are steady, and how many of their tasks run a version.
func census(_ cloud: borrowing Cloud) -> (steady: Int, running: Int, digests: Int) {
    var (steady, running) = (0, 0)
    var digests: Set<String> = []
    for (_, service) in cloud.containers.services {
        if service.isSteady { steady += 1 }
        for task in service.tasks where cloud.containers.tasks[task].status == .running {
            running += 1
            digests.insert(cloud.containers.tasks[task].containers[0].digest ?? "none")
        }
    }
    return (steady, running, digests.count)
}

/// - Returns: How many events there were.
func run(_ live: LiveCloud, for wait: Duration) -> Int {
    let end = live.cloud.now + wait
    var events = 0
    while live.cloud.step(until: end) { events += 1 }
    return events
}

/// - Parameter body: What is measured; it returns how many events there were.
func measure(_ what: String, _ body: () throws -> Int) rethrows {
    var events = 0
    let took = try ContinuousClock().measure { events = try body() }
    let milliseconds =
        took.components.seconds * 1000 + took.components.attoseconds / 1_000_000_000_000_000
    let padded = String(repeating: "0", count: max(0, 3 - "\(milliseconds % 1000)".count))
    print("\(what) \(milliseconds / 1000).\(padded)\(milliseconds % 1000) \(events)")
}

func expect(_ holds: Bool, _ sentence: String) {
    guard !holds else { return }
    print("wrong: \(sentence)")
    exit(1)
}

let services = argument("--services", 10_000)
var world = World(services: services)
try measure("bring-up") {
    try world.bringUp()
    return run(world.live, for: .minutes(20))
}
let before = census(world.live.cloud)
expect(before.steady == services, "\(before.steady) services are steady after bringing up")
expect(before.running == services * World.tasksPerService, "\(before.running) tasks run")
print("bring-up-memory \(peakMebibytes()) 0")

try measure("redeploy") {
    try world.redeploy()
    return run(world.live, for: .minutes(20))
}
let after = census(world.live.cloud)
expect(after.steady == services, "\(after.steady) services are steady after the redeployment")
expect(after.running == services * World.tasksPerService, "\(after.running) tasks run")
let completed = world.live.cloud.containers.services.reduce(0) { sum, entry in
    let primary = entry.value.deployments[0]
    return sum
        + (world.live.cloud.containers.deployments[primary].rolloutState == .completed ? 1 : 0)
}
expect(completed == services, "\(completed) deployments are completed")

// The first hour still has the stopped tasks in it, which are forgotten then.
measure("first-day") { run(world.live, for: .hours(24)) }
measure("idle-day") { run(world.live, for: .hours(24)) }
let last = census(world.live.cloud)
expect(last.running == services * World.tasksPerService, "\(last.running) tasks run")
print("memory \(peakMebibytes()) 0")
print(
    "world places=\(world.places.count) balancers=\(world.balancers) services=\(services) "
        + "tasks=\(last.running)")
