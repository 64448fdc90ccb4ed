import Simulation

extension Cloud {
    /// Starts tasks of a deployment, and says so in one event.
    ///
    /// After failures to start it waits first. Of the new tasks, `replaced` take the place of sick
    /// ones.
    mutating func startTasks(
        _ count: Int, of deployment: DeploymentID, in id: ServiceID, replacing replaced: Int
    ) {
        if let again = containers.services[id].startsAgainAt, now < again,
            deployment == containers.services[id].deployments.first
        {
            return
        }
        var started: [TaskID] = []
        for _ in 0..<count {
            guard let task = launch(deployment, in: id) else {
                // Source: vpc.md section 4, Addresses.
                note(
                    .unableToPlace(
                        reason: "InsufficientFreeAddressesInSubnet: The specified subnet does not "
                            + "have enough free addresses to satisfy the request."), for: id)
                break
            }
            started.append(task)
        }
        guard !started.isEmpty else { return }
        note(.started(started, replacing: min(replaced, started.count)), for: id)
    }

    /// Makes one task of a service and attaches its interface.
    ///
    /// - Parameter zone: `nil`: whichever has the fewest.
    /// - Returns: `nil` if no subnet has a free address.
    mutating func launch(
        _ deployment: DeploymentID, in id: ServiceID, zone: String? = nil
    ) -> TaskID? {
        let definition = containers.deployments[deployment].settings.definition
        guard let place = containers.deployments[deployment].settings.network,
            let subnet = subnetForNextTask(of: id, place, zone: zone)
        else {
            return nil
        }
        let cluster = containers.services[id].cluster
        let task = launch(
            Containers.Task(
                cluster: cluster, definition: definition, service: id,
                deployment: deployment, createdAt: now, subnet: subnet,
                containers: containers.taskDefinitions[definition].containers.map { _ in
                    Containers.Container()
                },
                hasPublicAddress: place.assignsPublicAddress,
                securityGroups: place.securityGroups))
        if !containers.services[id].settings.strategy.isEmpty { chooseProvider(of: task, in: id) }
        containers.services[id].tasks.append(task)
        record(.containers(.taskMoved(task, from: nil, to: .provisioning)))
        live(task)
        return task
    }

    /// Puts a new task into the table and gives it its interface.
    mutating func launch(_ task: Containers.Task) -> TaskID {
        let id = containers.tasks.insert(task)
        let interface = attachInterface(
            to: task.subnet, groups: task.securityGroups, kind: .task,
            withPublicAddress: task.hasPublicAddress, owner: id.rawValue, description: "")
        guard let interface else {
            preconditionFailure("the subnet was chosen for its free address")
        }
        containers.tasks[id].interface = interface
        containers.tasks[id].attached = interface
        containers.tasks[id].address = network.interfaces[interface].address
        return id
    }

    /// The zone with the fewest of the service's tasks, the first of the list on a tie, and in it
    /// the first subnet with a free address. A subnet that has been deleted under the service is
    /// passed over. Source: ecs.md section 13.11.
    private func subnetForNextTask(
        of id: ServiceID, _ place: Containers.Service.NetworkConfiguration, zone wanted: String?
    ) -> SubnetID? {
        var best: (subnet: SubnetID, tasks: Int)?
        var seen: [String] = []
        for subnet in place.subnets where hasRoom(subnet) {
            let zone = network.subnets[subnet].zone
            guard !seen.contains(zone), wanted == nil || wanted == zone else { continue }
            seen.append(zone)
            let tasks = containers.services[id].tasks.count {
                containers.tasks[$0].isWanted
                    && network.subnets[containers.tasks[$0].subnet].zone == zone
            }
            if best.map({ tasks < $0.tasks }) ?? true { best = (subnet, tasks) }
        }
        return best?.subnet
    }

    /// A subnet with a free address, for the n-th task of a call: they take turns.
    func subnetWithRoom(_ subnets: [SubnetID], from turn: Int) -> SubnetID? {
        subnets.indices.lazy.map { subnets[($0 + turn) % subnets.count] }
            .first { hasRoom($0) }
    }

    func hasRoom(_ subnet: SubnetID) -> Bool {
        network.subnets.contains(subnet) && network.subnets[subnet].pool.free > 0
    }

    // MARK: failures to start

    /// Counts a task that never ran. After each consecutive one the wait for the next attempt is
    /// longer. Source: ecs.md section 19.
    mutating func noteStartFailure(of task: TaskID, _ reason: String) {
        guard let id = containers.tasks[task].service else { return }
        noteFailure(of: task)
        note(.unableToPlace(reason: reason), for: id)
        // Whether the version before can start is another matter.
        guard containers.tasks[task].deployment == containers.services[id].deployments.first
        else { return }
        containers.services[id].startFailures += 1
        let failures = containers.services[id].startFailures
        guard !timing.startBackoff.isEmpty else { return }
        if failures == 3 { note(.unableToStart, for: id) }
        let wait = timing.startBackoff[min(failures, timing.startBackoff.count) - 1]
        containers.services[id].startsAgainAt = now + wait
        schedule(.startsAgain(id), after: wait)
    }
}
