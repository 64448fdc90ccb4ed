import CloudAPI
import Simulation

extension Waiter {
    static let all: [Waiter] = ecs + ecr + elbv2 + ec2 + iam

    private static let ecs: [Waiter] = [
        Waiter(
            name: "ServicesStable", call: "ecs DescribeServices", delay: .seconds(15), attempts: 40,
            acceptors: [
                missingService,
                .any(.failure, "DRAINING", statuses), .any(.failure, "INACTIVE", statuses),
                .when(.success) { (output: ECS.DescribeServices.Output) in
                    (output.services ?? []).allSatisfy {
                        $0.deployments?.count == 1 && $0.runningCount == $0.desiredCount
                    }
                },
            ]),
        Waiter(
            name: "ServicesInactive", call: "ecs DescribeServices", delay: .seconds(15),
            attempts: 40, acceptors: [missingService, .any(.success, "INACTIVE", statuses)]),
        Waiter(
            name: "TasksRunning", call: "ecs DescribeTasks", delay: .seconds(6), attempts: 100,
            acceptors: [
                .any(.failure, "STOPPED", taskStatuses),
                .any(.failure, "MISSING") { (output: ECS.DescribeTasks.Output) in
                    (output.failures ?? []).map(\.reason)
                },
                .all(.success, "RUNNING", taskStatuses),
            ]),
        Waiter(
            name: "TasksStopped", call: "ecs DescribeTasks", delay: .seconds(6), attempts: 100,
            acceptors: [.all(.success, "STOPPED", taskStatuses)]),
    ]

    private static let missingService = Acceptor.any(.failure, "MISSING") {
        (output: ECS.DescribeServices.Output) in (output.failures ?? []).map(\.reason)
    }

    @Sendable private static func statuses(_ output: ECS.DescribeServices.Output) -> [String?] {
        (output.services ?? []).map(\.status)
    }

    @Sendable private static func taskStatuses(_ output: ECS.DescribeTasks.Output) -> [String?] {
        (output.tasks ?? []).map(\.lastStatus)
    }

    // MARK: images

    private static let ecr: [Waiter] = [
        Waiter(
            name: "ImageScanComplete", call: "ecr DescribeImageScanFindings", delay: .seconds(5),
            attempts: 60,
            acceptors: [
                .any(.success, "COMPLETE", scanStatus), .any(.failure, "FAILED", scanStatus),
            ]),
        Waiter(
            name: "LifecyclePolicyPreviewComplete", call: "ecr GetLifecyclePolicyPreview",
            delay: .seconds(5), attempts: 20,
            acceptors: [
                .any(.success, "COMPLETE", previewStatus), .any(.failure, "FAILED", previewStatus),
            ]),
    ]

    @Sendable private static func scanStatus(
        _ output: ECR.DescribeImageScanFindings.Output
    ) -> [String?] {
        [output.imageScanStatus?.status?.rawValue]
    }

    @Sendable private static func previewStatus(
        _ output: ECR.GetLifecyclePolicyPreview.Output
    ) -> [String?] {
        [output.status?.rawValue]
    }

    // MARK: load balancers

    private static let elbv2: [Waiter] = [
        Waiter(
            name: "LoadBalancerExists", call: "elbv2 DescribeLoadBalancers", delay: .seconds(15),
            attempts: 40,
            acceptors: [.answered(.success), .error(.undecided, "LoadBalancerNotFound")]),
        Waiter(
            name: "LoadBalancerAvailable", call: "elbv2 DescribeLoadBalancers", delay: .seconds(15),
            attempts: 40,
            acceptors: [
                .all(.success, "active", balancerStates),
                .error(.undecided, "LoadBalancerNotFound"),
            ]),
        Waiter(
            name: "LoadBalancersDeleted", call: "elbv2 DescribeLoadBalancers", delay: .seconds(15),
            attempts: 40, acceptors: [.error(.success, "LoadBalancerNotFound")]),
        Waiter(
            name: "TargetInService", call: "elbv2 DescribeTargetHealth", delay: .seconds(15),
            attempts: 40,
            acceptors: [
                .all(.success, "healthy", targetStates), .error(.undecided, "InvalidInstance"),
            ]),
        Waiter(
            name: "TargetDeregistered", call: "elbv2 DescribeTargetHealth", delay: .seconds(15),
            attempts: 40,
            acceptors: [
                .error(.success, "InvalidTarget"), .all(.success, "unused", targetStates),
            ]),
    ]

