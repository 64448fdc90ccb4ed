// What a copy of a cloud costs, and whether an operation costs more in a larger cloud.
//
//     copy-bench
//
// Prints a line for each size: services, microseconds of a copy together with the first change made
// to it, microseconds of that change alone where no copy is alive, microseconds of a description.
// Best of 200 each.

import Cloud
import CloudAPI
import Experiments
import Simulation

let yaml = """
    name: many
    network:
      vpc: 10.0.0.0/16
      publicSubnets: [10.0.0.0/24, 10.0.1.0/24]
      privateSubnets: [10.0.64.0/18, 10.0.128.0/18]
    images: {v1: {}}
    deploy: [{wait: 1s}]
    """

func microseconds(_ body: () throws -> Void) rethrows -> Double {
    var best = Double.infinity
    for _ in 0..<200 {
        let took = try ContinuousClock().measure(body)
        best = min(best, Double(took.components.attoseconds) / 1e12)
    }
    return best
}

for size in [10, 100, 1000] {
    let scenario = try Scenario(yaml: yaml, file: "copy-bench")
    let setup = try ScenarioSetup(scenario)
    let cluster = scenario.service.cluster
    let first = try setup.live.ecs.describeServices(
        cluster: cluster, services: [scenario.service.name]
    ).services![0]
    for number in 1..<size {
        try setup.live.ecs.createService(
            cluster: cluster, serviceName: "service-\(number)",
            taskDefinition: scenario.task.family, desiredCount: 2, launchType: .fargate,
            networkConfiguration: first.networkConfiguration)
    }
    setup.live.run(for: .minutes(10))
    let caller = Caller(place: scenario.place)
    let change = ECS.UpdateService(
        cluster: cluster, service: "service-\(size / 2)", desiredCount: 3)
    var cloud = setup.live.cloud
    setup.live.cloud = Cloud()

    let copied = try microseconds {
        var copy = cloud
        try copy.perform(change, as: caller)
    }
    try cloud.perform(change, as: caller)
    let changed = try microseconds { try cloud.perform(change, as: caller) }
    let described = try microseconds {
        try cloud.perform(
            ECS.DescribeServices(cluster: cluster, services: ["service-\(size / 2)"]), as: caller)
    }
    func tenths(_ value: Double) -> String { "\(Int(value * 10) / 10).\(Int(value * 10) % 10)" }
    print("\(size) \(tenths(copied)) \(tenths(changed)) \(tenths(described))")
}
