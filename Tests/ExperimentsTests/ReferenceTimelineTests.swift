import Simulation
import Testing

@testable import Experiments

/// The reference timeline of section 37 and the measured trace T1 of section 15 of facts/ecs.md.
@Suite struct ReferenceTimelineTests {
    /// When something happened, in seconds after the call.
    struct Moments {
        let result: DeploymentResult

        func event(_ part: String) -> Double? {
            result.events.first { $0.message.contains(part) }?.at.inSeconds
        }
        func phase(_ kind: DeploymentResult.Phase.Kind) -> DeploymentResult.Phase? {
            result.phases.first { $0.kind == kind }
        }
    }

    /// D = 1, 100/200, checks every 5 s, a deregistration delay of 30 s, an app that boots in 3 s,
    /// an image of 60 MiB.
    static let section37 = """
        name: section-37
        images:
          v1: {size: 60 MiB, bootCPU: 0.75s, memory: 300 MiB, exit: 500ms}
          v2: {}
        task: {cpu: 256, memory: 512}
        loadBalancer:
          healthCheck: {interval: 5s, timeout: 2s, healthyThreshold: 2, unhealthyThreshold: 2}
          deregistrationDelay: 30s
        service: {desiredCount: 1, healthCheckGracePeriod: 60s}
        deploy:
          - push: {version: v2}
          - updateService: {forceNewDeployment: true}
          - wait: steady
        """

    private func moments(_ yaml: String, seed: UInt64, settings: [String] = []) throws -> Moments {
        let scenario = try Scenario(yaml: yaml, file: "test.yaml", settings: settings)
        let result = try Experiment(scenario, seed: seed).run()
        return Moments(result: try #require(result.deployments.first))
    }

    /// Every row with the one number that the sheet gives for its step.
    @Test func rowByRowWithTheSheetsOwnNumbers() throws {
        let m = try moments(
            Self.section37, seed: 1,
            settings: [
                "timing.firstAction=10s", "timing.tick=10s", "timing.capacity=13.5s",
                "timing.pullFixed=2.5s", "timing.pullPerMebibyte=38.4615ms", "timing.start=2s",
                "timing.runningNotice=5s", "timing.firstCheck=1.75s", "timing.drainNotice=5s",
                "timing.exitNotice=11s", "timing.release=15s", "timing.drainVisible=1.5s",
                "timing.drainSlack=1s", "timing.promptDeregistration=10s",
            ])
        let start = try #require(m.event("has started 1 tasks"))
        #expect(start == 10)
        let pull = try #require(m.phase(.pull))
        #expect((23...24).contains(pull.from.inSeconds))
        #expect((27.5...29).contains(try #require(pull.to).inSeconds))
        #expect((29.5...31).contains(try #require(m.phase(.register)).from.inSeconds))
        let boot = try #require(m.phase(.boot))
        #expect((32...34.5).contains(try #require(boot.to).inSeconds))
        #expect(m.event("registered 1 targets") == 40)
        let both = try #require(m.result.bothVersions.windows.first)
        #expect((41...44).contains(both.from.inSeconds))
        let stopped = try #require(m.event("has stopped 1 running tasks"))
        #expect((80...90).contains(stopped))
        let deregistered = try #require(m.event("deregistered 1 targets"))
        #expect((90...100).contains(deregistered))
        #expect(m.event("has begun draining connections on 1 tasks") == deregistered)
        #expect((deregistered...deregistered + 10).contains(both.to.inSeconds))
        let stop = try #require(m.phase(.stop))
        #expect((121...141).contains(stop.from.inSeconds))
        let exited = try #require(stop.to).inSeconds
        #expect((stop.from.inSeconds + 11...stop.from.inSeconds + 12).contains(exited))
        let release = try #require(m.phase(.release))
        #expect(abs(try #require(release.to).inSeconds - exited - 15) < 0.01)
        let completed = try #require(m.result.completedAt).inSeconds
        #expect((140...160).contains(completed))
        #expect(completed >= exited && completed <= exited + 10)
        #expect(m.result.steadyAt == m.result.completedAt)
        #expect(m.result.noVersion.windows.isEmpty)
        #expect(m.result.probe.failed == 0)
    }

    /// Every step inside the range that section 34 gives for it, whatever the seed.
    @Test(arguments: UInt64(0)..<60)
    func everyStepInsideItsRange(seed: UInt64) throws {
        let m = try moments(Self.section37, seed: seed)
        let started = try #require(m.event("has started 1 tasks"))
        #expect((1...18.5).contains(started))
        let registered = try #require(m.event("registered 1 targets"))
        #expect((19.5...47.5).contains(registered - started))
        let stopped = try #require(m.event("has stopped 1 running tasks"))
        // 40 or 50 s as a rule; 20 s and 60 s were each seen once.
        #expect((20...60).contains(stopped - registered))
        let deregistered = try #require(m.event("deregistered 1 targets"))
        let gap = deregistered - stopped
        #expect((1.4...1.6).contains(gap) || (9.7...10.41).contains(gap))
        let check = try #require(m.phase(.firstCheck))
        let healthy = try #require(check.to).inSeconds
        // Two nodes within half a second of each other, the first check after 0.5 to 3 s; a boot
        // that is not over by then costs one interval more.
        #expect((0.5...8.6).contains(healthy - registered))
        let drain = try #require(m.phase(.drain))
        let drained = try #require(drain.to).inSeconds - drain.from.inSeconds
        #expect((30...49).contains(drained))
        let completed = try #require(m.result.completedAt).inSeconds
        #expect((40...75).contains(completed - deregistered))
        #expect(m.result.noVersion.windows.isEmpty)
    }

    /// T1: two Fargate tasks, ALB, 100/200, grace 30 s, 2026-04-30. The delay of 30 s, the size and
    /// the boot are assumed: they are not part of the trace.
    static let t1: [(step: String, seconds: Double)] = [
        ("called -> started", 14.4), ("started -> registered", 30.0),
        ("registered -> stopped", 41.0), ("stopped -> deregistered", 1.555),
        ("deregistered -> draining", 0.004), ("draining -> completed", 62.063),
        ("completed -> steady", 0.001),
    ]

    @Test func traceT1EndToEnd() throws {
        var seen: [[Double]] = Array(repeating: [], count: Self.t1.count)
        for seed in UInt64(0)..<200 {
            let m = try moments(
                Self.section37, seed: seed,
                settings: [
                    "service.desiredCount=2", "service.healthCheckGracePeriod=30s",
                ])
            let events = [
                "has started 2 tasks", " registered ", "has stopped ", " deregistered ",
                "begun draining", "deployment completed", "steady state",
            ]
            let moments = [0] + events.compactMap { m.event($0) }
            try #require(moments.count == events.count + 1)
            for (index, (from, to)) in zip(moments, moments.dropFirst()).enumerated() {
                seen[index].append(to - from)
            }
        }
        for (index, (step, seconds)) in Self.t1.enumerated() {
            let (low, high) = (seen[index].min()!, seen[index].max()!)
            // AWS writes two events of one instant some milliseconds apart; here they are at once.
            #expect(
                low - 0.06 <= seconds && seconds <= high + 0.06,
                "\(step): \(seconds) s is outside of \(low) to \(high) s")
        }
    }
}
