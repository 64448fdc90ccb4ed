import Drawing
import Experiments
import Simulation

extension Language {
    var words: Words { Words(language: self) }
}

/// Every sentence and word of the reports, each in both languages side by side.
struct Words {
    let language: Language

    func say(_ english: String, _ german: String) -> String {
        language == .english ? english : german
    }

    // The whole report.

    func title(_ scenario: String, seed: String) -> String {
        say("\(scenario), seed \(seed)", "\(scenario), Startwert \(seed)")
    }
    func seed(_ seed: String) -> String { say("Seed \(seed)", "Startwert \(seed)") }
    var noDeployment: String {
        say("This run made no deployment.", "Dieser Lauf hat nichts ausgerollt.")
    }
    func numbered(_ index: Int, of count: Int) -> String {
        say("Deployment \(index) of \(count)", "Deployment \(index) von \(count)")
    }
    var virtualTime: String {
        say(
            "Measured by Drydock on a virtual clock. Times count from the deployment's API call.",
            "Gemessen von Drydock auf einer virtuellen Uhr. Alle Zeiten zählen ab dem API-Aufruf.")
    }
    func strategy(_ strategy: String) -> String {
        switch strategy {
        case "ROLLING": say("rolling deployment", "rollierendes Deployment")
        case "BLUE_GREEN": say("blue/green deployment", "Blau-Grün-Deployment")
        case "LINEAR": say("linear deployment", "lineares Deployment")
        case "CANARY": say("canary deployment", "Canary-Deployment")
        default: strategy
        }
    }
    func outcome(of result: DeploymentResult) -> String {
        // Another deployment took its place.
        if result.replacedAt != nil { return say("replaced", "abgelöst") }
        return switch result.outcome {
        case .completed: say("completed", "abgeschlossen")
        case .failed: say("failed", "gescheitert")
        case .rolledBack: say("rolled back", "zurückgerollt")
        case .stuck: say("stuck", "steckt fest")
        }
    }

    // Times.

    var underOneTenth: String { say("under 0.1 s", "unter 0,1 s") }
    var never: String { say("never", "nie") }
    var notReached: String { say("not reached", "nicht erreicht") }
    var lasting: String { say("lasts", "dauert an") }
    func fromTo(_ from: String, _ to: String) -> String {
        say("from \(from) to \(to)", "von \(from) bis \(to)")
    }
    private func when(_ from: String, _ to: String, count: Int) -> String {
        count == 1
            ? say(
                "(from \(from) to \(to) after the call)", "(von \(from) bis \(to) nach dem Aufruf)")
            : say(
                "in \(count) windows (between \(from) and \(to) after the call)",
                "in \(count) Fenstern (zwischen \(from) und \(to) nach dem Aufruf)")
    }

    // The answer.

    func bothReachable(_ total: String, _ from: String, _ to: String, count: Int) -> String {
        let when = when(from, to, count: count)
        return say(
            "Both versions were reachable for \(total) \(when).",
            "\(total) lang waren beide Versionen erreichbar \(when).")
    }
    var neverTogether: String {
        say(
            "The two versions were never reachable at the same time.",
            "Die beiden Versionen waren nie zugleich erreichbar.")
    }
    var newNeverAnswered: String {
        say("The new version never answered.", "Die neue Version hat nie geantwortet.")
    }
    var nothingAnswered: String {
        say("No version ever answered.", "Keine Version hat je geantwortet.")
    }
    var sameVersion: String {
        say(
            "The new tasks run the same version as the old ones.",
            "Die neuen Tasks führen dieselbe Version aus wie die alten.")
    }
    var noOldVersion: String {
        say(
            "No old version answered beside the new one.",
            "Neben der neuen Version hat keine alte geantwortet.")
    }
    func noneReachable(_ total: String, _ from: String, _ to: String, count: Int) -> String {
        let when = when(from, to, count: count)
        return say(
            "No version was reachable for \(total) \(when).",
            "\(total) lang war keine Version erreichbar \(when).")
    }
    var noDowntime: String {
        say(
            "At every moment some version was reachable.",
            "In jedem Augenblick war eine Version erreichbar.")
    }
    func degraded(_ total: String, _ from: String, _ to: String, count: Int) -> String {
        let when = when(from, to, count: count)
        return say(
            "A part of the requests failed for \(total) \(when).",
            "\(total) lang schlug ein Teil der Anfragen fehl \(when).")
    }
    func failedRequests(_ amount: String) -> String {
        say(
            "At one request a second, \(amount) would have failed on average.",
            "Bei einer Anfrage je Sekunde wären im Mittel \(amount) fehlgeschlagen.")
    }
    var noRequestFailed: String { say("No request failed.", "Keine Anfrage schlug fehl.") }
    func noProbeFailed(_ requests: String) -> String {
        say(
            "None of the probe's \(requests) requests happened to meet that.",
            "Keine der \(requests) Anfragen der Probe hat das zufällig getroffen.")
    }
    func someFailed(_ failed: String, of requests: String) -> String {
        say(
            "\(failed) of the probe's \(requests) requests failed.",
            "\(failed) der \(requests) Anfragen der Probe schlugen fehl.")
    }
    func restarted(_ time: String) -> String {
        say(
            "All new tasks were healthy after \(time)", "Nach \(time) waren alle neuen Tasks gesund"
        )
    }
    func completed(_ time: String) -> String {
        say(
            "the deployment was complete after \(time)",
            "nach \(time) war das Deployment abgeschlossen")
    }
    var failed: String { say("The deployment failed.", "Das Deployment ist gescheitert.") }
    var rolledBack: String {
        say(
            "The deployment failed and was rolled back.",
            "Das Deployment ist gescheitert und wurde zurückgerollt.")
    }
    func replaced(_ time: String) -> String {
        say(
            "Another deployment took its place before it was complete, \(time) after the call.",
            "Ein anderes Deployment trat vorher an seine Stelle, \(time) nach dem Aufruf.")
    }
    func stuck(_ time: String) -> String {
        say(
            "The deployment was still under way when the measuring ended, \(time) after the call.",
            "Das Deployment lief noch, als die Messung endete, \(time) nach dem Aufruf.")
    }

    // Roles and phases.

    func old(_ version: String) -> String { say("\(version) (old)", "\(version) (alt)") }
    func new(_ version: String) -> String { say("\(version) (new)", "\(version) (neu)") }
    func phase(_ kind: DeploymentResult.Phase.Kind) -> String {
        switch kind {
        case .waitScheduler: say("wait", "warten")
        case .capacity: say("capacity", "Kapazität")
        case .pull: say("pull", "laden")
        case .boot: say("boot", "starten")
        case .register: say("register", "anmelden")
        case .firstCheck: say("first check", "Prüfung")
        case .deregister: say("deregister", "abmelden")
        case .drain: say("drain", "leeren")
        case .stop: say("stop", "beenden")
        case .release: say("release", "freigeben")
        }
    }
    func heading(_ kind: DeploymentResult.Phase.Kind) -> String {
        let word = phase(kind)
        return word.prefix(1).uppercased() + word.dropFirst()
    }
    var inService: String { say("in service", "im Dienst") }
    var aboutToStop: String { say("about to stop", "vor dem Ende") }
}
