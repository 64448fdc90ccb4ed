import CloudAPI
import Foundation
import Simulation
import Testing

@testable import Cloud

/// A call that an SDK sends again, because its answer was lost, makes nothing more.
@Suite struct ClientTokenTests {
    let net: TestNetwork
    var ec2: EC2Client<LiveCloud> { net.live.ec2 }

    init() throws { net = try TestNetwork() }

    func table(_ token: String?, name: String = "a") throws -> String? {
        try ec2.createRouteTable(
            tagSpecifications: [
                .init(resourceType: .routeTable, tags: [.init(key: "Name", value: name)])
            ], clientToken: token, vpcId: net.vpc
        ).routeTable?.routeTableId
    }

    @Test func theSameCallAnswersWithTheSameThing() throws {
        let first = try table("t")
        let before = try saved(net.live.cloud)
        #expect(try table("t") == first)
        #expect(try saved(net.live.cloud) == before)
        #expect(try table("u") != first)
        #expect(try table(nil) != first)
    }

    @Test func anotherCallMayNotHaveTheToken() throws {
        _ = try table("t")
        try expectRefusal("IdempotentParameterMismatch", of: net.live) {
            _ = try table("t", name: "b")
        }
        // Of another operation it may.
        try ec2.createNetworkAcl(clientToken: "t", vpcId: net.vpc)
    }

    @Test func aTokenIsForgottenWithWhatItMadeAndAfterADay() throws {
        let first = try table("t")
        try ec2.deleteRouteTable(routeTableId: first!)
        let second = try table("t")
        #expect(second != first)
        net.live.run(for: .hours(25))
        #expect(try table("t", name: "b") != second)
    }

    @Test func gatewaysAndEndpointsAndInterfacesKnowTokensToo() throws {
        let subnet = try net.subnet()
        for _ in 0..<2 {
            try ec2.createNatGateway(
                clientToken: "t", subnetId: subnet, connectivityType: .private)
            try ec2.createNetworkInterface(clientToken: "t", subnetId: subnet)
            try ec2.createVpcEndpoint(
                vpcId: net.vpc, serviceName: "com.amazonaws.us-east-1.s3", clientToken: "t")
        }
        #expect(try ec2.describeNatGateways().natGateways?.count == 1)
        #expect(try ec2.describeVpcEndpoints().vpcEndpoints?.count == 1)
        let read = try JSONDecoder().decode(Cloud.self, from: saved(net.live.cloud))
        #expect(try saved(read) == saved(net.live.cloud))
    }

    @Test func oldTokensAreSweptAway() throws {
        func churn() throws {
            for number in 0..<600 {
                let token = "\(net.live.cloud.now.sinceStart.nanoseconds) \(number)"
                let id = try table(token)
                try ec2.deleteRouteTable(routeTableId: id!)
            }
        }
        try churn()
        net.live.run(for: .hours(25))
        try churn()
        #expect(net.live.cloud.network.tokens.count == 600)
    }
}
