import Foundation

/// Hands signals that are meant to end this program on to the group of processes that it runs, and
/// goes on itself.
///
/// A handler can hold nothing, so what it needs is global; there is one relay in a program.
enum SignalRelay {
    /// The group that gets the signals; 0 while there is none.
    nonisolated(unsafe) private static var group: pid_t = 0
    /// The last one that came; 0: none.
    nonisolated(unsafe) private(set) static var received: Int32 = 0

    private static let relayed = [SIGINT, SIGTERM, SIGHUP]

    /// From now on signals are held: the first that comes before there is a group is handed on once
    /// there is one.
    static func begin() {
        (group, received) = (0, 0)
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { signal in
            SignalRelay.received = signal
            if SignalRelay.group > 0 { kill(-SignalRelay.group, signal) }
        }
        action.sa_flags = SA_RESTART
        for signal in relayed { sigaction(signal, &action, nil) }
    }

    static func relay(to group: pid_t) {
        self.group = group
        if received != 0 { kill(-group, received) }
    }

    /// Ends what is left of the group: first kindly, then not.
    static func endGroup() async {
        let left = group
        guard left > 0 else { return }
        group = 0
        guard kill(-left, SIGTERM) == 0 else { return }
        for _ in 0..<40 {
            guard kill(-left, 0) == 0 else { return }
            try? await Task.sleep(nanoseconds: 50_000_000)
        }
        kill(-left, SIGKILL)
    }
}
