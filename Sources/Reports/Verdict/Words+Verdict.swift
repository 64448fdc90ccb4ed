import Experiments
import Simulation

/// What a verdict says, in both languages.
extension Words {
    func ending(_ ending: Verdict.Ending) -> String {
        switch ending {
        case .exited(let status):
            say(
                "The command ended with status \(status).",
                "Der Befehl endete mit Status \(status).")
        case .signalled(let signal):
            say(
                "The command was ended by signal \(signal).",
                "Der Befehl wurde durch Signal \(signal) beendet.")
        case .interrupted(let signal):
            say(
                "Interrupted by signal \(signal); this is the verdict so far.",
                "Unterbrochen durch Signal \(signal); dies ist das Urteil bis dahin.")
        }
    }

    func place(_ account: String, _ region: String, _ start: String, seed: String) -> String {
        say(
            "Account \(account), region \(region), started from \(start), seed \(seed).",
            "Konto \(account), Region \(region), begonnen mit \(start), Startwert \(seed).")
    }

    var firstDeployment: String {
        say(
            "The first of its service: nothing answered before, so nothing was interrupted.",
            "Das erste seines Dienstes: Vorher hat nichts geantwortet, also wurde nichts "
                + "unterbrochen.")
    }
    var nothingDeployed: String {
        say("No service was deployed.", "Es wurde kein Dienst ausgerollt.")
    }

    func listener(_ name: String, _ port: String, none: String, both: String) -> String {
        say(
            "Listener \(port) of \(name), from its first answer on: no version reachable for "
                + "\(none), two for \(both).",
            "Listener \(port) von \(name), ab der ersten Antwort: \(none) lang keine Version "
                + "erreichbar, \(both) lang zwei.")
    }

    var findings: String { say("What is wrong with the script", "Was am Skript nicht stimmt") }
    var noFindings: String {
        say(
            "Nothing is wrong with the script that can be proven.",
            "Am Skript ist nichts falsch, was sich beweisen lässt.")
    }
    var evidence: String { say("Evidence", "Beleg") }
    var remedy: String { say("Remedy", "Abhilfe") }

    var assertions: String { say("Assertions", "Zusicherungen") }
    var holds: String { say("holds", "gilt") }
    var fails: String { say("FAILS", "GILT NICHT") }

    var calls: String { say("Calls", "Aufrufe") }
    func calls(_ count: Int, refused: Int) -> String {
        say(
            "\(count) \(count == 1 ? "call" : "calls"), \(refused) refused",
            "\(count) \(count == 1 ? "Aufruf" : "Aufrufe"), \(refused) abgelehnt")
    }
    var number: String { say("No.", "Nr.") }
    var call: String { say("Call", "Aufruf") }
    var answer: String { say("Answer", "Antwort") }
    var good: String { say("ok", "in Ordnung") }
    var waiter: String { say("waiter", "Waiter") }
    func times(_ count: Int) -> String { "×\(count)" }
    func omitted(_ count: Int) -> String {
        say(
            "\(count) more calls are not listed.", "\(count) weitere Aufrufe sind nicht aufgeführt."
        )
    }
    func lacking(_ name: String) -> String {
        say(
            "Drydock lacks \(name), so what the script does with it was not tried.",
            "\(name) fehlt in Drydock; was das Skript damit tut, wurde nicht erprobt.")
    }
    func profile(_ name: String) -> String { say("profile \(name)", "Profil \(name)") }

    var elsewhere: String { say("Elsewhere", "Anderswo") }
    func stray(_ host: String, _ port: String, _ count: Int) -> String {
        let times = count == 1 ? say("once", "einmal") : say("\(count) times", "\(count)-mal")
        return say(
            "The script tried to reach \(host):\(port) \(times) and was refused: nothing left this "
                + "machine.",
            "Das Skript wollte \(times) \(host):\(port) erreichen und wurde abgewiesen: Nichts hat "
                + "diesen Rechner verlassen.")
    }

    var assumed: String { say("Taken for granted", "Vorausgesetzt") }
    func assumed(_ kind: String, _ name: String) -> String {
        let german = [
            "cluster": "der Cluster", "service": "der Dienst", "repository": "das Repository",
            "task definition": "die Task-Definition", "role": "die Rolle",
        ]
        return say(
            "the \(kind) \(name) was there, as if another tool had made it",
            "\(german[kind] ?? kind) \(name) war da, wie von einem anderen Werkzeug angelegt")
    }

    func requests(_ requests: Verdict.Requests) -> String {
        say(
            "The script asked load balancers \(requests.count) times itself, \(requests.failed) "
                + "of them in vain.",
            "Das Skript hat selbst \(requests.count)-mal einen Load Balancer gefragt, "
                + "\(requests.failed)-mal vergeblich.")
    }

    var time: String { say("Time", "Zeit") }
    func spent(emulator: String, whole: String) -> String {
        say(
            "\(emulator) s in the emulator, of \(whole) s in all; the rest is the command's own.",
            "\(emulator) s im Emulator, von insgesamt \(whole) s; der Rest ist der des Befehls.")
    }

    func percentiles(_ seeds: Int) -> String {
        say("The same with \(seeds) seeds", "Dasselbe mit \(seeds) Startwerten")
    }
    var least: String { say("Least", "Mindestens") }
    var median: String { say("Median", "Median") }
    var most: String { say("Most", "Höchstens") }
}
