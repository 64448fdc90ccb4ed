import CloudAPI
import Simulation
import Testing

@testable import Cloud

@Suite struct CapacityReservationTests {
    private typealias Case = BalancingRefusal

    @Test(arguments: cases) func refusal(_ c: BalancingRefusal) throws { try c.check() }

    static let cases: [BalancingRefusal] = [
        Case("neither capacity nor a reset", "ValidationError") {
            try $0.elb.modifyCapacityReservation(loadBalancerArn: $0.balancer)
        },
        Case("capacity and a reset", "ValidationError") {
            try $0.elb.modifyCapacityReservation(
                loadBalancerArn: $0.balancer,
                minimumLoadBalancerCapacity: .init(capacityUnits: 100),
                resetCapacityReservation: true)
        },
        Case("too little", "InvalidConfigurationRequest") {
            try $0.elb.modifyCapacityReservation(
                loadBalancerArn: $0.balancer, minimumLoadBalancerCapacity: .init(capacityUnits: 99))
        },
        Case(
            "too much", "CapacityUnitsLimitExceeded", "You've exceeded the capacity units limit."
        ) {
            try $0.elb.modifyCapacityReservation(
                loadBalancerArn: $0.balancer,
                minimumLoadBalancerCapacity: .init(capacityUnits: 1501))
        },
        Case("of nobody", "LoadBalancerNotFound") {
            try $0.elb.describeCapacityReservation(loadBalancerArn: $0.ghost)
        },
        Case(
            "a policy", "ResourceNotFound", "The specified resource does not exist."
        ) { try $0.elb.getResourcePolicy(resourceArn: $0.balancer) },
        Case("pools of nobody", "LoadBalancerNotFound") {
            try $0.elb.modifyIpPools(loadBalancerArn: $0.ghost)
        },
        Case(
            "trust stores", "UnsupportedOperationException",
            "Drydock does not support elbv2 DescribeTrustStores yet."
        ) { try $0.elb.describeTrustStores() },
    ]

    @Test func reservedCapacityComesAfterAWhile() throws {
        let world = try BalancingWorld()
        func state() throws -> ELBv2.DescribeCapacityReservation.Output {
            try world.elb.describeCapacityReservation(loadBalancerArn: world.balancer)
        }
        #expect(try state().capacityReservationState == nil)
        #expect(try state().decreaseRequestsRemaining == 2)
        func reserve(_ units: Int) throws {
            try world.elb.modifyCapacityReservation(
                loadBalancerArn: world.balancer,
                minimumLoadBalancerCapacity: .init(capacityUnits: units))
        }
        try reserve(200)
        #expect(
            try state().capacityReservationState?.map { $0.state?.code } == [.pending, .pending])
        try expectRefusal("CapacityReservationPending", of: world.site.live) { try reserve(300) }
        world.site.live.run(for: .minutes(5))
        let provisioned = try state().capacityReservationState
        #expect(provisioned?.map { $0.state?.code } == [.provisioned, .provisioned])
        #expect(provisioned?.map(\.effectiveCapacityUnits) == [100, 100])

        try reserve(150)
        world.site.live.run(for: .minutes(5))
        try world.elb.modifyCapacityReservation(
            loadBalancerArn: world.balancer, resetCapacityReservation: true)
        #expect(try state().minimumLoadBalancerCapacity == nil)
        #expect(try state().decreaseRequestsRemaining == 0)
        try reserve(200)
        world.site.live.run(for: .minutes(5))
        try expectRefusal("CapacityDecreaseRequestLimitExceeded", of: world.site.live) {
            try reserve(150)
        }
        world.site.live.run(for: .hours(24))
        try reserve(150)
    }

    @Test func anAddressPoolIsKeptAndShown() throws {
        let world = try BalancingWorld()
        func pool() throws -> String? {
            try world.elb.describeLoadBalancers(loadBalancerArns: [world.balancer])
                .loadBalancers?.first?.ipamPools?.ipv4IpamPoolId
        }
        try world.elb.modifyIpPools(
            loadBalancerArn: world.balancer, ipamPools: .init(ipv4IpamPoolId: "ipam-pool-1"))
        #expect(try pool() == "ipam-pool-1")
        try world.elb.modifyIpPools(loadBalancerArn: world.balancer, removeIpamPools: [.ipv4])
        #expect(try pool() == nil)
    }
}
