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

    /// The text in quotes.
    mutating func put(quoted text: UnsafeBufferPointer<UInt8>) {
        makeRoom(for: text.count + 2)
        let place = start + count
        place.pointee = UInt8(ascii: "\"")
        if let source = text.baseAddress { (place + 1).copy(from: source, count: text.count) }
        place[text.count + 1] = UInt8(ascii: "\"")
        count += text.count + 2
    }

    mutating func put(literal: StaticString) {
        put(UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
    }

    mutating func put(digits value: UInt) {
        if value < 10 { return put(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value)) }
        let length = value.decimalDigits
        makeRoom(for: length)
        var place = start + count + length
        var rest = value
        while rest > 9 {
            let (tens, digit) = rest.quotientAndRemainder(dividingBy: 10)
            place -= 1
            place.pointee = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
            rest = tens
        }
        place[-1] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest)
        count += length
    }
}

extension UInt {
    /// How many digits it is written with.
    fileprivate var decimalDigits: Int {
        var (length, limit) = (1, UInt(10))
        while self >= limit {
            length += 1
            let (next, isPast) = limit.multipliedReportingOverflow(by: 10)
            if isPast { break }
            limit = next
        }
        return length
    }
}
