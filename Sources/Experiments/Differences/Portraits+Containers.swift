import Cloud
import CloudAPI
import Simulation

extension Cloud {
    func containerPortraits(of place: Place) -> [Portrait] {
        var portraits: [Portrait] = []
        // What is INACTIVE is gone for whoever deleted it.
        for (_, cluster) in containers.clusters where cluster.place == place && cluster.isActive {
            var portrait = Portrait(.cluster, cluster.name, madeAt: cluster.createdAt)
            portrait.add("capacityProviders", all: cluster.capacityProviders)
            portrait.add("containerInsights", cluster.containerInsights)
            portrait.add(tags: cluster.tags)
            portraits.append(portrait)
        }
        for (_, service) in containers.services
        where self.place(of: service) == place && service.status != .inactive {
            portraits.append(portrait(of: service))
        }
        for (_, definition) in containers.taskDefinitions where definition.place == place {
            portraits.append(portrait(of: definition))
        }
        return portraits
    }

    func place(of service: Containers.Service) -> Place? {
        containers.clusters.find(service.cluster)?.place
    }

    /// As people call it: `"web in demo"`.
    func fullName(of service: Containers.Service) -> String {
        let cluster = containers.clusters.find(service.cluster)?.name ?? "?"
        return "\(service.name) in \(cluster)"
    }

    func name(of definition: TaskDefinitionID) -> String {
        containers.taskDefinitions.find(definition).map { "\($0.family):\($0.revision)" } ?? "?"
    }

    private func portrait(of service: Containers.Service) -> Portrait {
        let settings = service.settings
        var portrait = Portrait(
            .service, fullName(of: service), madeAt: service.createdAt)
        portrait.add("status", service.status.rawValue)
        portrait.add("taskDefinition", name(of: settings.definition))
        portrait.add("desiredCount", service.desiredCount)
        portrait.add(
            "runningCount", service.tasks.count { containers.tasks[$0].status == .running })
        portrait.add("steady", service.isSteady)
        portrait.add("minimumHealthyPercent", settings.minimumHealthyPercent)
        portrait.add("maximumPercent", settings.maximumPercent)
        portrait.add("healthCheckGracePeriodSeconds", settings.gracePeriod)
        let breaker = settings.circuitBreaker
        portrait.add(
            "deploymentCircuitBreaker",
            !breaker.isEnabled ? nil : breaker.rollsBack ? "enable, rollback" : "enable")
        portrait.add(
            "targetGroups",
            all: settings.loadBalancers.map {
                let group = balancing.targetGroups.find($0.group)?.name ?? "?"
                return "\(group) (\($0.container):\($0.port))"
            })
        if let network = settings.network {
            portrait.add("subnets", all: network.subnets.map { id($0) })
            portrait.add(
                "securityGroups",
                all: network.securityGroups.map {
                    self.network.securityGroups.find($0)?.name ?? "?"
                }
            )
            portrait.add("assignPublicIp", network.assignsPublicAddress)
        }
        portrait.add("platformVersion", settings.platformVersion)
        portrait.add("launchType", settings.launchType)
        portrait.add("availabilityZoneRebalancing", settings.rebalancesZones)
        portrait.add("enableExecuteCommand", settings.hasExecuteCommand)
        portrait.add(tags: service.tags)
        return portrait
    }

    private func portrait(of definition: Containers.TaskDefinition) -> Portrait {
        var portrait = Portrait(
            .taskDefinition, "\(definition.family):\(definition.revision)")
        if definition.revision > 1 {
            portrait.basis = "\(definition.family):\(definition.revision - 1)"
        }
        let shape = definition.registered.shape
        if !definition.isActive { portrait.add("status", "INACTIVE") }
        portrait.add("cpu", shape.cpu)
        portrait.add("memory", shape.memory)
        portrait.add("executionRole", shape.executionRoleArn.map(Self.lastPart))
        portrait.add("taskRole", shape.taskRoleArn.map(Self.lastPart))
        for container in shape.containerDefinitions ?? [] {
            let name = container.name ?? "?"
            portrait.add("\(name) image", container.image)
            portrait.add("\(name) memory", container.memory)
            portrait.add(
                "\(name) ports",
                all: (container.portMappings ?? []).compactMap(\.containerPort).map { String($0) })
            portrait.add("\(name) stopTimeout", container.stopTimeout)
            portrait.add("\(name) command", (container.command ?? []).joined(separator: " "))
            portrait.add(
                "\(name) healthCheck",
                (container.healthCheck?.command ?? []).joined(separator: " "))
            for variable in container.environment ?? [] {
                portrait.add("\(name) environment \(variable.name ?? "?")", variable.value)
            }
        }
        return portrait
    }

    private static func lastPart(of arn: String) -> String {
        arn.split(separator: "/").last.map(String.init) ?? arn
    }
}
