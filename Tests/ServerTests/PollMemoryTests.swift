import Simulation
import Testing

@testable import Server

@Suite struct PollMemoryTests {
    static let sender = Sender(accessKey: "a", region: nil, address: "127.0.0.1")

    @Test func forgetsWhatACallerAskedOnceItChangesSomething() {
        var memory = PollMemory()
        memory[Self.sender, 1] = .init(answer: 7)
        memory[Sender(accessKey: "b", region: nil, address: "127.0.0.1"), 1] = .init(answer: 8)
        #expect(memory[Self.sender, 1]?.answer == 7)
        memory.forget(Self.sender)
        #expect(memory[Self.sender, 1] == nil)
        #expect(
            memory[Sender(accessKey: "b", region: nil, address: "127.0.0.1"), 1]?.answer == 8)
    }

    @Test func staysSmallWhoeverAsks() {
        var memory = PollMemory()
        for number in 0..<5000 {
            let sender = Sender(accessKey: "\(number)", region: nil, address: "a")
            memory[sender, number] = .init(answer: number)
            memory[Self.sender, number] = .init(answer: number)
        }
        #expect(memory[Self.sender, 4999]?.answer == 4999)
        #expect(memory[Self.sender, 0] == nil)
    }
}
