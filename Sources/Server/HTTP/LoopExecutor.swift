import NIOCore

/// Runs tasks on the thread of an event loop.
///
/// A connection's task that runs where its bytes are read and written needs no other thread to be
/// woken up, neither for a request nor for its answer; that is most of what a small call costs.
/// What a task awaits of an actor without an executor of its own, such as ``World``, runs there
/// too.
final class LoopExecutor: TaskExecutor {
    private let loop: any EventLoop

    init(_ loop: any EventLoop) { self.loop = loop }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        loop.execute { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
