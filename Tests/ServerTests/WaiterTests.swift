import Cloud
import CloudAPI
import Testing

@testable import Server

@Suite struct WaiterTests {
    static func services(
        _ status: String, deployments: Int = 1, running: Int = 2
    ) -> Waiter.Answer {
        let one = ECS.Service(
            status: status, desiredCount: 2, runningCount: running,
            deployments: Array(repeating: ECS.Deployment(), count: deployments))
        return .success(ECS.DescribeServices.Output(services: [one]))
    }

    static let missing = Waiter.Answer.success(
        ECS.DescribeServices.Output(failures: [ECS.Failure(reason: "MISSING")]))

    static func waiter(_ name: String) -> Waiter { Waiter.all.first { $0.name == name }! }

    static let cases: [(String, Waiter.Answer, Waiter.Verdict)] = [
        ("ServicesStable", services("ACTIVE"), .success),
        ("ServicesStable", services("ACTIVE", deployments: 2), .undecided),
        ("ServicesStable", services("ACTIVE", running: 1), .undecided),
        ("ServicesStable", services("DRAINING"), .failure),
        ("ServicesStable", missing, .failure),
        ("ServicesInactive", services("DRAINING"), .undecided),
        ("ServicesInactive", services("INACTIVE"), .success),
        (
            "ServicesInactive", .failure(APIFailure(code: "ClusterNotFoundException", message: "")),
            .failure
        ),
        ("TasksRunning", .success(ECS.DescribeTasks.Output(tasks: [])), .undecided),
        (
            "TasksRunning",
            .success(
                ECS.DescribeTasks.Output(tasks: [ECS.Task(lastStatus: "RUNNING")])), .success
        ),
        (
            "TasksStopped",
            .success(
                ECS.DescribeTasks.Output(tasks: [ECS.Task(lastStatus: "RUNNING")])), .undecided
        ),
        (
            "LoadBalancersDeleted",
            .failure(
                APIFailure(code: "LoadBalancerNotFound", message: "")), .success
        ),
        (
            "LoadBalancerAvailable",
            .failure(
                APIFailure(code: "LoadBalancerNotFound", message: "")), .undecided
        ),
    ]

    @Test(arguments: 0..<cases.count) func decides(number: Int) {
        let (name, answer, verdict) = Self.cases[number]
        #expect(Self.waiter(name).judge(answer) == verdict, "\(name)")
    }

    @Test func whoWaitsForMoreThanExistenceIsServed() {
        let both = Waiter.all.filter { $0.call == "elbv2 DescribeLoadBalancers" }
        let pending = Waiter.Answer.success(
            ELBv2.DescribeLoadBalancers.Output(loadBalancers: [
                ELBv2.LoadBalancer(state: ELBv2.LoadBalancerState(code: "provisioning"))
            ]))
        #expect(!Waiter.areDone(both, with: pending))
        #expect(Waiter.areDone(both.filter { $0.isContentWithAnything }, with: pending))
    }

    @Test func aFailureOfOneIsNoReasonToStopAsLongAsAnotherMayWait() {
        let both = Waiter.all.filter { $0.call == "ecs DescribeServices" }
        #expect(!Waiter.areDone(both, with: Self.services("DRAINING")))
        #expect(Waiter.areDone(both, with: Self.services("ACTIVE")))
        #expect(Waiter.areDone(both, with: Self.missing))
    }

    @Test(arguments: [
        ("Boto3/1.43 md/Botocore#1.43 ua/2.1 m/B,g,b,D cfg/retry-mode#legacy", true),
        ("aws-cli/1.46 m/Z,D,N,g,b cfg/retry-mode#legacy botocore/1.43", false),
        ("aws-cli/1.46 md/B m/b", false), ("", false),
    ])
    func knowsWaitersByTheirUserAgent(text: String, isWaiting: Bool) {
        #expect(Poll.isWaiting(userAgent: text) == isWaiting)
    }

    @Test(arguments: [
        ("DescribeTasks", true), ("BatchGetImage", true), ("GetSessionToken", false),
        ("UpdateService", false), ("ListTasks", true), ("AssumeRole", false),
    ])
    func knowsWhatOnlyReads(operation: String, isRead: Bool) {
        #expect(ReadOperations.contain(operation) == isRead)
    }
}
