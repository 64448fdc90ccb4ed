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
        var moments: [Instant] = []
        moments.reserveCapacity(kept.count * 2)
        for connection in kept {
            moments.append(max(connection.from, start))
            moments.append(connection.to ?? end)
        }
        moments.sort()
        var windows: [Windows.Window] = []
        for (from, to) in zip(moments, moments.dropFirst()) where from < to && to <= end {
            var one: Int?
            let areSeveral = kept.contains { connection in
                guard connection.from <= from, connection.to ?? end >= to else { return false }
                defer { one = connection.version }
                return one.map { $0 != connection.version } ?? false
            }
            guard areSeveral else { continue }
            if windows.last.map({ $0.to == from - start }) ?? false {
                windows[windows.count - 1].to = to - start
            } else {
                windows.append(.init(from: from - start, to: to - start))
            }
        }
        return Windows(windows)
    }
}
