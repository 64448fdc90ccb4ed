import CloudAPI

/// For an Auto Scaling group. Source: ecs.md section 31.
extension ECS.CreateCapacityProvider: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let lower = name.lowercased()
        guard isContainersName(name), !["aws", "ecs", "fargate"].contains(where: lower.hasPrefix)
        else { throw .capacityProviderNameInvalid }
        if managedInstancesProvider != nil { throw .notBuilt("managed instances") }
        guard let group = autoScalingGroupProvider, group.autoScalingGroupArn != nil else {
            throw .capacityProviderWithoutGroup
        }
        let key = PlacedName(name, in: caller.place)
        guard cloud.containers.capacityProviderIDs[key] == nil else {
            throw .capacityProviderAlreadyExists
        }

        let id = cloud.containers.capacityProviders.insert(
            Containers.CapacityProvider(
                place: caller.place, name: name, group: Wired(group.withDefaults),
                tags: (tags ?? []).map(ResourceTag.init)))
        cloud.containers.capacityProviderIDs[key] = id

        return Output(
            capacityProvider: ECS.CapacityProvider(id, in: cloud, withTags: true))
    }
}

extension ECS.AutoScalingGroupProvider {
    /// Source of the defaults: the API reference, `ManagedScaling` and `AutoScalingGroupProvider`.
    fileprivate var withDefaults: Self {
        var group = self
        var scaling = managedScaling ?? .init(status: .disabled)
        scaling.status = scaling.status ?? .disabled
        scaling.targetCapacity = scaling.targetCapacity ?? 100
        scaling.minimumScalingStepSize = scaling.minimumScalingStepSize ?? 1
        scaling.maximumScalingStepSize = scaling.maximumScalingStepSize ?? 10_000
        scaling.instanceWarmupPeriod = scaling.instanceWarmupPeriod ?? 300
        group.managedScaling = scaling
        group.managedTerminationProtection = managedTerminationProtection ?? .disabled
        group.managedDraining = managedDraining ?? .enabled
        return group
    }
}
