import Testing

@testable import Simulation

@Suite struct TimelineTests {
    private struct Event: Equatable, Codable, Sendable, BitwiseCopyable {
        var number: Int
        var extra: Int64 = 7
    }

    /// The same in the plainest way: a list in order, where a new event goes after its equals.
    private struct Model {
        var now = Instant.start
        var pending: [(due: Instant, number: Int)] = []

        mutating func schedule(_ number: Int, at due: Instant) {
            let index = pending.firstIndex { $0.due > due } ?? pending.count
            pending.insert((due, number), at: index)
        }

        mutating func next(until limit: Instant) -> Int? {
            guard let first = pending.first, first.due <= limit else {
                if limit != .never { now = limit }
                return nil
            }
            now = first.due
            return pending.removeFirst().number
        }
    }

    /// Schedules, runs and looks at random, with so few different instants that many are equal.
    private func step(
        _ timeline: inout Timeline<Event>, _ model: inout Model, _ words: inout Words, number: Int
    ) {
        switch words.below(8) {
        case 0...2:
            let delay = Duration(nanoseconds: Int64(words.below(6)))
            timeline.schedule(Event(number: number), after: delay)
            model.schedule(number, at: model.now + delay)
        case 3:
            let due = timeline.now + .seconds(words.below(3))
            timeline.schedule(Event(number: number), at: due)
            model.schedule(number, at: due)
        case 4...5:
            #expect(timeline.next(until: .never)?.number == model.next(until: .never))
        default:
            let limit = timeline.now + Duration(nanoseconds: Int64(words.below(4)))
            #expect(timeline.next(until: limit)?.number == model.next(until: limit))
        }
        #expect(timeline.now == model.now)
        #expect(timeline.count == model.pending.count)
        #expect(timeline.isEmpty == model.pending.isEmpty)
        #expect(timeline.nextInstant == model.pending.first?.due)
    }

    private func expectEqual(_ timeline: Timeline<Event>, _ model: Model) {
        let pending = timeline.pending
        #expect(pending.map(\.due) == model.pending.map(\.due))
        #expect(pending.map(\.event.number) == model.pending.map(\.number))
    }

    @Test(arguments: UInt64(0)..<40)
    func eventsComeOutByInstantAndThenInTheOrderTheyWereScheduled(seed: UInt64) {
        var timeline = Timeline<Event>()
        var model = Model()
        var words = Words(seed: seed)
        for number in 0..<400 { step(&timeline, &model, &words, number: number) }
        expectEqual(timeline, model)
        while let number = model.next(until: .never) {
            #expect(timeline.next(until: .never) == Event(number: number))
        }
        #expect(timeline.isEmpty)
    }

    @Test(arguments: UInt64(0)..<10)
    func manyEventsAtOneInstantComeOutInTheOrderTheyWereScheduled(seed: UInt64) {
        var timeline = Timeline<Event>()
        for number in 0..<5000 { timeline.schedule(Event(number: number), after: .seconds(1)) }
        for number in 0..<5000 { #expect(timeline.next(until: .never)?.number == number) }
    }

    @Test(arguments: UInt64(0)..<20)
    func aCopyStaysAsItWasWhileTheOriginalChanges(seed: UInt64) {
        var timeline = Timeline<Event>()
        var model = Model()
        var words = Words(seed: seed)
        var copies: [(Timeline<Event>, Model)] = []
        for number in 0..<200 {
            if words.below(10) == 0 { copies.append((timeline, model)) }
            step(&timeline, &model, &words, number: number)
        }
        for (index, copy) in copies.enumerated() {
            expectEqual(copy.0, copy.1)
            var (timeline, model) = copy
            for number in 1000..<1050 { step(&timeline, &model, &words, number: number) }
            expectEqual(timeline, model)
            expectEqual(copies[index].0, copies[index].1)
        }
    }

    @Test(arguments: UInt64(0)..<20)
    func aSavedAndLoadedTimelineContinuesLikeOneNeverSaved(seed: UInt64) throws {
        var timeline = Timeline<Event>()
        var model = Model()
        var words = Words(seed: seed)
        for number in 0..<300 {
            if words.below(20) == 0 { timeline = try reloaded(timeline) }
            step(&timeline, &model, &words, number: number)
        }
        expectEqual(timeline, model)
        #expect(try reloaded(timeline) == timeline)
        #expect(try json(timeline) == json(reloaded(timeline)))
    }

    @Test func aSavedEventFromBeforeTheClockIsRefused() throws {
        var timeline = Timeline<Event>()
        timeline.schedule(Event(number: 1), after: .seconds(1))
        timeline.clock = .start + .seconds(2)
        #expect(throws: DecodingError.self) { try reloaded(timeline) }
    }

    @Test(arguments: UInt64(0)..<10)
    func orderSurvivesRunningOutOfNumbers(seed: UInt64) {
        var timeline = Timeline<Event>()
        var model = Model()
        var words = Words(seed: seed)
        for number in 0..<400 {
            if number % 100 == 50 { timeline.order = .max - 8 }
            step(&timeline, &model, &words, number: number)
        }
        #expect(timeline.order < 1000)
        expectEqual(timeline, model)
    }

    @Test func timelinesAreEqualIfTheSameIsToHappen() {
        var one = Timeline<Event>()
        var other = Timeline<Event>()
        for number in [3, 1, 2] {
            one.schedule(Event(number: number), after: .seconds(number))
            other.schedule(Event(number: 4 - number), after: .seconds(4 - number))
        }
        #expect(one == other)
        let copy = one
        _ = one.next(until: .never)
        #expect(one != copy)
        #expect(one != other)
        _ = other.next(until: .never)
        #expect(one == other)
        other.schedule(Event(number: 2), after: .seconds(5))
        one.schedule(Event(number: 3), after: .seconds(5))
        #expect(one != other)
    }

    @Test func aCopyIsOnlyAsLargeAsWhatIsPending() {
        var timeline = Timeline<Event>()
        for number in 0..<1000 { timeline.schedule(Event(number: number), after: .seconds(1)) }
        for _ in 0..<990 { _ = timeline.next(until: .never) }
        var copy = timeline
        copy.schedule(Event(number: 1000), after: .zero)
        #expect(copy.storage.capacity < 20)
        for number in 990...1000 { #expect(copy.next(until: .never)?.number == number) }
        #expect(timeline.count == 10)
    }

    @Test func theClockStandsAtTheLimitOnceNothingIsDue() {
        var timeline = Timeline<Event>()
        timeline.schedule(Event(number: 1), after: .seconds(5))
        #expect(timeline.next(until: .start + .seconds(3)) == nil)
        #expect(timeline.now == .start + .seconds(3))
        #expect(timeline.next(until: .start + .seconds(5)) == Event(number: 1))
        #expect(timeline.next(until: .start + .seconds(5)) == nil)
        #expect(timeline.now == .start + .seconds(5))
    }

    @Test func aLimitOfNeverLeavesTheClockWhereItIs() {
        var timeline = Timeline<Event>()
        #expect(timeline.next(until: .start + .seconds(3)) == nil)
        #expect(timeline.next(until: .never) == nil)
        #expect(timeline.now == .start + .seconds(3))
    }

    @Test func thePastCannotBeChanged() async {
        await #expect(processExitsWith: .failure) {
            var timeline = Timeline<Int>()
            timeline.schedule(1, after: Duration(nanoseconds: -1))
        }
        await #expect(processExitsWith: .failure) {
            var timeline = Timeline<Int>()
            _ = timeline.next(until: .start + .seconds(1))
            _ = timeline.next(until: .start)
        }
    }
}
