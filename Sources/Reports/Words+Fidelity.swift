import Experiments

/// Of the reports on Drydock itself: how true it is, and what is not settled.
extension Words {
    func fidelityTitle(seeds: String) -> String {
        say(
            "Measured moments among \(seeds) seeds",
            "Gemessene Zeitpunkte unter \(seeds) Startwerten")
    }
    var fidelityLead: String {
        say(
            "Seconds from each trace's own zero. A percentile says in how many of a hundred runs "
                + "of the model the moment comes earlier than it was measured; \"step\" says the "
                + "same of the wait since the line above.",
            "Sekunden ab dem Nullpunkt der Messung. Ein Perzentil sagt, in wie vielen von hundert "
                + "Läufen des Modells der Zeitpunkt früher kommt als gemessen; \"Schritt\" sagt "
                + "dasselbe von der Zeit seit der Zeile darüber.")
    }
    var measuredTraces: String { say("Measured on real accounts", "Auf echten Konten gemessen") }
    var builtTraces: String {
        say(
            "Put together from other numbers, not measured",
            "Aus anderen Zahlen gebildet, nicht gemessen")
    }
    var trace: String { say("trace", "Messung") }
    var measuredAt: String { say("measured", "gemessen") }
    var percentile: String { say("percentile", "Perzentil") }
    var step: String { say("step", "Schritt") }
    var outside: String { say("outside", "außerhalb") }
    var whyOutside: String { say("Why some lie outside", "Warum einige außerhalb liegen") }
    var noReason: String { say("No reason is known.", "Kein Grund bekannt.") }
    func within(_ part: String, of whole: String, _ share: String) -> String {
        say(
            "\(part) of \(whole) measured moments (\(share)) lie between the model's 5th and 95th "
                + "percentile.",
            "\(part) von \(whole) gemessenen Zeitpunkten (\(share)) liegen zwischen dem 5. und dem "
                + "95. Perzentil des Modells.")
    }
    func stepsWithin(_ part: String, of whole: String, _ share: String) -> String {
        say(
            "So do \(part) of the \(whole) waits between them (\(share)).",
            "Ebenso \(part) der \(whole) Zeiten dazwischen (\(share)).")
    }

    func moment(_ moment: TraceMoment) -> String {
        let name = momentName(moment.kind)
        return moment.number == 1 ? name : "\(name) (\(moment.number).)"
    }

    private func momentName(_ kind: TraceMoment.Kind) -> String {
        switch kind {
        case .started: say("started", "gestartet")
        case .registered: say("registered", "angemeldet")
        case .stopped: say("stopped", "gestoppt")
        case .deregistered: say("deregistered", "abgemeldet")
        case .completed: say("completed", "abgeschlossen")
        case .steady: say("steady", "stabil")
        case .failed: say("failed", "gescheitert")
        case .rollingBack: say("rolling back", "wird zurückgerollt")
        case .failedChecks: say("failed checks", "Prüfungen gescheitert")
        case .newTaskCreated: say("new task created", "neuer Task angelegt")
        case .newTaskConnected: say("new task connected", "neuer Task verbunden")
        case .newTaskPulling: say("new task pulling", "neuer Task lädt")
        case .newTaskPulled: say("new task pulled", "neuer Task hat geladen")
        case .newTaskRunning: say("new task RUNNING", "neuer Task RUNNING")
        case .newTaskStopped: say("new task STOPPED", "neuer Task STOPPED")
        case .oldTaskStopping: say("old task told to stop", "alter Task soll enden")
        case .oldTaskSignalled: say("old task SIGTERM", "alter Task SIGTERM")
        case .oldTaskExecutionStopped: say("old task exited", "alter Task beendet")
        case .oldTaskStopped: say("old task STOPPED", "alter Task STOPPED")
        }
    }

    // What is not settled.

    func sensitivityTitle(_ scenario: String, seeds: String) -> String {
        say(
            "\(scenario): what no source settles, over \(seeds) seeds",
            "\(scenario): was keine Quelle klärt, über \(seeds) Startwerte")
    }
    var sensitivityLead: String {
        say(
            "Seconds, as means over the same seeds. A line below shows how much another reading of "
                + "one open point adds; docs/fidelity.md has the evidence for each.",
            "Sekunden, im Mittel über dieselben Startwerte. Eine Zeile weiter unten zeigt, wie "
                + "viel eine andere Lesart eines offenen Punktes hinzufügt; docs/fidelity.md nennt "
                + "die Belege.")
    }
    var setting: String { say("setting", "Einstellung") }
    var asItIs: String { say("As the scenario is", "Wie das Szenario ist") }
    var otherReadings: String { say("Other readings", "Andere Lesarten") }
    func measure(_ measure: Sensitivity.Measure) -> String {
        switch measure {
        case .bothVersions: say("both versions", "beide Versionen")
        case .noVersion: say("no version", "keine Version")
        case .restart: say("restart", "Neustart")
        case .completed: say("completed", "abgeschlossen")
        }
    }
    func flips(_ setting: String, _ count: String, _ seeds: String) -> String {
        say(
            "With \(setting), in \(count) of \(seeds) runs a moment comes that otherwise never "
                + "does, or the other way round.",
            "Mit \(setting) kommt in \(count) von \(seeds) Läufen ein Zeitpunkt, der sonst nie "
                + "kommt, oder umgekehrt.")
    }
    func movesNothing(_ settings: String) -> String {
        say("These move nothing here: \(settings).", "Diese bewegen hier nichts: \(settings).")
    }
}
