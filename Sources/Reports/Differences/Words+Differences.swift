import Experiments
import Simulation

/// What a comparison of two instants says, in both languages.
extension Words {
    func differencesTitle(_ from: String, _ to: String) -> String {
        say(
            "What changed from \(from) to \(to) of the clock",
            "Was sich von \(from) bis \(to) der Uhr geändert hat")
    }
    func calendar(_ from: String, _ to: String) -> String {
        say(
            "\(from) to \(to); times below count from the first instant.",
            "\(from) bis \(to); die Zeiten unten zählen ab dem ersten Zeitpunkt.")
    }
    var nothingChanged: String { say("Nothing changed.", "Nichts hat sich geändert.") }
    func place(_ account: String, _ region: String) -> String {
        region.isEmpty
            ? say("Account \(account)", "Konto \(account)")
            : say("Account \(account), \(region)", "Konto \(account), \(region)")
    }
    func kind(_ kind: Differences.Kind) -> String {
        switch kind {
        case .cluster: say("Cluster", "Cluster")
        case .service: say("Service", "Dienst")
        case .taskDefinition: say("Task definition", "Taskdefinition")
        case .repository: say("Repository", "Repository")
        case .loadBalancer: say("Load balancer", "Load Balancer")
        case .targetGroup: say("Target group", "Zielgruppe")
        case .vpc: "VPC"
        case .subnet: say("Subnet", "Subnetz")
        case .routeTable: say("Route table", "Routentabelle")
        case .internetGateway: say("Internet gateway", "Internet-Gateway")
        case .natGateway: say("NAT gateway", "NAT-Gateway")
        case .elasticAddress: say("Elastic address", "Elastische Adresse")
        case .securityGroup: say("Security group", "Sicherheitsgruppe")
        case .networkACL: say("Network ACL", "Netzwerk-ACL")
        case .vpcEndpoint: say("VPC endpoint", "VPC-Endpunkt")
        case .role: say("Role", "Rolle")
        case .policy: say("Policy", "Richtlinie")
        case .logGroup: say("Log group", "Protokollgruppe")
        }
    }
    /// `nil`: nothing to be said beside what has changed.
    func fate(_ fate: Differences.Fate) -> String? {
        switch fate {
        case .added: say("new", "neu")
        case .removed: say("gone", "entfernt")
        case .changed: nil
        }
    }
    func story(of step: Differences.DeploymentStep) -> String {
        let name = say("deployment", "Deployment") + " \(step.name) (\(step.taskDefinition))"
        let began = step.beganAt.map { at in
            let at = language.length(at)
            return step.isRollback
                ? say("began as a rollback after \(at)", "begann als Rückrollen nach \(at)")
                : say("began after \(at)", "begann nach \(at)")
        }
        let parts = [began, end(of: step)].compactMap(\.self)
        return "\(name) \(parts.joined(separator: ", "))"
    }
    private func end(of step: Differences.DeploymentStep) -> String? {
        guard let endedAt = step.endedAt else { return say("goes on", "läuft noch") }
        let at = language.length(endedAt)
        if step.isReplaced {
            return say("gave way to another after \(at)", "wich einem anderen nach \(at)")
        }
        return step.state == "COMPLETED"
            ? say("was completed after \(at)", "war abgeschlossen nach \(at)")
            : say("failed after \(at)", "scheiterte nach \(at)")
    }
    func tasks(_ count: Differences.TaskCount) -> String {
        let version =
            count.version.isEmpty ? say("an unknown image", "ein unbekanntes Image") : count.version
        var parts: [String] = []
        if count.started > 0 { parts.append(say("started", "gestartet") + " \(count.started)") }
        if count.stopped > 0 { parts.append(say("stopped", "beendet") + " \(count.stopped)") }
        return say("tasks of", "Tasks mit") + " \(version): \(parts.joined(separator: ", "))"
    }
    func field(_ field: Differences.Field) -> String {
        switch (field.from, field.to) {
        case (let from?, let to?): "\(field.name): \(from) → \(to)"
        case (nil, let to?): "+ \(field.name): \(to)"
        case (let from, nil): "− \(field.name): \(from ?? "")"
        }
    }
    func moreFields(_ count: Int) -> String {
        say("and \(count) more; JSON has all.", "und \(count) weitere; JSON enthält alle.")
    }
}
