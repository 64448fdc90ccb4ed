import CloudAPI

extension ELBv2.DescribeCapacityReservation: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.loadBalancerID(loadBalancerArn, caller)
        let reservation = cloud.balancing.loadBalancers[id].reservation
        return Output(
            lastModifiedTime: reservation.modifiedAt.map { cloud.calendar($0) },
            decreaseRequestsRemaining: reservation.decreasesLeft(at: cloud.now),
            minimumLoadBalancerCapacity: reservation.units.map { .init(capacityUnits: $0) },
            capacityReservationState: cloud.reservationStates(of: id))
    }
}
