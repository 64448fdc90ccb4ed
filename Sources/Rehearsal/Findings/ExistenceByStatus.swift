import Cloud
import CloudAPI
import Reports
import Server
import Simulation

extension Findings {
    /// A describe call was taken for a test of existence. It succeeds for what is not there, too,
    /// and names it among its failures; and what was deleted goes on being described, as INACTIVE.
    @Sendable static func existenceByStatus(_ scene: Scene) -> [Finding] {
        scene.calls.compactMap { update -> Finding? in
            guard let input = update.input as? ECS.UpdateService, let failure = update.failure,
                [
                    "ServiceNotFoundException", "ServiceNotActiveException",
                    "ClusterNotFoundException",
                ].contains(failure.code)
            else { return nil }
            let service = last(input.service)
            let earlier = scene.calls.prefix { $0.number < update.number }
            guard
                !earlier.contains(where: {
                    ($0.input as? ECS.CreateService)?.serviceName == service && $0.failure == nil
                }),
                let ask = earlier.last(where: { said(of: service, input.cluster, by: $0) != nil }),
                let said = said(of: service, input.cluster, by: ask)
            else { return nil }
            let (asked, called) = (scene.name(ask), scene.name(update))
            let isDeleted = said == "INACTIVE"
            return Finding(
                "existence-by-status",
                title: Bilingual(
                    isDeleted
                        ? "A test of existence takes \(service) for there, though it is deleted."
                        : "A describe call is taken for a test of existence, and never fails.",
                    isDeleted
                        ? "Ein Existenztest hält \(service) für vorhanden, obwohl er gelöscht ist."
                        : "Ein Describe-Aufruf dient als Existenztest und schlägt nie fehl."),
                evidence: Bilingual(
                    "\(asked.english), was answered without an error and says \(said); "
                        + "\(called.english), was then refused: \(failure.code).",
                    "\(asked.german), wurde ohne Fehler beantwortet und sagt \(said); "
                        + "\(called.german), wurde dann abgelehnt: \(failure.code)."),
                remedy: Bilingual(
                    "Compare services[0].status with ACTIVE: --query 'services[0].status' "
                        + "--output text says None for what is not there, and INACTIVE for what "
                        + "was deleted.",
                    "services[0].status mit ACTIVE vergleichen: --query 'services[0].status' "
                        + "--output text sagt None, wenn es nicht da ist, und INACTIVE, wenn es "
                        + "gelöscht wurde."),
                calls: [ask.number, update.number])
        }
    }

    /// `MISSING` or `INACTIVE`, if that is what the call was told of the service or its cluster.
    private static func said(
        of service: String, _ cluster: String?, by call: Transcript.Call
    ) -> String? {
        switch call.outcome {
        case .answered(let output as ECS.DescribeServices.Output):
            if output.services?.contains(where: {
                $0.serviceName == service && $0.status == "INACTIVE"
            }) == true {
                return "INACTIVE"
            }
            return output.failures?.contains { last($0.arn ?? "") == service } == true
                ? "MISSING" : nil
        case .answered(let output as ECS.DescribeClusters.Output):
            return output.failures?.contains {
                last($0.arn ?? "") == last(cluster ?? "default")
            } == true ? "MISSING" : nil
        default: return nil
        }
    }

    private static func last(_ name: String) -> String {
        name.split(separator: "/").last.map(String.init) ?? name
    }
}
