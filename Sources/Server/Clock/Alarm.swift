import Synchronization

/// Wakes someone once, at the earliest moment asked for. It sleeps until then and costs nothing.
final class Alarm: Sendable {
    private let state = Mutex(State())

    private struct State {
        var moment: WallClock.Moment?
        var task: Task<Void, Never>?
    }

    /// Rings at `moment`, unless it rings earlier anyway.
    func set(to moment: WallClock.Moment, _ ring: @escaping @Sendable () async -> Void) {
        state.withLock { state in
            if let set = state.moment, set <= moment { return }
            state.task?.cancel()
            state.moment = moment
            // No sooner than in a millisecond: at high speeds many events share one waking.
            let wait = max(moment.since(WallClock.now), 1_000_000)
            state.task = Task {
                guard (try? await Task.sleep(nanoseconds: wait)) != nil else { return }
                await ring()
            }
        }
    }

    /// To be told when it has rung, before it is set again.
    func hasRung() {
        state.withLock { $0.moment = nil }
    }

    deinit { state.withLock { $0.task?.cancel() } }
}
