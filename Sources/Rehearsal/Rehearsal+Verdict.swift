import Cloud
import CloudAPI
import Experiments
import Reports
import Server
import Simulation

extension Rehearsal {
    func verdict(of played: Played, on stage: Stage, seconds: Double) -> Verdict {
        let (end, start) = (played.end, played.start.now)
        var verdict = Verdict(
            command: command, ending: played.ending, account: stage.place.account,
            region: stage.place.region, seed: seed, startedFrom: startName)
        let scene = Scene(
            start: start, saysSuccess: played.ending == .exited(0), exit: played.exit.cloud,
            end: end)
        verdict.deployments = Self.deployments(of: end)
        verdict.listeners = end.listeners.map { entry in
            func windows(_ holds: (ListenerLog.Step) -> Bool) -> DeploymentResult.Windows {
                entry.windows(since: start, until: end.cloud.now, where: holds)
            }
            return .init(
                name: entry.name, port: entry.port, both: windows { $0.versions.count > 1 },
                none: windows { $0.versions.isEmpty })
        }
        verdict.calls = Self.calls(of: end.transcript, since: start, stage.profiles)
        verdict.omittedCalls = end.transcript.omitted
        verdict.requests.count = end.transcript.requests.count
        verdict.requests.failed = end.transcript.requests.count {
            $0.status.map { $0 >= 400 } ?? true
        }
        verdict.strays = end.transcript.strays.map {
            .init(host: $0.host, port: $0.port, count: $0.count)
        }
        verdict.assumed = end.transcript.assumed.map { .init(kind: $0.kind, name: $0.name) }
        verdict.findings = Findings.find(in: scene)
        verdict.notes = notes(of: verdict, on: stage, played)
        verdict.spent.emulatorSeconds = Double(end.transcript.nanoseconds) / 1e9
        verdict.spent.wholeSeconds = seconds
        return verdict
    }

    static func deployments(of state: Backstage.State) -> [Verdict.Deployment] {
        state.deployments.map { id, result in
            let sources = state.cloud.containers.deployments.find(id)?.sources ?? []
            return Verdict.Deployment(result: result, isFirst: sources.isEmpty)
        }
    }

    /// The calls, with those that came again and again in one entry.
    private static func calls(
        of transcript: Transcript, since start: Instant, _ profiles: ProfileFiles
    ) -> [Verdict.Call] {
        var calls: [Verdict.Call] = []
        for call in transcript.calls {
            let outcome: Verdict.Call.Outcome =
                switch call.outcome {
                case .answered: .answered
                case .refused: .refused
                case .lacking: .lacking
                }
            let next = Verdict.Call(
                number: call.number, at: call.from - start, took: call.to - call.from,
                service: call.service, operation: call.operation, region: call.place.region,
                profile: profiles.profile(withKey: call.accessKey), isWaiting: call.isWaiting,
                outcome: outcome, code: call.failure?.code, message: call.failure?.message)
            if call.isRead, let last = calls.last, last.isSame(as: next) {
                calls[calls.count - 1].count += 1
                calls[calls.count - 1].took = call.to - start - last.at
            } else {
                calls.append(next)
            }
        }
        return calls
    }

    private func notes(of verdict: Verdict, on stage: Stage, _ played: Played) -> [Bilingual] {
        var notes: [Bilingual] = []
        var profiles: [String] = []
        for case let profile? in verdict.calls.map(\.profile) where !profiles.contains(profile) {
            profiles.append(profile)
        }
        for profile in profiles {
            notes.append(
                Bilingual(
                    "The script uses the profile \(profile): its name and region are the user's, "
                        + "its keys are Drydock's and open nothing.",
                    "Das Skript benutzt das Profil \(profile): Name und Region sind die des "
                        + "Benutzers, die Schlüssel sind von Drydock und öffnen nichts."))
        }
        if verdict.strays.contains(where: { $0.host.hasSuffix(".amazonaws.com") }) {
            notes.append(
                Bilingual(
                    "AWS itself was called: the script names an endpoint of its own, or takes "
                        + "AWS_ENDPOINT_URL away. Leave both as they are.",
                    "AWS selbst wurde gerufen: Das Skript nennt einen eigenen Endpunkt oder löscht "
                        + "AWS_ENDPOINT_URL. Beides so lassen, wie es ist."))
        }
        let stuck = verdict.deployments.contains {
            $0.result.outcome == .stuck && $0.result.replacedAt == nil
        }
        if stuck {
            let waited = Scene.length(played.end.cloud.now - played.exit.cloud.now)
            notes.append(
                Bilingual(
                    "After the command the cloud was watched for \(waited.english) more.",
                    "Nach dem Befehl wurde die Cloud noch \(waited.german) lang beobachtet."))
        }
        return notes + stage.notes
    }

    /// The recorded calls with other seeds.
    func percentiles(
        of played: Played, settings: ServerSettings
    ) async -> Verdict.Percentiles? {
        var runs: [Verdict] = []
        for number in 0..<UInt64(seeds) {
            guard
                let state = await Backstage.replay(
                    played.end.transcript.calls, on: played.start, seed: seed &+ number,
                    settings: settings, atMost: .hours(2))
            else { continue }
            var run = Verdict(
                command: [], ending: .exited(0), account: "", region: "", seed: seed &+ number,
                startedFrom: startName)
            run.deployments = Self.deployments(of: state)
            runs.append(run)
        }
        return runs.isEmpty ? nil : Verdict.Percentiles(of: runs)
    }
}

extension Verdict.Call {
    fileprivate func isSame(as other: Verdict.Call) -> Bool {
        service == other.service && operation == other.operation && region == other.region
            && profile == other.profile && isWaiting == other.isWaiting
            && outcome == other.outcome && code == other.code && message == other.message
    }
}

extension Verdict.Percentiles {
    private static let measured: [Measure] = [
        .downtime, .bothVersions, .failedRequests, .restart, .cost,
    ]

    /// - Parameter runs: At least one.
    init(of runs: [Verdict]) {
        let all = runs.map { Measures(of: $0) }
        var rows: [Row] = []
        for measure in Self.measured {
            guard let values = Experiments.Percentiles(of: all.compactMap { $0[measure] }) else {
                continue
            }
            let unit =
                switch measure.kind {
                case .time: "s"
                case .money: "USD"
                case .count: ""
                }
            rows.append(
                Row(
                    name: measure.rawValue, unit: unit, least: values.least,
                    median: values.median, p95: values.p95, most: values.most))
        }
        var outcomes: [(outcome: String, count: Int)] = []
        for run in runs {
            for outcome in run.deployments.map(\.result.outcome.rawValue) {
                if let known = outcomes.firstIndex(where: { $0.outcome == outcome }) {
                    outcomes[known].count += 1
                } else {
                    outcomes.append((outcome, 1))
                }
            }
        }
        self.init(seeds: runs.count, rows: rows, outcomes: outcomes)
    }
}
