import CloudAPI

/// What is left out stays as it was.
extension ECS.UpdateCapacityProvider: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        if Containers.fargateProviders.contains(name) { throw .capacityProviderReserved }
        guard let id = cloud.findProvider(name, for: caller) else {
            throw .capacityProviderUnknown
        }
        if managedInstancesProvider != nil { throw .notBuilt("managed instances") }
        guard let update = autoScalingGroupProvider else { throw .capacityProviderWithoutGroup }

        var group = cloud.containers.capacityProviders[id].group.shape
        group.managedTerminationProtection =
            update.managedTerminationProtection ?? group.managedTerminationProtection
        group.managedDraining = update.managedDraining ?? group.managedDraining
        if let scaling = update.managedScaling {
            let before = group.managedScaling
            group.managedScaling = .init(
                status: scaling.status ?? before?.status,
                targetCapacity: scaling.targetCapacity ?? before?.targetCapacity,
                minimumScalingStepSize: scaling.minimumScalingStepSize
                    ?? before?.minimumScalingStepSize,
                maximumScalingStepSize: scaling.maximumScalingStepSize
                    ?? before?.maximumScalingStepSize,
                instanceWarmupPeriod: scaling.instanceWarmupPeriod ?? before?.instanceWarmupPeriod)
        }
        cloud.containers.capacityProviders[id].group = Wired(group)
        cloud.containers.capacityProviders[id].wasUpdated = true

        return Output(capacityProvider: ECS.CapacityProvider(id, in: cloud))
    }
}
