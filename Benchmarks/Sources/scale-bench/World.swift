import Cloud
import CloudAPI
import Experiments
import Simulation

/// Ten thousand services in one cloud, made by the calls that people would make.
///
/// AWS's quotas decide how they are spread: a region gives an account 5,000 network interfaces, and
/// a load balancer takes 50 listeners and 1,000 targets. While all are redeployed with room for
/// twice as many, each task has its successor beside it; so a place (an account in a region) has
/// 239 services of ten tasks at most, and a load balancer 48.
struct World {
    static let tasksPerService = 10
    static let servicesPerPlace = 239
    static let servicesPerBalancer = 48

    var live: LiveCloud
    let services: Int
    private(set) var places: [Place] = []
    private(set) var balancers = 0

    init(services: Int) {
        self.services = services
        live = LiveCloud(Cloud(seed: 1))
        let regions = ["us-east-1", "eu-central-1", "ap-northeast-1"]
        let count = (services + Self.servicesPerPlace - 1) / Self.servicesPerPlace
        for number in 0..<count {
            let account = String(100_000_000_000 + number / regions.count)
            places.append(Place(account: account, region: regions[number % regions.count]))
        }
    }

    /// Makes the networks, load balancers and services, and waits until all are steady.
    mutating func bringUp() throws {
        var networks: [MadeNetwork] = []
        for place in places {
            live.caller = Caller(place: place)
            networks.append(try network())
        }
        // Without its NAT gateway a network has no way to the registry.
        live.run(for: .minutes(3))
        for number in places.indices {
            live.caller = Caller(place: places[number])
            let mine = services / places.count + (number < services % places.count ? 1 : 0)
            try bringUp(mine, in: networks[number])
        }
    }

    /// Pushes a new version in each place, and forces a new deployment of every service.
    mutating func redeploy() throws {
        for place in places {
            live.caller = Caller(place: place)
            try push("v2")
            for name in try names() {
                try live.ecs.updateService(
                    cluster: "main", service: name, forceNewDeployment: true)
            }
        }
    }

    private func names() throws -> [String] {
        var names: [String] = []
        var token: String?
        repeat {
            let page = try live.ecs.listServices(
                cluster: "main", nextToken: token, maxResults: 100)
            names += (page.serviceArns ?? []).map { String($0.split(separator: "/").last!) }
            token = page.nextToken
        } while token != nil
        return names
    }

    private func push(_ version: String) throws {
        var profile = AppProfile()
        profile.version = version
        try live.push(ImageBuild(profile, compressedMebibytes: 180), to: "app", tag: "latest")
    }

    private mutating func bringUp(_ count: Int, in network: MadeNetwork) throws {
        let uri = try live.ecr.createRepository(repositoryName: "app").repository!.repositoryUri!
        try push("v1")
        try live.ecs.createCluster(clusterName: "main")
        var listener = 0
        var balancer = ""
        for number in 0..<count {
            if number % Self.servicesPerBalancer == 0 {
                balancers += 1
                listener = 0
                balancer = try live.elbv2.createLoadBalancer(
                    name: "balancer-\(number / Self.servicesPerBalancer)",
                    subnets: network.publicSubnets, securityGroups: [network.balancerGroup]
                ).loadBalancers![0].loadBalancerArn!
            }
            let group = try targetGroup("service-\(number)", in: network.vpc)
            try live.elbv2.createListener(
                loadBalancerArn: balancer, protocol: .http, port: 8000 + listener,
                defaultActions: [ELBv2.Action(type: .forward, targetGroupArn: group)])
            listener += 1
            try service("service-\(number)", image: uri, behind: group, in: network)
        }
    }

    private func targetGroup(_ name: String, in vpc: String) throws -> String {
        try live.elbv2.createTargetGroup(
            name: name, protocol: .http, port: 8080, vpcId: vpc, targetType: .ip
        ).targetGroups![0].targetGroupArn!
    }

    private func service(
        _ name: String, image: String, behind group: String, in network: MadeNetwork
    ) throws {
        try live.logs.createLogGroup(logGroupName: "/ecs/\(name)")
        try live.ecs.registerTaskDefinition(
            family: name,
            executionRoleArn: "arn:aws:iam::\(live.caller.place.account):role/execution",
            networkMode: .awsvpc,
            containerDefinitions: [
                ECS.ContainerDefinition(
                    name: "app", image: "\(image):latest",
                    portMappings: [ECS.PortMapping(containerPort: 8080)], essential: true,
                    logConfiguration: ECS.LogConfiguration(
                        logDriver: .awslogs,
                        options: [
                            "awslogs-group": "/ecs/\(name)",
                            "awslogs-region": live.caller.place.region,
                            "awslogs-stream-prefix": "ecs",
                        ]))
            ], requiresCompatibilities: [.fargate], cpu: "256", memory: "512")
        try live.ecs.createService(
            cluster: "main", serviceName: name, taskDefinition: name,
            loadBalancers: [
                ECS.LoadBalancer(targetGroupArn: group, containerName: "app", containerPort: 8080)
            ], desiredCount: Self.tasksPerService, launchType: .fargate,
            networkConfiguration: ECS.NetworkConfiguration(
                awsvpcConfiguration: ECS.AwsVpcConfiguration(
                    subnets: network.privateSubnets, securityGroups: [network.appGroup])))
    }
}
