import Experiments

/// What a prediction says, in both languages.
extension Words {
    func predictionTitle(
        _ service: String, cluster: String, _ trials: String, seed: String
    ) -> String {
        say(
            "\(service) in \(cluster): the deployment from here, played \(trials) times, seed "
                + seed,
            "\(service) in \(cluster): das Deployment von hier an, \(trials)-mal gespielt, "
                + "Startwert \(seed)")
    }
    func played(_ underWay: String?) -> String {
        guard let underWay else {
            return say(
                "A new deployment is begun now (UpdateService with forceNewDeployment).",
                "Jetzt beginnt ein neues Deployment (UpdateService mit forceNewDeployment).")
        }
        return say(
            "The deployment \(underWay), which is under way, goes on to its end.",
            "Das laufende Deployment \(underWay) geht bis zu seinem Ende weiter.")
    }
    func newVersion(_ version: Prediction.NewVersion) -> String {
        switch version {
        case .waiting(let name):
            say(
                "The new version is \(name): the task definition's image, which no task runs yet.",
                "Die neue Version ist \(name): das Image der Taskdefinition, das noch in keinem "
                    + "Task läuft.")
        case .copy(let name):
            say(
                "The new version is a copy of \(name), the image that runs, under another digest.",
                "Die neue Version ist eine Kopie von \(name), dem laufenden Image, mit anderem "
                    + "Digest.")
        case .missing(let name):
            say(
                "The image \(name) is not in its repository, so no new task can start.",
                "Das Image \(name) ist nicht in seinem Repository; kein neuer Task kann starten.")
        case .elsewhere:
            say(
                "The image comes from another registry; versions are told apart by revision.",
                "Das Image kommt aus einer anderen Registry; Versionen unterscheiden sich durch "
                    + "ihre Revision.")
        }
    }
    var byRevision: String {
        say(
            "Versions are told apart by the service's revision.",
            "Versionen unterscheiden sich durch die Revision des Dienstes.")
    }
    var nobodyAsks: String {
        say(
            "No load balancer leads to the service, so nobody asks who answers.",
            "Kein Load Balancer führt zum Dienst; niemand fragt, wer antwortet.")
    }
    var predictionUnits: String {
        say(
            "Times are in seconds and count from now.",
            "Zeiten sind in Sekunden und zählen von jetzt an.")
    }
    var changes: String { say("Changes", "Änderungen") }
    var settingHeading: String { say("Setting", "Einstellung") }
    var now: String { say("Now", "Jetzt") }
    var then: String { say("Then", "Dann") }
    var notSet: String { say("not set", "nicht gesetzt") }
    var came: String { say("Trials", "Läufe") }
    var unchanged: String { say("As it is", "Wie es ist") }
    var withChanges: String { say("With the changes", "Mit den Änderungen") }
    var differences: String {
        say("What the changes add, trial by trial", "Was die Änderungen ausmachen, je Lauf")
    }
    func outcome(_ outcome: DeploymentResult.Outcome) -> String {
        self.outcome(of: DeploymentResult(service: "", strategy: "", outcome: outcome))
    }
    func measure(_ measure: Prediction.Measure) -> String {
        switch measure {
        case .completed: completedMoment
        case .steady: steadyMoment
        case .restart: restart
        case .bothVersions: bothVersionsLong
        case .bothVersionsKeptConnections: keptConnectionsLong
        case .noVersion: noVersionLong
        case .degraded: degradedLong
        case .failedRequestSeconds:
            say("Failed, at one request a second", "Fehler bei einer Anfrage je Sekunde")
        case .probeFailed: say("Failed requests of a probe", "Fehler einer Probe")
        case .costUSD: say("Cost in USD", "Kosten in USD")
        }
    }
}
