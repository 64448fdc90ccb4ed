import CloudAPI
import Wire

// What reading a request and writing an answer costs. Each line: what, bytes, nanoseconds a byte.

let timestamp = Timestamp(milliseconds: 1_769_860_800_250)

func deployment(_ number: Int) -> ECS.Deployment {
    ECS.Deployment(
        id: "ecs-svc/\(number)234567890123", status: "PRIMARY",
        taskDefinition: "arn:aws:ecs:us-east-1:000000000000:task-definition/web:\(number)",
        desiredCount: 4, pendingCount: 1, runningCount: 3, failedTasks: 0, createdAt: timestamp,
        updatedAt: timestamp, launchType: "FARGATE", platformVersion: "1.4.0",
        networkConfiguration: ECS.NetworkConfiguration(
            awsvpcConfiguration: ECS.AwsVpcConfiguration(
                subnets: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"],
                securityGroups: ["sg-0123456789abcdef0"], assignPublicIp: "ENABLED")),
        rolloutState: "IN_PROGRESS",
        rolloutStateReason: "ECS deployment ecs-svc/123 in progress.")
}

func service(_ number: Int) -> ECS.Service {
    ECS.Service(
        serviceArn: "arn:aws:ecs:us-east-1:000000000000:service/main/web-\(number)",
        serviceName: "web-\(number)",
        clusterArn: "arn:aws:ecs:us-east-1:000000000000:cluster/main", status: "ACTIVE",
        desiredCount: 4, runningCount: 4, pendingCount: 0, launchType: "FARGATE",
        taskDefinition: "arn:aws:ecs:us-east-1:000000000000:task-definition/web:1",
        deployments: [deployment(1), deployment(2)],
        events: (0..<20).map {
            ECS.ServiceEvent(
                id: "0f6bd4f0-0b0f-4a0f-8a0f-\(100_000_000_000 + $0)", createdAt: timestamp,
                message: "(service web) has started 1 tasks: (task 0123456789abcdef01234567).")
        }, createdAt: timestamp)
}

func call(_ request: WireRequest) -> WireCall {
    guard case .call(let call) = WireDispatch(request) else { fatalError("refused") }
    return call
}

/// The best of fifty runs; `work` returns a number, so that it is not left out.
func measure(_ name: String, bytes: Int, _ work: () -> Int) {
    var best = Duration.seconds(100)
    var sum = 0
    for _ in 0..<50 { best = min(best, ContinuousClock().measure { sum &+= work() }) }
    precondition(sum != 0)
    let nanoseconds = Double(best.components.attoseconds) / 1e9
    print(name, bytes, (nanoseconds / Double(bytes) * 100).rounded() / 100)
}

func reading(_ name: String, _ request: WireRequest) {
    measure(name, bytes: request.body.count) {
        let operation = try? call(request).operation { _ in true }
        return operation == nil ? 0 : 1
    }
}

func json(_ operation: String, _ body: String) -> WireRequest {
    WireRequest(
        headers: ["X-Amz-Target": "AmazonEC2ContainerServiceV20141113.\(operation)"],
        body: Array(body.utf8))
}

func form(_ body: String) -> WireRequest {
    WireRequest(
        headers: ["Content-Type": "application/x-www-form-urlencoded"], body: Array(body.utf8))
}

let describe = call(json("DescribeServices", #"{"services":["web"]}"#))
let output = ECS.DescribeServices.Output(services: (0..<50).map(service))
let answer = describe.response(output, requestID: "id").body
measure("write:DescribeServices", bytes: answer.count) {
    describe.response(output, requestID: "id").body.count
}
measure("read:DescribeServices.Output", bytes: answer.count) {
    guard let value = try? JSONReader.read(answer), let fields = try? WireFields(value) else {
        return 0
    }
    return (try? ECS.DescribeServices.Output(from: fields))?.services?.count ?? 0
}

let container =
    #"{"name":"web","image":"web:1","cpu":10,"memory":128,"essential":true,"#
    + #""portMappings":[{"containerPort":80}],"environment":[{"name":"A","value":"a value"}]}"#
let containers = Array(repeating: container, count: 10).joined(separator: ",")
reading(
    "read:RegisterTaskDefinition",
    json("RegisterTaskDefinition", #"{"family":"web","containerDefinitions":[\#(containers)]}"#))

let permissions = (1...50).map {
    "IpPermissions.\($0).IpProtocol=tcp&IpPermissions.\($0).FromPort=\($0)"
        + "&IpPermissions.\($0).IpRanges.1.CidrIp=10.0.0.0%2F16"
}
reading(
    "read:AuthorizeSecurityGroupIngress",
    form(
        "Action=AuthorizeSecurityGroupIngress&Version=2016-11-15&GroupId=sg-1&"
            + permissions.joined(separator: "&")))
