import Cloud
import Simulation
import Testing

@testable import Experiments

@Suite struct CostTests {
    /// A quarter of a vCPU and half a GB in us-east-1: 0.01012 + 0.0022225 dollars an hour.
    static let hour = 0.0123425

    static func task(
        from: Int, to: Int?, cpu: Int = 256, publicAddress: Bool = false
    ) -> BilledTask {
        BilledTask(
            cpuUnits: cpu, memoryMebibytes: 512, hasPublicAddress: publicAddress,
            pullStartedAt: Instant(.seconds(from)),
            stoppedAt: to.map { Instant(.seconds($0)) })
    }

    struct Case: CustomTestStringConvertible, Sendable {
        var story: String
        var tasks: [BilledTask]
        var desired: Int
        /// Task-seconds beyond the desired count, from 100 s to 400 s.
        var seconds: Double
        init(_ story: String, _ tasks: [BilledTask], desired: Int, seconds: Double) {
            (self.story, self.tasks, self.desired, self.seconds) = (story, tasks, desired, seconds)
        }
        var testDescription: String { story }
    }

    static let cases = [
        Case("nothing but the service", [task(from: 0, to: nil)], desired: 1, seconds: 0),
        Case(
            "one beside it for 180 s", [task(from: 0, to: 300), task(from: 120, to: nil)],
            desired: 1, seconds: 180),
        Case(
            "the old one leaves before the new one comes",
            [task(from: 0, to: 200), task(from: 250, to: nil)], desired: 1, seconds: 0),
        Case(
            "two beside two, leaving one after the other",
            [
                task(from: 0, to: 250), task(from: 10, to: 300), task(from: 150, to: nil),
                task(from: 150, to: nil),
            ], desired: 2, seconds: 200 + 50),
        Case(
            "only what lies between call and end counts",
            [task(from: 0, to: 600), task(from: 50, to: nil)], desired: 1, seconds: 300),
        Case(
            "a task that failed after 5 s costs a minute",
            [task(from: 0, to: nil), task(from: 200, to: 205)], desired: 1, seconds: 60),
        Case("a service that wants nothing", [task(from: 0, to: 150)], desired: 0, seconds: 50),
        Case("no tasks at all", [], desired: 1, seconds: 0),
    ]

    @Test(arguments: cases) func aDeploymentCostsTheTasksBeyondTheDesiredCount(_ c: Case) {
        let cost = Prices.usEast1.costOfDeployment(
            tasks: c.tasks, desiredCount: c.desired, from: Instant(.seconds(100)),
            to: Instant(.seconds(400)))
        #expect(abs(cost - c.seconds / 3600 * Self.hour) < 1e-12)
    }

    @Test func theTasksThatCameLaterAreTheDeployments() {
        let tasks = [Self.task(from: 0, to: 300), Self.task(from: 200, to: nil, cpu: 1024)]
        let cost = Prices.usEast1.costOfDeployment(
            tasks: tasks, desiredCount: 1, from: .start, to: Instant(.seconds(400)))
        #expect(abs(cost - 100.0 / 3600 * (0.04048 + 0.0022225)) < 1e-12)
    }

    @Test func aPublicAddressCostsAsLongAsItsTask() {
        let tasks = [Self.task(from: 0, to: 3600, publicAddress: true)]
        let cost = Prices.usEast1.cost(of: tasks, from: .start, to: Instant(.hours(2)))
        #expect(abs(cost - (Self.hour + 0.005)) < 1e-12)
    }

    @Test func aMonthOfTwoTasksCostsWhatTheSheetSays() {
        let tasks = [Self.task(from: 0, to: nil), Self.task(from: 0, to: nil)]
        let cost = Prices.usEast1.cost(of: tasks, from: .start, to: Instant(.hours(730)))
        #expect(abs(cost - 18.02) < 0.005)
    }

    static let regions: [(String, Double, Prices.Price.Source)] = [
        ("us-east-1", 0.04048, .observed), ("eu-central-1", 0.04656, .observed),
        ("us-west-2", 0.04048, .estimated), ("eu-central-2", 0.051216, .estimated),
        ("ap-northeast-1", 0.051216, .estimated),
    ]

    @Test(arguments: regions) func pricesThatNobodyKnowsAreMarkedAsEstimates(
        region: String, usd: Double, source: Prices.Price.Source
    ) {
        let prices = Prices.of(region: region)
        #expect(prices.region == region)
        #expect(abs(prices.x86.vcpuHour.usd - usd) < 1e-9)
        #expect(prices.x86.vcpuHour.source == source)
        #expect(prices.publicAddressHour == Prices.usEast1.publicAddressHour)
    }

    @Test func spotCostsItsOwnPrice() {
        let task = BilledTask(
            cpuUnits: 1024, memoryMebibytes: 2048, isSpot: true, pullStartedAt: .start,
            stoppedAt: nil)
        #expect(abs(Prices.usEast1.hour(of: task) - (0.01291 + 2 * 0.00137)) < 1e-12)
    }
}
