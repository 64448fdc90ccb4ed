import Cloud
import Simulation

extension Recorder {
    typealias Windows = DeploymentResult.Windows

    /// The stretches of time from the call until `end` in which a step is as asked for.
    func windows(until end: Instant, where holds: (Step) -> Bool) -> Windows {
        var windows: [Windows.Window] = []
        for (index, step) in signal.enumerated() where holds(step) {
            let from = max(step.at, start) - start
            let to = (index + 1 < signal.count ? signal[index + 1].at : end) - start
            guard to > from else { continue }
            if windows.last?.to == from {
                windows[windows.count - 1].to = to
            } else {
                windows.append(.init(from: from, to: to))
            }
        }
        return Windows(windows)
    }

    /// The integral of the share of failures, in seconds.
    func failedRequestSeconds(until end: Instant) -> Double {
        var sum = 0.0
        for (index, step) in signal.enumerated() {
            let to = index + 1 < signal.count ? signal[index + 1].at : end
            sum += step.failing * (to - max(step.at, start)).inSeconds
        }
        return sum
    }

    /// When at least two versions answer somebody, be it on a connection opened before. A kept
    /// connection to a task lasts until its target's drain ends or the task exits; its client is
    /// taken to be in use, so that no idle time-out passes.
    func keptWindows(until end: Instant) -> Windows {
        // How many versions are held on to changes only where a connection begins or ends.
        let moments = Set(kept.flatMap { [max($0.from, start), $0.to ?? end] }).sorted()
        var windows: [Windows.Window] = []
        for (from, to) in zip(moments, moments.dropFirst()) where to <= end {
            let versions = Set(
                kept.filter { $0.from <= from && ($0.to ?? end) >= to }.map(\.version))
            guard versions.count > 1 else { continue }
            if windows.last.map({ $0.to == from - start }) ?? false {
                windows[windows.count - 1].to = to - start
            } else {
                windows.append(.init(from: from - start, to: to - start))
            }
        }
        return Windows(windows)
    }
}
