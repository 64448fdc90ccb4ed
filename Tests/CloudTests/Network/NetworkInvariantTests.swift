import CloudAPI
import Foundation
import Simulation
import Testing

@testable import Cloud

/// Any calls in any order, most of them sensible, and what must hold after each of them.
private final class RandomCalls {
    let live = LiveCloud()
    private let chance: Chance
    private var drawn: UInt64 = 0

    init(seed: UInt64) { chance = Chance(seed: seed) }

    private func whole(below bound: Int) -> Int {
        drawn += 1
        return chance.whole(below: bound, for: Chance.Purpose("call"), of: 0, nth: drawn)
    }

    private func some<ID: EC2Resource>(_: ID.Type) -> String {
        let all = ID.all(in: .standard, of: live.cloud.network)
        return all.isEmpty
            ? "\(ID.prefix)-0123456789abcdef0" : live.cloud.ec2ID(all[whole(below: all.count)])
    }

    private func association() -> String {
        let all = live.cloud.network.routeAssociations.map(\.id)
        return all.isEmpty ? "rtbassoc-1" : live.cloud.ec2ID(all[whole(below: all.count)])
    }

    private func aclAssociation() -> String {
        let all = live.cloud.network.aclAssociations.map(\.id)
        return all.isEmpty ? "aclassoc-1" : live.cloud.ec2ID(all[whole(below: all.count)])
    }

    private func permission() -> EC2.IpPermission {
        let port = 80 + whole(below: 3)
        return whole(below: 2) == 0
            ? .init(
                ipProtocol: "tcp", fromPort: port, toPort: port,
                userIdGroupPairs: [.init(groupId: some(SecurityGroupID.self))])
            : .init(ipProtocol: "-1", ipRanges: [.init(cidrIp: "10.0.\(port).0/24")])
    }

    /// One call; a refusal is as good as an answer, as long as it changes nothing.
    func call() throws {
        let before = live.cloud.network
        do { try anyCall() } catch is APIFailure {
            #expect(try bytes(before) == bytes(live.cloud.network))
        }
    }

    private func bytes(_ network: Network) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        return try encoder.encode(network)
    }

    private func anyCall() throws {
        let ec2 = live.ec2
        switch whole(below: 30) {
        case 0: try ec2.createVpc(cidrBlock: "10.0.0.0/16")
        case 1: try ec2.deleteVpc(vpcId: some(VpcID.self))
        case 2, 3:
            try ec2.createSubnet(
                cidrBlock: "10.0.\(whole(below: 9)).0/28", vpcId: some(VpcID.self))
        case 4: try ec2.deleteSubnet(subnetId: some(SubnetID.self))
        case 5: try ec2.createInternetGateway()
        case 6:
            try ec2.attachInternetGateway(
                internetGatewayId: some(InternetGatewayID.self), vpcId: some(VpcID.self))
        case 7:
            try ec2.detachInternetGateway(
                internetGatewayId: some(InternetGatewayID.self), vpcId: some(VpcID.self))
        case 8: try ec2.deleteInternetGateway(internetGatewayId: some(InternetGatewayID.self))
        case 9: try ec2.allocateAddress()
        case 10: try ec2.releaseAddress(allocationId: some(AddressID.self))
        case 11:
            try ec2.associateAddress(
                allocationId: some(AddressID.self), networkInterfaceId: some(InterfaceID.self))
        case 12:
            try ec2.createNatGateway(
                allocationId: some(AddressID.self), subnetId: some(SubnetID.self))
        case 13: try ec2.deleteNatGateway(natGatewayId: some(NatGatewayID.self))
        case 14: try ec2.createRouteTable(vpcId: some(VpcID.self))
        case 15: try ec2.deleteRouteTable(routeTableId: some(RouteTableID.self))
        case 16:
            try ec2.associateRouteTable(
                subnetId: some(SubnetID.self), routeTableId: some(RouteTableID.self))
        case 17:
            try ec2.replaceRouteTableAssociation(
                associationId: association(), routeTableId: some(RouteTableID.self))
        case 18: try ec2.disassociateRouteTable(associationId: association())
        case 19:
            try ec2.createSecurityGroup(
                description: "x", groupName: "g\(whole(below: 9))", vpcId: some(VpcID.self))
        case 20: try ec2.deleteSecurityGroup(groupId: some(SecurityGroupID.self))
        case 21, 22:
            try ec2.authorizeSecurityGroupIngress(
                groupId: some(SecurityGroupID.self), ipPermissions: [permission()])
        case 23:
            try ec2.revokeSecurityGroupIngress(
                groupId: some(SecurityGroupID.self),
                securityGroupRuleIds: [some(SecurityGroupRuleID.self)])
        case 24, 25:
            try ec2.createNetworkInterface(
                subnetId: some(SubnetID.self), groups: [some(SecurityGroupID.self)])
        case 26: try ec2.deleteNetworkInterface(networkInterfaceId: some(InterfaceID.self))
        case 27: try ec2.createNetworkAcl(vpcId: some(VpcID.self))
        case 28:
            try ec2.replaceNetworkAclAssociation(
                associationId: aclAssociation(), networkAclId: some(NetworkACLID.self))
        default: live.run(for: .seconds(whole(below: 600)))
        }
    }
}