    @Sendable private static func balancerStates(
        _ output: ELBv2.DescribeLoadBalancers.Output
    ) -> [String?] {
        (output.loadBalancers ?? []).map { $0.state?.code?.rawValue }
    }

    @Sendable private static func targetStates(
        _ output: ELBv2.DescribeTargetHealth.Output
    ) -> [String?] {
        (output.targetHealthDescriptions ?? []).map { $0.targetHealth?.state?.rawValue }
    }

    // MARK: networks

    private static let ec2: [Waiter] = [
        Waiter(
            name: "NatGatewayAvailable", call: "ec2 DescribeNatGateways", delay: .seconds(15),
            attempts: 40,
            acceptors: [
                .all(.success, "available", gatewayStates),
                .any(.failure, "failed", gatewayStates),
                .any(.failure, "deleting", gatewayStates),
                .any(.failure, "deleted", gatewayStates), .error(.undecided, "NatGatewayNotFound"),
            ]),
        Waiter(
            name: "NatGatewayDeleted", call: "ec2 DescribeNatGateways", delay: .seconds(15),
            attempts: 40,
            acceptors: [
                .all(.success, "deleted", gatewayStates), .error(.success, "NatGatewayNotFound"),
            ]),
        Waiter(
            name: "NetworkInterfaceAvailable", call: "ec2 DescribeNetworkInterfaces",
            delay: .seconds(20), attempts: 10,
            acceptors: [
                .all(.success, "available") { (output: EC2.DescribeNetworkInterfaces.Output) in
                    (output.networkInterfaces ?? []).map { $0.status?.rawValue }
                }
            ]),
        Waiter(
            name: "InternetGatewayExists", call: "ec2 DescribeInternetGateways", delay: .seconds(5),
            attempts: 6,
            acceptors: [
                .when(.success) { (output: EC2.DescribeInternetGateways.Output) in
                    output.internetGateways?.isEmpty == false
                }, .error(.undecided, "InvalidInternetGateway.NotFound"),
            ]),
        Waiter(
            name: "SecurityGroupExists", call: "ec2 DescribeSecurityGroups", delay: .seconds(5),
            attempts: 6,
            acceptors: [
                .when(.success) { (output: EC2.DescribeSecurityGroups.Output) in
                    output.securityGroups?.isEmpty == false
                }, .error(.undecided, "InvalidGroup.NotFound"),
            ]),
        Waiter(
            name: "SubnetAvailable", call: "ec2 DescribeSubnets", delay: .seconds(15), attempts: 40,
            acceptors: [
                .all(.success, "available") { (output: EC2.DescribeSubnets.Output) in
                    (output.subnets ?? []).map { $0.state?.rawValue }
                }
            ]),
        Waiter(
            name: "VpcAvailable", call: "ec2 DescribeVpcs", delay: .seconds(15), attempts: 40,
            acceptors: [
                .all(.success, "available") { (output: EC2.DescribeVpcs.Output) in
                    (output.vpcs ?? []).map { $0.state?.rawValue }
                }
            ]),
        Waiter(
            name: "VpcExists", call: "ec2 DescribeVpcs", delay: .seconds(1), attempts: 5,
            acceptors: [.answered(.success), .error(.undecided, "InvalidVpcID.NotFound")]),
    ]

    @Sendable private static func gatewayStates(
        _ output: EC2.DescribeNatGateways.Output
    ) -> [String?] {
        (output.natGateways ?? []).map { $0.state?.rawValue }
    }

    // MARK: roles

    private static let iam: [Waiter] = [
        exists("InstanceProfileExists", "GetInstanceProfile", attempts: 40),
        exists("UserExists", "GetUser", attempts: 20),
        exists("RoleExists", "GetRole", attempts: 20),
        exists("PolicyExists", "GetPolicy", attempts: 20),
    ]

    private static func exists(_ name: String, _ operation: String, attempts: Int) -> Waiter {
        Waiter(
            name: name, call: "iam \(operation)", delay: .seconds(1), attempts: attempts,
            acceptors: [.answered(.success), .error(.undecided, "NoSuchEntity")])
    }
}
