import Experiments
import Simulation

/// Of the pictures of a cloud. AWS's words for states stay as they are.
extension Words {
    func caption(_ scenario: String, at: Duration) -> String {
        let time = language.length(at)
        return say("\(scenario), \(time) after the call", "\(scenario), \(time) nach dem Aufruf")
    }
    func cloudSummary(_ service: String) -> String {
        say(
            "How repository, image, task definition, service, deployments, tasks, target group and "
                + "load balancer of \(service) play together.",
            "Wie Repository, Image, Taskdefinition, Service, Deployments, Tasks, Zielgruppe und "
                + "Load Balancer von \(service) zusammenspielen.")
    }
    func networkSummary(_ vpc: String) -> String {
        say(
            "The subnets of \(vpc), what stands in them, the ways out, and who may talk to whom.",
            "Die Subnetze von \(vpc), was darin steht, die Wege hinaus, und wer mit wem reden darf."
        )
    }
    var seeAbove: String { say("see above", "siehe oben") }

    // What runs.

    var oneTask: String { say("task", "Task") }
    var securityGroup: String { say("security group", "Sicherheitsgruppe") }
    var untagged: String { say("untagged", "ohne Tag") }
    var port: String { say("port", "Port") }
    var imageMissing: String { say("image not found", "Image nicht gefunden") }
    var rollback: String { say("rollback", "Rollback") }
    var isSteady: String { say("steady", "stabil") }
    var isDeploying: String { say("not steady", "nicht stabil") }
    func counts(_ desired: Int, _ running: Int, _ pending: Int) -> String {
        say(
            "desired \(desired), running \(running), pending \(pending)",
            "gewünscht \(desired), laufend \(running), wartend \(pending)")
    }
    func percents(_ minimum: Int, _ maximum: Int) -> String {
        say("min \(minimum) %, max \(maximum) %", "min. \(minimum) %, max. \(maximum) %")
    }
    func runs(_ running: Int, of desired: Int) -> String {
        say("running \(running), desired \(desired)", "laufend \(running), gewünscht \(desired)")
    }
    func tasks(_ count: Int) -> String { say("\(count) tasks", "\(count) Tasks") }
    var toStop: String { say("told to stop", "soll enden") }
    var countsAsHealthy: String { say("counts as healthy", "zählt als gesund") }
    var notYetHealthy: String { say("not yet healthy", "noch nicht gesund") }

    // Who asks.

    var clientsInside: String { say("Clients in the network", "Clients im Netz") }
    func failing(_ share: String) -> String {
        say("\(share) of requests fail", "\(share) der Anfragen scheitern")
    }
    func listensOn(_ listeners: [String]) -> String {
        listeners.isEmpty
            ? say("no listener", "kein Listener")
            : say("listens on ", "lauscht auf ") + listeners.joined(separator: ", ")
    }
    var noTargets: String { say("no targets", "keine Ziele") }
    func checks(_ path: String?, every interval: String) -> String {
        let what = path ?? "TCP"
        return say("checks \(what) every \(interval)", "prüft \(what) alle \(interval)")
    }
    func drains(_ delay: String) -> String {
        say("drains for \(delay)", "leert \(delay) lang")
    }

    // The network.

    var internetGateway: String { say("internet gateway", "Internet-Gateway") }
    var natGateway: String { say("NAT gateway", "NAT-Gateway") }
    var gatewayEndpoint: String { say("gateway endpoint", "Gateway-Endpunkt") }
    var endpoint: String { say("endpoint", "Endpunkt") }
    var interface: String { say("network interface", "Netzwerkschnittstelle") }
    var routeTable: String { say("route table", "Routentabelle") }
    var node: String { say("load balancer node", "Knoten des Load Balancers") }
    var publicAddress: String { say("public", "öffentlich") }
    var group: String { say("group", "Gruppe") }
    var leadsTo: String { "→" }
    func subnet(isPublic: Bool, _ block: String) -> String {
        isPublic
            ? say("public subnet \(block)", "öffentliches Subnetz \(block)")
            : say("private subnet \(block)", "privates Subnetz \(block)")
    }
    var whoMayTalk: String {
        say("Who may open connections to whom", "Wer zu wem Verbindungen öffnen darf")
    }
    var fromPeer: String { say("from", "von") }
    var fromItself: String { say("from itself", "von sich selbst") }
    func carriedBy(_ count: Int) -> String {
        say(
            count == 1 ? "on 1 interface" : "on \(count) interfaces",
            count == 1 ? "an 1 Schnittstelle" : "an \(count) Schnittstellen")
    }
    var letsNothingIn: String { say("lets nothing in", "lässt nichts herein") }
}