@Suite struct NetworkInvariantTests {
    @Test(arguments: UInt64(0)..<12)
    func everythingCountedIsThereAndEverythingThereIsCounted(seed: UInt64) throws {
        let calls = RandomCalls(seed: seed)
        for _ in 0..<150 {
            try calls.call()
            check(calls.live.cloud.network)
        }
        let bytes = try saved(calls.live.cloud)
        let loaded = try JSONDecoder().decode(Cloud.self, from: bytes)
        #expect(try saved(loaded) == bytes)
    }

    private func check(_ network: Network) {
        for (id, group) in network.securityGroups {
            let carriers = network.interfaces.values.filter { $0.securityGroups.contains(id) }
            #expect(group.interfaceCount == Array(carriers).count)
            let references = network.rules.values.filter {
                $0.peer == .group(id) && $0.group != id
            }
            #expect(group.referenceCount == Array(references).count)
            #expect(group.rules.allSatisfy { network.rules.find($0)?.group == id })
        }
        for (id, vpc) in network.vpcs {
            #expect(vpc.subnets == network.subnets.filter { $0.value.vpc == id }.map(\.id))
            #expect(vpc.interfaces == network.interfaces.filter { $0.value.vpc == id }.map(\.id))
            #expect(
                vpc.securityGroups
                    == network.securityGroups.filter { $0.value.vpc == id }.map(\.id))
            let tables = network.routeTables.filter { $0.value.vpc == id }
            #expect(vpc.routeTables == tables.map(\.id))
            #expect(tables.filter(\.value.isMain).map(\.id) == [vpc.mainRouteTable])
            #expect(
                vpc.networkACLs == network.networkACLs.filter { $0.value.vpc == id }.map(\.id))
            #expect(
                vpc.natGateways == network.natGateways.filter { $0.value.vpc == id }.map(\.id))
        }
        for (id, subnet) in network.subnets {
            let used = network.interfaces.values.filter { $0.subnet == id }
            #expect(subnet.pool.free == subnet.block.count - 5 - Array(used).count)
            #expect(
                network.networkACLs[subnet.networkACL].associations.contains(subnet.aclAssociation))
        }
        for (id, interface) in network.interfaces {
            #expect(network.interface(at: interface.address, in: interface.vpc) == id)
            if let address = interface.elasticAddress {
                #expect(network.addresses[address].interface == id)
            }
        }
        for (id, address) in network.addresses {
            #expect((address.interface == nil) == (address.association == nil))
            if let interface = address.interface {
                #expect(network.interfaces[interface].elasticAddress == id)
            }
        }
        for (id, association) in network.routeAssociations {
            #expect(network.routeTables[association.table].associations.contains(id))
        }
    }
}
