// What a writer does with its memory.

extension ShapeWriter {
    /// Makes sure that `more` bytes fit behind `count`.
    @inline(__always) mutating func makeRoom(for more: Int) {
        if count + more > capacity { grow(by: more) }
    }

    @inline(never) mutating func grow(by more: Int) {
        let larger = max(count + more, 2 * capacity)
        let place = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        place.update(from: start, count: count)
        start.deallocate()
        (start, capacity) = (place, larger)
    }

    @inline(__always) mutating func put(_ byte: UInt8) {
        makeRoom(for: 1)
        start[count] = byte
        count += 1
    }

    @inline(__always) mutating func put(ascii: Unicode.Scalar) { put(UInt8(ascii: ascii)) }

    mutating func put(_ text: UnsafeBufferPointer<UInt8>) {
        guard let source = text.baseAddress else { return }
        makeRoom(for: text.count)
        (start + count).copy(from: source, count: text.count)
        count += text.count
    }

    mutating func put(literal: StaticString) {
        put(UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
    }

    mutating func put(digits value: UInt) {
        makeRoom(for: 28)
        count += (start + count).write(digitsOf: UInt64(value))
    }
}
