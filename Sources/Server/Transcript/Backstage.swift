import Cloud
import CloudAPI
import Experiments
import Simulation

/// What whoever runs a server in this process can see of it beside its clients.
package struct Backstage: Sendable {
    let world: World

    /// A cloud at an instant, with what was asked of it and what was measured until then.
    package struct State: Sendable {
        package var cloud: Cloud
        package var transcript: Transcript
        /// Who answered at which listener.
        package var listeners: [ListenerLog.Entry]
        /// In the order in which they began.
        package var deployments: [(deployment: DeploymentID, result: DeploymentResult)]
    }

    package func state() async -> State { await world.state() }

    /// Lets the clock run until nothing is on its way any more, or for as long as that.
    package func settle(atMost wait: Duration) async {
        let limit = await world.now() + wait
        while !(await world.advanceUntilStable(limit: limit)) {
            if Task.isCancelled { return }
        }
    }
}

extension World {
    fileprivate func state() -> Backstage.State {
        catchUp()
        return Backstage.State(
            cloud: live.cloud, transcript: transcript ?? Transcript(), listeners: listenerLog.all,
            deployments: recordings.measured(in: live.cloud))
    }
}

extension Backstage {
    /// Plays calls that were recorded once more, on a cloud whose future is another.
    ///
    /// Between two calls as much time passes as did in the recording, and a waiter waits until it
    /// is content with what it now sees. A call that is refused this time is passed over.
    ///
    /// - Parameters:
    ///   - start: The cloud as it was before the first call.
    ///   - seed: Decides delays and choices from there on.
    /// - Returns: How it ended, with the deployments played to their ends; `nil` if there is no
    ///   place for a temporary folder.
    package static func replay(
        _ calls: [Transcript.Call], on start: Cloud, seed: UInt64, settings: ServerSettings,
        atMost wait: Duration
    ) async -> State? {
        var settings = settings
        settings.clock = .manual
        settings.start = { _ in start.reseeded(seed) }
        guard let blobs = try? BlobStore(nil) else { return nil }
        defer { blobs.close() }
        let world = World(settings, blobs: blobs)
        var last = calls.first?.from ?? .start
        for call in calls {
            await world.replay(call, after: max(.zero, call.from - last))
            last = call.to
        }
        let stage = Backstage(world: world)
        await stage.settle(atMost: wait)
        return await stage.state()
    }
}

extension World {
    fileprivate func replay(_ call: Transcript.Call, after wait: Duration) {
        live.run(for: wait)
        _ = advance(to: live.cloud.now)
        if let put = call.input as? ECR.PutImage, !call.blobs.isEmpty {
            live.caller = Caller(place: call.place)
            assume(for: put)
            for part in call.blobs {
                try? live.cloud.acceptBlob(
                    part.digest, part.blob, in: put.repositoryName, as: live.caller)
            }
            _ = try? perform(put)
            return
        }
        guard let operation = call.input, let wire = call.wire else { return }
        _ = try? perform(operation, of: wire, from: call.sender, poll: call.poll)
    }
}
