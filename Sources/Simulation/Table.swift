/// The store of one kind of thing, by dense id.
///
/// Ids are given out in order from 0 and never used twice. Walking is in the order of ids.
///
/// The values stand in chunks of 32 ids. The first change after a copy copies the chunk concerned
/// and the list of chunks, not the table, so a snapshot of a large cloud stays cheap; a chunk of
/// which nothing is left is freed. Reading or changing one value is O(1).
@frozen
public struct Table<ID: Identifier, Value: Sendable>: Sendable {
    // Two words in all: a cloud has dozens of tables, and is moved and copied often.
    @usableFromInline var next: ID
    /// The number of the chunk that stands first in `chunks`; 0 if there is none.
    @usableFromInline var firstChunk: UInt32
    /// From the first to the last chunk in use; the ones between may be empty.
    @usableFromInline var chunks: ContiguousArray<Chunk>

    @inlinable public init() {
        next = ID(rawValue: 0)
        firstChunk = 0
        chunks = []
    }

    /// The id of the next value to be inserted.
    @inlinable public var nextID: ID { next }

    /// How many values are in the table now.
    ///
    /// - Complexity: O(number of ids given out), 32 of them at a time.
    @inlinable public var count: Int { chunks.reduce(0) { $0 + $1.live.nonzeroBitCount } }
    @inlinable public var isEmpty: Bool { chunks.isEmpty }

    /// Makes a value that knows its own id, and keeps it.
    @inlinable @discardableResult
    public mutating func insert<Failure: Error>(
        _ make: (ID) throws(Failure) -> Value
    ) throws(Failure) -> ID {
        let id = nextID
        append(try make(id))
        return id
    }

    @inlinable @discardableResult
    public mutating func insert(_ value: Value) -> ID {
        let id = nextID
        append(value)
        return id
    }

    /// The value with this id, changed in place.
    ///
    /// - Precondition: The table contains it.
    @inlinable public subscript(id: ID) -> Value {
        // Read where it stands. An array's own subscript hands out a copy, and a value that is full
        // of references is dear to copy.
        @inline(__always) unsafeAddress {
            guard let address = address(of: id) else { preconditionFailure("no such id") }
            return address
        }
        _modify {
            let place = place(of: id)
            precondition(place.exists, "no such id")
            yield &chunks[place.chunk].values[place.index]
        }
    }

    /// The value with this id; `nil` if it was removed or never inserted.
    @inlinable public func find(_ id: ID) -> Value? {
        address(of: id)?.pointee
    }

    /// Whether a value is the same as in another table, or in neither.
    ///
    /// What two copies of a table still share is not compared: it is where it was.
    @inlinable public func hasSame(_ id: ID, as other: Table) -> Bool where Value: Equatable {
        guard let mine = address(of: id), let its = other.address(of: id) else {
            return contains(id) == other.contains(id)
        }
        return mine == its || mine.pointee == its.pointee
    }

    @inlinable public func contains(_ id: ID) -> Bool { address(of: id) != nil }

    /// Takes a value out. Its id is not given out again.
    ///
    /// - Precondition: The table contains it.
    @inlinable @discardableResult
    public mutating func remove(_ id: ID) -> Value {
        let place = place(of: id)
        precondition(place.exists, "no such id")
        let value = chunks[place.chunk].remove(at: place.index, bit: Chunk.bit(of: id))
        if chunks[place.chunk].live == 0 {
            chunks[place.chunk].values = []
            trim()
        }
        return value
    }
}

extension Table {
    /// The values of 32 consecutive ids, those that are left of them, without gaps.
    @frozen
    @usableFromInline struct Chunk: Sendable {
        /// Bit n is set if the nth of the 32 ids is in the table.
        @usableFromInline var live: UInt32
        @usableFromInline var values: ContiguousArray<Value>

        @inlinable init() {
            live = 0
            values = []
        }

