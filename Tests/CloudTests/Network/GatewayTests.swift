import CloudAPI
import Simulation
import Testing

@testable import Cloud

@Suite struct InternetGatewayTests {
    let net: TestNetwork
    var live: LiveCloud { net.live }
    init() throws { net = try TestNetwork() }

    @Test func anAttachedGatewayShowsItsVpc() throws {
        let id = try net.gateway()
        let gateway = try live.ec2.describeInternetGateways(
            filters: [.init(name: "attachment.vpc-id", values: [net.vpc])]
        ).internetGateways![0]
        #expect(gateway.internetGatewayId == id)
        #expect(gateway.attachments![0].state == "available")
        #expect(gateway.attachments![0].vpcId == net.vpc)
    }

    @Test func aVpcHasOneGatewayAndAGatewayOneVpc() throws {
        let id = try net.gateway()
        try expectRefusal(
            "Resource.AlreadyAssociated",
            "resource \(id) is already attached to network \(net.vpc)", of: live
        ) { try live.ec2.attachInternetGateway(internetGatewayId: id, vpcId: net.vpc) }
        let other = try live.ec2.createInternetGateway().internetGateway!.internetGatewayId!
        try expectRefusal(
            "InvalidParameterValue",
            "Network \(net.vpc) already has an internet gateway attached", of: live
        ) { try live.ec2.attachInternetGateway(internetGatewayId: other, vpcId: net.vpc) }
        try expectRefusal(
            "Gateway.NotAttached", "resource \(other) is not attached to network \(net.vpc)",
            of: live
        ) { try live.ec2.detachInternetGateway(internetGatewayId: other, vpcId: net.vpc) }
    }

    @Test func anAttachedGatewayStays() throws {
        let id = try net.gateway()
        try expectRefusal(
            "DependencyViolation",
            "The internetGateway '\(id)' has dependencies and cannot be deleted.", of: live
        ) { try live.ec2.deleteInternetGateway(internetGatewayId: id) }
        try live.ec2.detachInternetGateway(internetGatewayId: id, vpcId: net.vpc)
        try live.ec2.deleteInternetGateway(internetGatewayId: id)
        try expectRefusal(
            "InvalidInternetGatewayID.NotFound",
            "The internetGateway ID '\(id)' does not exist", of: live
        ) { try live.ec2.describeInternetGateways(internetGatewayIds: [id]) }
    }

    @Test func aGatewayStaysAttachedWhilePublicAddressesNeedIt() throws {
        let id = try net.gateway()
        _ = try net.subnet()
        let subnet = live.cloud.network.vpcs[0].subnets[0]
        let task = live.cloud.attachInterface(
            to: subnet, groups: [], kind: .task, withPublicAddress: true, description: "")!
        try expectRefusal(
            "DependencyViolation",
            "Network \(net.vpc) has some mapped public address(es). Please unmap those public "
                + "address(es) before detaching the gateway.", of: live
        ) { try live.ec2.detachInternetGateway(internetGatewayId: id, vpcId: net.vpc) }
        live.cloud.removeInterface(task)
        try live.ec2.detachInternetGateway(internetGatewayId: id, vpcId: net.vpc)
    }

    @Test func aPlaceHasFiveGatewaysAtMost() throws {
        for _ in 0..<5 { try live.ec2.createInternetGateway() }
        try expectRefusal("InternetGatewayLimitExceeded", nil, of: live) {
            try live.ec2.createInternetGateway()
        }
    }
}

@Suite struct AddressTests {
    let net: TestNetwork
    var live: LiveCloud { net.live }
    init() throws { net = try TestNetwork() }

