import CloudAPI

/// Source of codes: the model. The texts: the model's sentences about the exceptions, the others
/// assumed.
extension ELBv2.ModifyCapacityReservation: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.loadBalancerID(loadBalancerArn, caller)
        let balancer = cloud.balancing.loadBalancers[id]
        let units = minimumLoadBalancerCapacity?.capacityUnits
        let resets = resetCapacityReservation == true
        guard resets != (units != nil) else { throw .capacityReservationUnclear }
        guard !balancer.reservation.isPending else { throw .capacityReservationPending }
        if let units {
            guard units >= Balancing.leastReservation(for: balancer.kind) else {
                throw .capacityReservationTooSmall(Balancing.leastReservation(for: balancer.kind))
            }
            let most = Balancing.largestReservation(
                for: balancer.kind, zones: balancer.nodes.count)
            guard units <= most else { throw .capacityUnitsLimitExceeded }
        }
        let isDecrease = (units ?? 0) < (balancer.reservation.units ?? 0)
        guard !isDecrease || balancer.reservation.decreasesLeft(at: cloud.now) > 0 else {
            throw .capacityDecreaseLimitExceeded
        }

        cloud.reserveCapacity(of: id, units: units)

        let reservation = cloud.balancing.loadBalancers[id].reservation
        return Output(
            lastModifiedTime: reservation.modifiedAt.map { cloud.calendar($0) },
            decreaseRequestsRemaining: reservation.decreasesLeft(at: cloud.now),
            minimumLoadBalancerCapacity: units.map { .init(capacityUnits: $0) },
            capacityReservationState: cloud.reservationStates(of: id))
    }
}