        @inlinable @inline(__always)
        static func bit(of id: ID) -> UInt32 { 1 &<< (id.rawValue & 31) }

        /// Where among `values` the id with this bit stands, or would stand.
        @inlinable @inline(__always)
        func index(of bit: UInt32) -> Int {
            let below = bit &- 1
            // Mostly nothing below was removed, and there is nothing to count.
            return live & below == below
                ? bit.trailingZeroBitCount : (live & below).nonzeroBitCount
        }

        @inlinable mutating func remove(at index: Int, bit: UInt32) -> Value {
            live &= ~bit
            return values.remove(at: index)
        }
    }

    /// Where the value with this id stands, until the table changes; `nil` if it is not there.
    @inlinable @inline(__always)
    func address(of id: ID) -> UnsafePointer<Value>? {
        let number = Int(id.rawValue >> 5) &- Int(firstChunk)
        return chunks.withUnsafeBufferPointer { chunks in
            guard UInt(bitPattern: number) < UInt(bitPattern: chunks.count) else { return nil }
            let chunk = chunks.baseAddress! + number
            let bit = Chunk.bit(of: id)
            guard chunk.pointee.live & bit != 0 else { return nil }
            let index = chunk.pointee.index(of: bit)
            return chunk.pointee.values.withUnsafeBufferPointer { $0.baseAddress! + index }
        }
    }

    @inlinable @inline(__always)
    func place(of id: ID) -> (exists: Bool, chunk: Int, index: Int) {
        let chunk = Int(id.rawValue >> 5) - Int(firstChunk)
        guard chunk >= 0, chunk < chunks.count else { return (false, 0, 0) }
        let bit = Chunk.bit(of: id)
        let live = chunks[chunk].live
        return (live & bit != 0, chunk, chunks[chunk].index(of: bit))
    }

    @inlinable mutating func append(_ value: Value) {
        let number = next.rawValue >> 5
        if chunks.isEmpty { firstChunk = number }
        while Int(firstChunk) + chunks.count <= Int(number) { chunks.append(Chunk()) }
        let last = chunks.count - 1
        chunks[last].live |= Chunk.bit(of: next)
        chunks[last].values.append(value)
        next = ID(rawValue: next.rawValue + 1)
    }

    /// Lets go of empty chunks at both ends, so that equal tables look equal inside, and old ids
    /// cost nothing.
    @usableFromInline mutating func trim() {
        while let last = chunks.last, last.live == 0 { chunks.removeLast() }
        let empty = chunks.prefix { $0.live == 0 }.count
        chunks.removeFirst(empty)
        firstChunk = chunks.isEmpty ? 0 : firstChunk + UInt32(empty)
    }
}

extension Table {
    /// The ids, in order, whose values may not be the same as in another table, or are in one of
    /// the two alone.
    ///
    /// Of two copies, what was not changed in either is left out, but for neighbours of what was.
    ///
    /// - Complexity: O(number of ids given out), 32 of them at a time.
    @inlinable public func ids(changedSince other: Table) -> [ID] {
        let first = Swift.min(Int(firstChunk), Int(other.firstChunk))
        let end = Swift.max(
            Int(firstChunk) + chunks.count, Int(other.firstChunk) + other.chunks.count)
        var found: [ID] = []
        for number in first..<end {
            let (mine, its) = (chunk(number), other.chunk(number))
            if mine?.isShared(with: its) ?? (its == nil) { continue }
            var bits = (mine?.live ?? 0) | (its?.live ?? 0)
            while bits != 0 {
                found.append(ID(rawValue: UInt32(number) << 5 | UInt32(bits.trailingZeroBitCount)))
                bits &= bits &- 1
            }
        }
        return found
    }

    @inlinable func chunk(_ number: Int) -> Chunk? {
        let index = number - Int(firstChunk)
        return index >= 0 && index < chunks.count ? chunks[index] : nil
    }
}

