import CloudAPI
import Foundation
import Simulation
import Testing

@testable import Cloud
@testable import Experiments

/// What must hold whatever is done, over random services, settings and mishaps.
@Suite struct InvariantTests {
    /// How many lives are played: 200, or as scripts/test-invariants says.
    static let seeds = seeds(200)

    /// - Parameter count: How many seeds, from 0 on, if nothing else is said.
    static func seeds(_ count: UInt64) -> Range<UInt64> {
        let given = ProcessInfo.processInfo.environment["DRYDOCK_SEEDS"] ?? ""
        let bounds = given.split(separator: "-").compactMap { UInt64($0) }
        return bounds.count == 2 ? bounds[0]..<bounds[1] : 0..<count
    }

    @Test(arguments: seeds)
    func holdAtEveryStep(seed: UInt64) throws {
        var life = try RandomLife(seed: seed)
        for _ in 0..<life.dice.roll(3...7) {
            var before = life.live.cloud
            try life.act()
            try check(life.live.cloud, after: before, life)
            let end = life.live.cloud.now + .seconds(life.dice.roll(1...150))
            while true {
                before = life.live.cloud
                guard life.live.cloud.step(until: end) else { break }
                try check(life.live.cloud, after: before, life)
            }
        }
        try checkTheEnd(of: &life)
    }

    private func check(_ cloud: Cloud, after before: Cloud, _ life: RandomLife) throws {
        checkAddresses(cloud)
        checkTasks(cloud, life)
        checkScheduler(cloud, after: before, life)
        checkDeployments(cloud, after: before, life)
        guard let listener = life.setup.listener else { return }
        let total = cloud.answers(to: .internet, at: listener).reduce(0) { $0 + $1.probability }
        #expect(abs(total - 1) < 1e-9, "the shares of all answers add up to one")
    }

    private func checkAddresses(_ cloud: Cloud) {
        var seen: Set<NetworkAddress> = []
        for (id, interface) in cloud.network.interfaces {
            let address = NetworkAddress(vpc: interface.vpc, address: interface.address)
            #expect(seen.insert(address).inserted, "no address is in use twice")
            #expect(cloud.network.interface(at: interface.address, in: interface.vpc) == id)
        }
        for (id, subnet) in cloud.network.subnets {
            let used = cloud.network.interfaces.count { $0.value.subnet == id }
            #expect(subnet.pool.free == subnet.block.count - 5 - used, "no address leaks")
        }
    }

    private func checkTasks(_ cloud: Cloud, _ life: RandomLife) {
        for (id, task) in cloud.containers.tasks {
            #expect((task.interface == nil) == (task.status == .stopped))
            if let interface = task.interface {
                #expect(cloud.network.interfaces[interface].owner == id.rawValue)
            }
        }
        // Whoever gets through is let through by a rule: the load balancer's group may reach 8080.
        let service = cloud.containers.services[life.setup.service]
        let nodes = cloud.balancing.loadBalancers[life.setup.loadBalancer!].nodes
        for task in service.tasks {
            guard let interface = cloud.containers.tasks[task].interface else { continue }
            let reply = cloud.network.connect(
                from: .interface(nodes[0].interface), to: interface, port: 8080)
            if !life.ingressIsOpen {
                guard case .dropped(by: .deniedInbound) = reply else {
                    Issue.record("a closed group lets \(reply) through")
                    continue
                }
            }
        }
    }

    private func checkDeployments(_ cloud: Cloud, after before: Cloud, _ life: RandomLife) {
        let service = cloud.containers.services[life.setup.service]
        let deployments = cloud.containers.deployments
        #expect(deployments[service.deployments[0]].status == .primary)
        #expect(
            service.deployments.dropFirst().allSatisfy { deployments[$0].status == .active },
            "one deployment is PRIMARY")
        for task in service.tasks where cloud.containers.tasks[task].isWanted {
            #expect(
                service.deployments.contains(cloud.containers.tasks[task].deployment!),
                "every wanted task belongs to a deployment that is listed")
        }
        for (id, deployment) in deployments {
            if let rollback = deployment.rollback {
                #expect(deployment.rolloutState == .failed && deployments[rollback].undoes == id)
            }
            if deployment.rolloutState == .completed { #expect(deployment.completedAt != nil) }
            guard let was = before.containers.deployments.find(id) else { continue }
            #expect(
                was.rolloutState == .inProgress || was.rolloutState == deployment.rolloutState,
                "a deployment ends once")
        }
        for fact in cloud.facts {
            guard case .containers(.taskMoved(let task, from: nil, to: _)) = fact,
                let deployment = cloud.containers.tasks[task].deployment
            else { continue }
            #expect(
                deployments[deployment].rolloutState != .failed,
                "no task of a failed deployment is started")
        }
    }

    private func checkScheduler(_ cloud: Cloud, after before: Cloud, _ life: RandomLife) {
        let id = life.setup.service
        let (was, now) = (before.rollout(of: id), cloud.rollout(of: id))
        let started = cloud.facts.contains {
            if case .containers(.taskMoved(_, from: nil, to: _)) = $0 { true } else { false }
        }
        if started { #expect(now.holding <= now.maximum, "a service never exceeds its maximum") }
        let stopped = cloud.facts.contains {
            guard case .containers(.taskWanted(let task)) = $0 else { return false }
            let reason = cloud.containers.tasks[task].stopCause?.reason
            if case .scaling? = reason { return true }
            return false
        }
        if stopped {
            let healthy = now.old.healthy + now.new.healthy
            // Health is judged in the same look: what was lost to sickness is not held against it.
            let lost = before.containers.services[id].tasks.count {
                before.containers.tasks[$0].healthySince != nil
                    && cloud.containers.tasks.find($0)?.healthySince == nil
            }
            #expect(
                healthy + lost >= min(now.minimum, was.old.healthy + was.new.healthy),
                "the scheduler never falls below the minimum by its own doing")
        }
    }

    /// Deleted, a service leaves nothing behind; every stopped task ends STOPPED.
    private func checkTheEnd(of life: inout RandomLife) throws {
        let service = life.setup.scenario.service
        try life.live.ecs.deleteService(
            cluster: service.cluster, service: service.name, force: true)
        life.live.run(for: .minutes(20))
        let cloud = life.live.cloud
        #expect(cloud.containers.tasks.allSatisfy { $0.value.status == .stopped })
        #expect(!cloud.network.interfaces.contains { $0.value.kind == .task })
        #expect(cloud.balancing.targets.isEmpty, "every target has left its group")
        life.live.run(for: .hours(3))
        #expect(life.live.cloud.containers.tasks.isEmpty, "stopped tasks are forgotten")
    }

    // MARK: a cloud is a value

    private func saved(_ cloud: Cloud) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return try encoder.encode(cloud)
    }

    @Test(arguments: UInt64(0)..<30)
    func aSavedAndReloadedCloudContinuesLikeOneNeverSaved(seed: UInt64) throws {
        var life = try RandomLife(seed: seed)
        try life.act()
        life.live.run(for: .seconds(life.dice.roll(1...100)))
        var kept = life.live.cloud
        var copy = kept
        var reloaded = try JSONDecoder().decode(Cloud.self, from: try saved(kept))
        #expect(try saved(reloaded) == saved(kept))
        let end = kept.now + .minutes(10)
        kept.run(until: end)
        copy.run(until: end)
        reloaded.run(until: end)
        let expected = try saved(kept)
        #expect(try saved(copy) == expected, "two copies have the same future")
        #expect(try saved(reloaded) == expected)
    }
}
