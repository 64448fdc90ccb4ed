import Experiments

extension Words {
    // Headings.

    var timeline: String { say("Timeline", "Zeitlinie") }
    var windows: String { say("Windows", "Zeitfenster") }
    var moments: String { say("Moments", "Augenblicke") }
    var starting: String { say("Tasks that started", "Gestartete Tasks") }
    var stopping: String { say("Tasks that stopped", "Beendete Tasks") }
    var parts: String { say("Parts of the service", "Teile des Dienstes") }
    var touched: String { say("Updated", "Erneuert") }
    var untouched: String { say("Untouched", "Unberührt") }
    var probe: String { say("Probe", "Probe") }
    var events: String { say("Service events", "Ereignisse des Dienstes") }
    var cost: String { say("Cost", "Kosten") }
    var afterCall: String { say("s after the call", "s nach dem Aufruf") }
    var secondsNote: String {
        say("In seconds; moments count from the call.", "In Sekunden, gezählt ab dem Aufruf.")
    }
    func timelineTitle(_ service: String) -> String {
        say("How \(service) was deployed", "Deployment von \(service)")
    }

    // Sections of the chart.

    var tasks: String { say("Tasks", "Tasks") }
    var whoAnswers: String { say("Who answers", "Wer antwortet") }
    var nobody: String { say("nobody", "niemand") }
    func drawn(_ count: Int, of all: Int) -> String {
        say("\(count) of \(all) tasks are drawn.", "Gezeichnet sind \(count) von \(all) Tasks.")
    }
    func listed(_ count: Int, of all: Int) -> String {
        say(
            "\(count) of \(all) tasks are listed; JSON and CSV have all of them.",
            "Aufgeführt sind \(count) von \(all) Tasks; JSON und CSV enthalten alle.")
    }
    var pointerNote: String {
        say(
            "Point at a bar for its times.",
            "Zeigen Sie auf einen Balken, um seine Zeiten zu sehen.")
    }
    func showAll(_ count: Int) -> String { say("All \(count) rows", "Alle \(count) Zeilen") }

    // Columns and rows.

    var what: String { say("What", "Was") }
    var from: String { say("From", "Von") }
    var to: String { say("To", "Bis") }
    var length: String { say("Length", "Dauer") }
    var at: String { say("At", "Um") }
    var task: String { say("Task", "Task") }
    var version: String { say("Version", "Version") }
    var total: String { say("All", "Alles") }
    var message: String { say("Message", "Meldung") }
    func window(_ index: Int) -> String { say("window \(index)", "Fenster \(index)") }

    var bothVersions: String { say("Both versions", "Beide Versionen") }
    var keptConnections: String { say("Kept connections", "Offene Verbindungen") }
    var noVersion: String { say("No version", "Keine Version") }
    var degradedLabel: String { say("Some fail", "Teils Fehler") }
    var bothVersionsLong: String {
        say("Both versions, new connections", "Beide Versionen, neue Verbindungen")
    }
    var keptConnectionsLong: String {
        say("Both versions, kept connections", "Beide Versionen, offene Verbindungen")
    }
    var noVersionLong: String { say("No version (downtime)", "Keine Version (Ausfall)") }
    var degradedLong: String {
        say("Some requests fail (degraded)", "Ein Teil der Anfragen schlägt fehl")
    }
    var firstAnswerNew: String {
        say("First answer of the new version", "Erste Antwort der neuen Version")
    }
    var lastAnswerOld: String {
        say("Last answer of the old version", "Letzte Antwort der alten Version")
    }
    var restart: String {
        say("All new tasks healthy (restart)", "Alle neuen Tasks gesund (Neustart)")
    }
    var completedMoment: String { say("Rollout completed", "Deployment abgeschlossen") }
    var steadyMoment: String { say("Service steady", "Dienst im Gleichgewicht") }

    // Markers of the chart: shorter.

    var firstNewShort: String { say("first answer of new", "erste neue Antwort") }
    var lastOldShort: String { say("last answer of old", "letzte alte Antwort") }
    var restartShort: String { say("new tasks healthy", "neue Tasks gesund") }
    var completedShort: String { say("completed", "abgeschlossen") }
    var steadyShort: String { say("steady", "im Gleichgewicht") }

    // Tiles of the page.

    var bothTile: String { say("both versions reachable", "beide Versionen erreichbar") }
    var downtimeTile: String { say("no version reachable", "keine Version erreichbar") }
    var restartTile: String {
        say("until all new tasks were healthy", "bis alle neuen Tasks gesund waren")
    }
    var failedTile: String { say("probe requests failed", "Anfragen der Probe fehlgeschlagen") }

    // Probe and cost.

    var probeAndCost: String { say("Probe and cost", "Probe und Kosten") }

    var noProbe: String { say("No probe ran.", "Es lief keine Probe.") }
    func probeTotal(_ requests: String, failed: String) -> String {
        say("\(requests) requests, \(failed) failed.", "\(requests) Anfragen, \(failed) Fehler.")
    }
    func answered(_ version: String, _ requests: String) -> String {
        say("\(version) answered \(requests).", "\(version) beantwortete \(requests).")
    }
    func probe(_ probe: DeploymentResult.ProbeResult) -> String {
        guard probe.requests > 0 else { return noProbe }
        let counts = probe.counts.map { answered(Version.short($0.version), String($0.requests)) }
        let total = probeTotal(String(probe.requests), failed: String(probe.failed))
        return ([total] + counts).joined(separator: " ")
    }
    func costs(_ amount: String) -> String {
        say("\(amount) USD for the time measured.", "\(amount) USD für die gemessene Zeit.")
    }

    /// A part of the picture; one that is not in the list stays as it is.
    func part(_ name: String) -> String {
        switch name {
        case "image": say("image", "Image")
        case "tag": say("tag", "Tag")
        case "repository": say("repository", "Repository")
        case "taskDefinition": say("task definition", "Taskdefinition")
        case "service": say("service", "Service")
        case "tasks": say("tasks", "Tasks")
        case "task": say("task", "Task")
        case "cluster": say("cluster", "Cluster")
        case "loadBalancer": say("load balancer", "Load Balancer")
        case "listener": say("listener", "Listener")
        case "targetGroup": say("target group", "Zielgruppe")
        case "targets": say("targets", "Ziele")
        case "securityGroup": say("security group", "Sicherheitsgruppe")
        case "securityGroups": say("security groups", "Sicherheitsgruppen")
        case "revision": say("revision", "Revision")
        case "deployment": say("deployment", "Deployment")
        case "network": say("network", "Netz")
        case "networkInterface": say("network interface", "Netzwerkkarte")
        case "subnets": say("subnets", "Subnetze")
        case "vpc": "VPC"
        case "natGateway": say("NAT gateway", "NAT-Gateway")
        case "logGroup": say("log group", "Loggruppe")
        case "role": say("role", "Rolle")
        default: name
        }
    }
}