    @Test func anAddressGoesFromInterfaceToInterface() throws {
        _ = try net.gateway()
        let subnet = try net.subnet()
        let (one, two) = (try net.interface(in: subnet), try net.interface(in: subnet))
        let allocated = try live.ec2.allocateAddress(domain: .vpc)
        let id = allocated.allocationId!
        let first = try live.ec2.associateAddress(allocationId: id, networkInterfaceId: one)
        #expect(first.associationId!.hasPrefix("eipassoc-"))
        let address = try live.ec2.describeAddresses(publicIps: [allocated.publicIp!]).addresses![0]
        #expect(address.networkInterfaceId == one)
        #expect(address.associationId == first.associationId)
        let interface = try live.ec2.describeNetworkInterfaces(
            filters: [.init(name: "association.public-ip", values: [allocated.publicIp!])]
        ).networkInterfaces![0]
        #expect(interface.networkInterfaceId == one)
        #expect(interface.association?.allocationId == id)

        try expectRefusal("InvalidIPAddress.InUse", nil, of: live) {
            try live.ec2.releaseAddress(allocationId: id)
        }
        try expectRefusal("Resource.AlreadyAssociated", nil, of: live) {
            try live.ec2.associateAddress(
                allocationId: id, networkInterfaceId: two, allowReassociation: false)
        }
        let second = try live.ec2.associateAddress(allocationId: id, networkInterfaceId: two)
        #expect(second.associationId != first.associationId)
        try expectRefusal("InvalidAssociationID.NotFound", nil, of: live) {
            try live.ec2.disassociateAddress(associationId: first.associationId!)
        }
        try live.ec2.disassociateAddress(associationId: second.associationId!)
        try live.ec2.releaseAddress(allocationId: id)
        try expectRefusal(
            "InvalidAllocationID.NotFound", "The allocation ID '\(id)' does not exist", of: live
        ) { try live.ec2.releaseAddress(allocationId: id) }
    }

    @Test func aDeletedInterfaceSetsItsAddressFree() throws {
        _ = try net.gateway()
        let interface = try net.interface(in: try net.subnet())
        let id = try net.address()
        try live.ec2.associateAddress(allocationId: id, networkInterfaceId: interface)
        try live.ec2.deleteNetworkInterface(networkInterfaceId: interface)
        #expect(try live.ec2.describeAddresses().addresses![0].associationId == nil)
        try live.ec2.releaseAddress(allocationId: id)
    }

    @Test func anAddressNeedsAnInternetGateway() throws {
        let interface = try net.interface(in: try net.subnet())
        let id = try net.address()
        try expectRefusal("Gateway.NotAttached", nil, of: live) {
            try live.ec2.associateAddress(allocationId: id, networkInterfaceId: interface)
        }
    }

    @Test func aPlaceHasFiveAddressesAtMost() throws {
        for _ in 0..<5 { _ = try net.address() }
        try expectRefusal(
            "AddressLimitExceeded", "The maximum number of addresses has been reached.", of: live
        ) { _ = try net.address() }
    }
}

@Suite struct NatGatewayTests {
    let net: TestNetwork
    var live: LiveCloud { net.live }
    let subnet: String
    init() throws {
        net = try TestNetwork()
        subnet = try net.subnet()
    }

    func gateway(_ id: String) throws -> EC2.NatGateway {
        try live.ec2.describeNatGateways(natGatewayIds: [id]).natGateways![0]
    }

    @Test func aGatewayIsAvailableAfterAMinuteOrSo() throws {
        _ = try net.gateway()
        let id = try net.natGateway(in: subnet)
        #expect(try gateway(id).state == .pending)
        live.run(for: .seconds(59))
        #expect(try gateway(id).state == .pending)
        live.run(for: .seconds(31))
        let nat = try gateway(id)
        #expect(nat.state == .available)
        #expect(nat.connectivityType == .public)
        let address = nat.natGatewayAddresses![0]
        #expect(address.status == .succeeded)

        let interface = try live.ec2.describeNetworkInterfaces(
            networkInterfaceIds: [address.networkInterfaceId!]
        ).networkInterfaces![0]
        #expect(interface.interfaceType == .natGateway)
        #expect(interface.description == "Interface for NAT Gateway \(id)")
        #expect(interface.groups!.isEmpty)
        #expect(interface.association?.publicIp == address.publicIp)
        #expect(interface.requesterManaged == true && interface.status == .inUse)
    }

    @Test func aDeletedGatewayCanBeSeenForAnHour() throws {
        _ = try net.gateway()
        let id = try net.natGateway(in: subnet)
        live.run(for: .seconds(90))
        let allocation = try gateway(id).natGatewayAddresses![0].allocationId!
        try expectRefusal("AuthFailure", nil, of: live) {
            try live.ec2.releaseAddress(allocationId: allocation)
        }
        try live.ec2.deleteNatGateway(natGatewayId: id)
        #expect(try gateway(id).state == .deleting)
        try expectRefusal("DependencyViolation", nil, of: live) {
            try live.ec2.deleteSubnet(subnetId: subnet)
        }
        live.run(for: .seconds(60))
        #expect(try gateway(id).state == .deleted)
        #expect(try gateway(id).deleteTime != nil)
        try live.ec2.releaseAddress(allocationId: allocation)
        try live.ec2.deleteSubnet(subnetId: subnet)
        live.run(for: .hours(1))
        try expectRefusal("NatGatewayNotFound", "NatGateway \(id) was not found", of: live) {
            _ = try gateway(id)
        }
    }

