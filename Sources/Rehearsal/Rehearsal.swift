import Cloud
import CloudAPI
import Experiments
import Foundation
import Reports
import Server
import Simulation
import Subprocess

/// One command, run against a cloud of its own in this process, and judged.
package struct Rehearsal: Sendable {
    package enum Docker: String, Sendable, CaseIterable {
        /// Drydock's own, which needs no engine.
        case standIn = "stand-in"
        /// The engine's, with the registry's name rewritten.
        case real
    }

    /// The program and its arguments.
    package var command: [String]
    package var assertions: [Assertion] = []
    package var start = StartingPoint.empty
    /// A cloud to begin with in place of that.
    package var saved: Saved?
    /// What the verdict calls it.
    package var startName = "empty"
    /// Whether what the command takes for granted is there.
    package var assumes = false
    package var docker = Docker.standIn
    package var fakesSleep = false
    /// How many seeds the recorded calls are played with, beside the run itself.
    package var seeds = 1
    package var clock = Pace.Mode.demand
    package var speed = 1.0
    package var seed: UInt64 = 1
    package var idSeed: UInt64 = 1
    /// Twelve digits; `nil`: the one that the command names, or 000000000000.
    package var account: String?
    /// `nil`: the user's, or us-east-1.
    package var region: String?

    package init(command: [String]) { self.command = command }

    /// A cloud that somebody has kept.
    package struct Saved: Sendable {
        package var cloud: Cloud
        /// Where there have been calls.
        package var places: [Place]

        package init(cloud: Cloud, places: [Place]) {
            (self.cloud, self.places) = (cloud, places)
        }
    }

    /// Why a command is not run, and the status that says so.
    package struct Problem: Error, CustomStringConvertible {
        package let description: String
        /// 127: there is no such command; 126: it may not be run; 1: else.
        package let status: Int32

        init(_ description: String, status: Int32 = 1) {
            (self.description, self.status) = (description, status)
        }
    }

    /// How long, by its own clock, a cloud is watched after the command has ended.
    private static let patience = Duration.hours(2)

    /// Runs the command; its output goes where this program's goes.
    ///
    /// - Throws: A ``Problem`` if it is not run at all.
    package func run() async throws -> Verdict {
        let stage = try Stage(for: self)
        defer { stage.remove() }
        SignalRelay.begin()
        let began = ContinuousClock.now
        let (rehearsal, prepared) = (self, try prepared(in: stage.place))
        var settings = ServerSettings()
        settings.port = 0
        settings.account = stage.place.account
        settings.region = stage.place.region
        settings.clock = clock
        settings.speed = speed
        settings.seed = seed
        settings.idSeed = idSeed
        settings.epoch = prepared.epoch
        settings.start = { _ in prepared }
        settings.places = saved?.places ?? []
        settings.keepsTranscript = true
        if assumes {
            settings.assume = { operation, live in
                Assumptions.make(for: operation, on: live).map {
                    .init(kind: $0.kind, name: $0.name, service: $0.service)
                }
            }
        }
        let fixed = settings
        let played = try await DrydockServer(settings).run { address, backstage in
            let before = await backstage.state().cloud
            let ending = try await stage.perform(rehearsal, at: address)
            let exit = await backstage.state()
            await backstage.settle(atMost: Self.patience)
            return Played(
                ending: ending, start: before, exit: exit, end: await backstage.state())
        }
        let seconds = (ContinuousClock.now - began) / .seconds(1)
        var verdict = verdict(of: played, on: stage, seconds: seconds)
        if seeds > 1, !played.end.deployments.isEmpty {
            verdict.percentiles = await percentiles(of: played, settings: fixed)
        }
        verdict.assertions = assertions.map { $0.judge(Measures(of: verdict)) }
        return verdict
    }

    /// What came of it.
    struct Played: Sendable {
        var ending: Verdict.Ending
        /// The cloud before the first call.
        var start: Cloud
        var exit: Backstage.State
        var end: Backstage.State
    }

    private func prepared(in place: Place) throws -> Cloud {
        if let saved { return saved.cloud.reseeded(seed) }
        // Temporary credentials say when they expire, and clients compare that with their clock.
        let today = Timestamp(milliseconds: Int64(Date().timeIntervalSince1970) * 1000)
        do {
            return try start.cloud(seed: seed, idSeed: idSeed, epoch: today, place: place)
        } catch {
            throw Problem("\(error)")
        }
    }
}
