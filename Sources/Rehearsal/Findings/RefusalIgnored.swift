import Cloud
import CloudAPI
import Reports
import Simulation

extension Findings {
    /// A call that was to change something was refused, never succeeded, and the script ended well
    /// all the same. What is there already, or is gone already, is no reason to complain.
    @Sendable static func refusalIgnored(_ scene: Scene) -> [Finding] {
        guard scene.saysSuccess else { return [] }
        let ignored = scene.calls.filter { call in
            guard !call.isRead, !call.isLacking, let failure = call.failure,
                !isHarmless(failure, of: call.operation)
            else { return false }
            return !scene.calls(after: call).contains {
                $0.operation == call.operation && $0.service == call.service && $0.failure == nil
            }
        }
        return ignored.map { call in
            let (called, failure) = (scene.name(call), call.failure!)
            return Finding(
                "refusal-ignored",
                title: Bilingual(
                    "A refused call does not stop the script.",
                    "Ein abgelehnter Aufruf hält das Skript nicht an."),
                evidence: Bilingual(
                    "\(called.english), was refused (\(failure.code): \(failure.message)), and "
                        + "the script ended with status 0.",
                    "\(called.german), wurde abgelehnt (\(failure.code): \(failure.message)), und "
                        + "das Skript endete mit Status 0."),
                remedy: Bilingual(
                    "Begin the script with \"set -euo pipefail\", and let no \"|| true\" or "
                        + "discarded output hide an error that is not expected.",
                    "Das Skript mit \"set -euo pipefail\" beginnen und keinen unerwarteten Fehler "
                        + "durch \"|| true\" oder verworfene Ausgaben verstecken."),
                calls: [call.number])
        }
    }

    private static func isHarmless(_ failure: APIFailure, of operation: String) -> Bool {
        let code = failure.code
        if code.contains("Exists") || code.contains("Duplicate") || code.contains("InUse") {
            return true
        }
        let isGone = code.contains("NotFound") || code.contains("NoSuchEntity")
        let removes = ["Delete", "Deregister", "Detach", "Revoke", "Remove", "Release", "Stop"]
        return isGone && removes.contains { operation.hasPrefix($0) }
    }
}