    @Test func theVpcOfADeletedGatewayCanGo() throws {
        let igw = try net.gateway()
        let id = try net.natGateway(in: subnet)
        try live.ec2.deleteNatGateway(natGatewayId: id)
        live.run(for: .seconds(60))
        try live.ec2.detachInternetGateway(internetGatewayId: igw, vpcId: net.vpc)
        try live.ec2.deleteSubnet(subnetId: subnet)
        try live.ec2.deleteVpc(vpcId: net.vpc)
        #expect(try gateway(id).state == .deleted)
        live.run(for: .hours(2))
        #expect(live.cloud.network.natGateways.isEmpty)
    }

    @Test func aGatewayWithoutAnInternetGatewayFails() throws {
        let id = try net.natGateway(in: subnet)
        #expect(try gateway(id).state == .pending)
        live.run(for: .seconds(90))
        let nat = try gateway(id)
        #expect(nat.state == .failed)
        #expect(nat.failureCode == "Gateway.NotAttached")
        #expect(nat.failureMessage == "Network \(net.vpc) has no internet gateway attached")
        #expect(try live.ec2.describeNetworkInterfaces().networkInterfaces!.isEmpty)
        try live.ec2.releaseAddress(allocationId: nat.natGatewayAddresses![0].allocationId!)
    }

    @Test func aGatewayWithAnAddressInUseFails() throws {
        _ = try net.gateway()
        let address = try net.address()
        let first = try live.ec2.createNatGateway(allocationId: address, subnetId: subnet)
        let second = try live.ec2.createNatGateway(allocationId: address, subnetId: subnet)
        live.run(for: .seconds(90))
        #expect(try gateway(first.natGateway!.natGatewayId!).state == .available)
        let failed = try gateway(second.natGateway!.natGatewayId!)
        #expect(failed.state == .failed)
        #expect(failed.failureCode == "Resource.AlreadyAssociated")
        #expect(failed.failureMessage == "Elastic IP address \(address) is already associated")
    }

    @Test func aGatewayInAFullSubnetFails() throws {
        _ = try net.gateway()
        let small = try net.subnet("10.0.2.0/28")
        for _ in 0..<11 { _ = try net.interface(in: small) }
        try expectRefusal(
            "InsufficientFreeAddressesInSubnet",
            "The specified subnet does not have enough free addresses to satisfy the request.",
            of: live
        ) { _ = try net.interface(in: small) }
        let id = try net.natGateway(in: small)
        live.run(for: .seconds(90))
        #expect(try gateway(id).failureCode == "InsufficientFreeAddressesInSubnet")
    }

    @Test func aPublicGatewayNeedsAnAddress() throws {
        try expectRefusal(
            "MissingParameter", "The request must contain the parameter allocationId", of: live
        ) { try live.ec2.createNatGateway(subnetId: subnet) }
        let nat = try live.ec2.createNatGateway(subnetId: subnet, connectivityType: .private)
        live.run(for: .seconds(90))
        #expect(try gateway(nat.natGateway!.natGatewayId!).state == .available)
    }

    @Test func aZoneHasFiveGatewaysAtMost() throws {
        _ = try net.gateway()
        for _ in 0..<5 {
            try live.ec2.createNatGateway(subnetId: subnet, connectivityType: .private)
        }
        try expectRefusal(
            "NatGatewayLimitExceeded",
            "Performing this operation would exceed the limit of 5 NAT gateways", of: live
        ) { try live.ec2.createNatGateway(subnetId: subnet, connectivityType: .private) }
    }

    @Test func theSameSeedTakesTheSameTime() throws {
        func provisioning(_ seed: UInt64) throws -> Instant {
            let net = try TestNetwork(LiveCloud(Cloud(seed: seed)))
            _ = try net.gateway()
            _ = try net.natGateway(in: try net.subnet())
            net.live.run(until: net.live.cloud.now + .hours(1)) {
                $0.network.natGateways[0].state == .available
            }
            return net.live.cloud.now
        }
        #expect(try provisioning(1) == provisioning(1))
        #expect(try provisioning(1) != provisioning(2))
    }
}
