import Cloud
import CloudAPI
import Simulation
import Wire

/// The clock on demand: those who wait for something need not wait for it. docs/clock.md says what
/// that means for scripts.
extension World {
    /// The longest that a repeated question moves the clock.
    private static let longestStep = Duration.seconds(60)

    func performOnDemand(
        _ operation: any APIOperation, of call: WireCall, from sender: Sender, poll: Poll
    ) throws(APIFailure) -> any Shape {
        guard poll.isRead else {
            memory.forget(sender)
            return try perform(operation)
        }
        let before = live.cloud.now
        var look = Look(operation: operation, call: call)
        look.take(in: self)
        let asked = memory[sender, poll.call]
        let candidates = Waiter.candidates(for: call)
        if poll.isWaiting, !candidates.isEmpty {
            memory[sender, poll.call] = wait(&look, for: candidates, asked)
        } else {
            // Who calls does not change with time, so nobody asks twice in order to see it change.
            if call.service != .sts, let asked, asked.answer == look.fingerprint {
                advance(upTo: live.cloud.now + Self.longestStep) {
                    look.take(in: self)
                    return look.fingerprint != asked.answer
                }
            }
            memory[sender, poll.call] = .init(answer: look.fingerprint)
        }
        // What a client has seen is not to happen again.
        if live.cloud.now > before { journalClock() }
        return try look.result.get()
    }

    /// Runs the clock until the waiter decides.
    ///
    /// A call says that a waiter makes it, but not which. Two waiters can ask the same question:
    /// one for a service to be stable, another for it to be inactive. One that has decided and asks
    /// again all the same is not the one that waits; so among those that are left, the first to
    /// succeed ends the run, or the last to fail.
    private func wait(
        _ look: inout Look, for candidates: [Waiter], _ asked: PollMemory.Asked?
    ) -> PollMemory.Asked {
        var now = asked ?? .init(answer: 0)
        if now.answer == look.fingerprint { now.excluded.formUnion(now.decided) }
        var left = candidates.filter { !now.excluded.contains($0.name) }
        if left.isEmpty { (left, now.excluded) = (candidates, []) }

        let longest = left.map(\.longest).max()!
        // After as long as the waiter would wait in all, each further question lets pass what lies
        // between two of its questions.
        let budget = now.waited < longest ? longest - now.waited : left.map(\.delay).max()!
        let start = live.cloud.now
        if !Waiter.areDone(left, with: look.result) {
            advance(upTo: start + budget) {
                look.take(in: self)
                return Waiter.areDone(left, with: look.result)
            }
        }
        now.waited += live.cloud.now - start
        now.decided = Set(
            left.filter { $0.judge(look.result) != .undecided }.map(\.name))
        now.answer = look.fingerprint
        return now
    }

    /// Lets happen what is due, one thing after the other, until the condition holds after one of
    /// them, or nothing more is to come up to the limit.
    private func advance(upTo limit: Instant, until isDone: () -> Bool) {
        if isLookingBack { return }
        while let next = live.cloud.timeline.nextInstant, next <= limit {
            _ = live.cloud.step(until: next)
            if !live.cloud.facts.isEmpty { takeNotice() }
            if isDone() {
                pace.move(to: live.cloud.now, at: WallClock.now)
                return
            }
        }
        // Nothing pending means that nothing will change: there is no reason to wait for it.
        if !live.cloud.timeline.isEmpty { live.cloud.run(until: limit) }
        pace.move(to: live.cloud.now, at: WallClock.now)
    }
}

/// One question, asked again and again.
private struct Look {
    let operation: any APIOperation
    let call: WireCall
    private(set) var result: Result<any Shape, APIFailure> = .failure(
        APIFailure(code: "", message: ""))
    /// Of the answer as the client gets it.
    private(set) var fingerprint = 0

    init(operation: any APIOperation, call: WireCall) {
        self.operation = operation
        self.call = call
    }

    mutating func take(in world: isolated World) {
        do throws(APIFailure) {
            let output = try world.perform(operation)
            result = .success(output)
            fingerprint = call.response(output, requestID: "").body.hashValue
        } catch {
            result = .failure(error)
            fingerprint = call.response(error, requestID: "").body.hashValue
        }
    }
}
