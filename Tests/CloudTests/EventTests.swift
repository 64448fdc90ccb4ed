import Testing

@testable import Cloud

@Suite struct EventTests {
    @Test func anEventTakesNoMoreThan24Bytes() {
        #expect(MemoryLayout<Event>.size <= 24)
    }
}
