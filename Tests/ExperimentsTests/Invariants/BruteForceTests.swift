import CloudAPI
import Simulation
import Testing

@testable import Cloud
@testable import Experiments

/// The windows that are computed from the signal, beside what a client sees who asks at every tenth
/// of a second of a random life: through the listener, the nodes, the targets and the network, as
/// every request goes, and without knowing what has happened meanwhile.
@Suite struct BruteForceTests {
    /// How many lives are played: 120, or as scripts/test-invariants says.
    static let seeds = InvariantTests.seeds(120)

    @Test(arguments: seeds)
    func theWindowsAreWhatAClientSeesWhoAsksEveryTenthOfASecond(seed: UInt64) throws {
        var life = try RandomLife(seed: seed)
        let watch = life.setup.watch()
        let watcher = Watcher(recorder: Recorder(watch, in: life.live.cloud))
        // Told of each call; what time brings it is told of below.
        life.live.watch = { watcher.recorder.observe($0) }
        var client = AskingClient(listener: watch.listener!)
        var asks = life.live.cloud.now
        for _ in 0..<life.dice.roll(3...7) {
            try life.act()
            let end = life.live.cloud.now + .seconds(life.dice.roll(1...150))
            while asks < end {
                watcher.follow(life.live, until: asks)
                client.ask(life.live.cloud)
                asks += .milliseconds(100)
            }
            watcher.follow(life.live, until: end)
        }
        let result = watcher.recorder.result(in: life.live.cloud)
        client.compare(with: result, since: watcher.recorder.start)
    }
}

/// A recorder to be told of calls from elsewhere.
private final class Watcher {
    var recorder: Recorder
    init(recorder: Recorder) { self.recorder = recorder }

    func follow(_ live: LiveCloud, until end: Instant) {
        while live.cloud.step(until: end) { recorder.observe(live.cloud) }
    }
}

/// Somebody who asks, and keeps what was answered.
struct AskingClient {
    let listener: ListenerID
    private(set) var samples: [Sample] = []
    /// In the order in which they first answered.
    private var versions: [String] = []

    struct Sample {
        var at: Instant
        /// A bit for each version that may answer.
        var answering: UInt64 = 0
        var failing = 0.0
    }

    init(listener: ListenerID) { self.listener = listener }

    mutating func ask(_ cloud: borrowing Cloud) {
        var sample = Sample(at: cloud.now)
        let nodes = cloud.routes(to: .internet, at: listener)
        for node in nodes {
            for share in node.shares {
                guard case .answered(let owner, let status) = share.reply,
                    (200...399).contains(status)
                else {
                    sample.failing += share.probability / Double(nodes.count)
                    continue
                }
                let digest = cloud.containers.tasks[TaskID(rawValue: owner)].containers[0].digest!
                let place = versions.firstIndex(of: digest) ?? versions.count
                if place == versions.count { versions.append(digest) }
                sample.answering |= 1 << UInt64(place)
            }
        }
        samples.append(sample)
    }

    /// Each moment at which was asked lies in a window if, and only if, the answers say so.
    func compare(with result: DeploymentResult, since start: Instant) {
        compare("both versions", result.bothVersions, since: start) {
            $0.answering.nonzeroBitCount >= 2
        }
        compare("no version", result.noVersion, since: start) { $0.answering == 0 }
        compare("degraded", result.degraded, since: start) {
            $0.failing > 1e-9 && $0.failing < 1 - 1e-9
        }
        compareSignal(with: result, since: start)
    }

    private func compare(
        _ what: String, _ windows: DeploymentResult.Windows, since start: Instant,
        _ holds: (Sample) -> Bool
    ) {
        var rest = windows.windows[...]
        for sample in samples {
            let at = sample.at - start
            while let first = rest.first, first.to <= at { rest.removeFirst() }
            let isInside = rest.first.map { $0.from <= at } ?? false
            guard isInside != holds(sample) else { continue }
            Issue.record("\(what) at \(at): the client says \(holds(sample)), not \(isInside)")
            return
        }
    }

    private func compareSignal(with result: DeploymentResult, since start: Instant) {
        var step = 0
        for sample in samples {
            let at = sample.at - start
            while step + 1 < result.answers.count, result.answers[step + 1].from <= at { step += 1 }
            let answers = result.answers[step]
            let isSame =
                abs(answers.failing - sample.failing) < 1e-9
                && answers.shares.count { $0 > 0 } == sample.answering.nonzeroBitCount
            guard !isSame else { continue }
            Issue.record("the signal at \(at) is \(answers), and the client met \(sample)")
            return
        }
    }
}