extension Table.Chunk {
    /// Whether two have the very same values: those of one of them would be copied before a change.
    @inlinable func isShared(with other: Self?) -> Bool {
        guard let other, live == other.live else { return other == nil && live == 0 }
        return values.withUnsafeBufferPointer { mine in
            other.values.withUnsafeBufferPointer { mine.baseAddress == $0.baseAddress }
        }
    }
}

extension Table: Sequence {
    /// Walks over the values in the order of their ids.
    @frozen
    public struct Iterator: IteratorProtocol {
        @usableFromInline var chunks: ContiguousArray<Chunk>
        @usableFromInline var chunk: Int
        @usableFromInline var firstChunk: Int
        @usableFromInline var live: UInt32
        @usableFromInline var index: Int

        @inlinable init(_ table: Table) {
            chunks = table.chunks
            firstChunk = Int(table.firstChunk)
            chunk = 0
            live = table.chunks.first?.live ?? 0
            index = 0
        }

        @inlinable public mutating func next() -> (id: ID, value: Value)? {
            while live == 0 {
                guard chunk + 1 < chunks.count else { return nil }
                chunk += 1
                live = chunks[chunk].live
                index = 0
            }
            let number = UInt32(firstChunk + chunk) << 5 | UInt32(live.trailingZeroBitCount)
            live &= live &- 1
            defer { index += 1 }
            return (ID(rawValue: number), chunks[chunk].values[index])
        }
    }

    @inlinable public func makeIterator() -> Iterator { Iterator(self) }
    @inlinable public var underestimatedCount: Int { count }

    /// Calls `body` with each id and value, in order; the cheapest way to see all.
    @inlinable public func forEach(_ body: ((id: ID, value: Value)) throws -> Void) rethrows {
        for (number, chunk) in chunks.enumerated() {
            var live = chunk.live
            for value in chunk.values {
                let id = (firstChunk + UInt32(number)) << 5 | UInt32(live.trailingZeroBitCount)
                live &= live &- 1
                try body((ID(rawValue: id), value))
            }
        }
    }

    /// The ids in the table, in order.
    @inlinable public var ids: IDs { IDs(table: self) }

    /// The values in the table, in the order of their ids.
    @inlinable public var values: Values { Values(table: self) }

    @frozen
    public struct IDs: Sequence, IteratorProtocol, Sendable {
        @usableFromInline var iterator: Iterator

        @inlinable init(table: Table) { iterator = table.makeIterator() }
        @inlinable public mutating func next() -> ID? { iterator.next()?.id }
    }

    @frozen
    public struct Values: Sequence, IteratorProtocol, Sendable {
        @usableFromInline var iterator: Iterator

        @inlinable init(table: Table) { iterator = table.makeIterator() }
        @inlinable public mutating func next() -> Value? { iterator.next()?.value }
    }
}

extension Table.Iterator: Sendable {}
extension Table.Chunk: Equatable where Value: Equatable {}
extension Table: Equatable where Value: Equatable {}

extension Table: Codable where Value: Codable {
    private enum CodingKeys: CodingKey { case next, ids, values }

    /// - Throws: `DecodingError` if ids are out of order, given out twice or not yet given out.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let next = try container.decode(ID.self, forKey: .next)
        let ids = try container.decode([ID].self, forKey: .ids)
        let values = try container.decode([Value].self, forKey: .values)
        self.init()
        guard ids.count == values.count else {
            throw DecodingError.dataCorruptedError(
                forKey: .values, in: container,
                debugDescription: "There are \(ids.count) ids for \(values.count) values.")
        }
        for (id, value) in zip(ids, values) {
            guard id >= nextID, id < next else {
                throw DecodingError.dataCorruptedError(
                    forKey: .ids, in: container,
                    debugDescription: "Id \(id.rawValue) is out of order or not yet given out.")
            }
            self.next = id
            append(value)
        }
        self.next = next
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(nextID, forKey: .next)
        try container.encode(Array(ids), forKey: .ids)
        try container.encode(Array(values), forKey: .values)
    }
}
