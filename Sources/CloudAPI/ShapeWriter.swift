import OrderedCollections

/// Writes shapes straight into bytes, as JSON or as one of AWS's two kinds of XML.
///
/// Members come out in the order they are written; one that is `nil` leaves no trace.
public struct ShapeWriter: ~Copyable {
    public enum Format: Sendable {
        case json
        /// Answers of the query protocol: list elements are called `member`.
        case xml
        /// Answers of EC2: list elements are called `item`.
        case ec2
    }

    public let format: Format
    // An array would be filled with zeros first, and asked at each byte whether it is shared.
    var start: UnsafeMutablePointer<UInt8>
    var capacity: Int
    /// How many bytes have been written, from `start` on.
    var count = 0
    /// Something stands before this place in the same JSON object or list.
    var needsComma = false

    public init(_ format: Format, reserving capacity: Int = 1024) {
        self.format = format
        self.capacity = max(capacity, 64)
        start = .allocate(capacity: self.capacity)
    }

    deinit { start.deallocate() }

    /// What has been written.
    public consuming func finish() -> [UInt8] {
        Array(UnsafeBufferPointer(start: start, count: count))
    }

    /// One shape as a JSON document.
    public static func json(_ shape: some Shape) -> [UInt8] {
        var writer = ShapeWriter(.json)
        writer.document(shape)
        return writer.finish()
    }

    /// The members of a shape as XML, without an element around them.
    public static func xml(_ shape: some Shape, _ format: Format = .xml) -> [UInt8] {
        var writer = ShapeWriter(format)
        shape.encode(to: &writer)
        return writer.finish()
    }

    /// The shape as a value of its own: in braces in JSON, its bare members in XML.
    public mutating func document<S: Shape>(_ shape: S) {
        begin()
        shape.encode(to: &self)
        end()
    }

    /// Puts text into the output as it stands, for the envelope around a shape.
    public mutating func raw(_ text: String) {
        text.withBytes { put($0) }
    }

    public mutating func raw(_ first: String, _ others: String...) {
        raw(first)
        for text in others { raw(text) }
    }

    /// Puts text into the output as a value: in quotes in JSON, and escaped in any format.
    public mutating func escaped(_ text: String) { put(text) }
}

// MARK: - Single values

extension ShapeWriter {
    @inline(never) public mutating func string(_ key: StaticString, _ value: String?) {
        guard let value else { return }
        open(key)
        put(value)
        close(key)
    }

    @inline(never) public mutating func int(_ key: StaticString, _ value: Int?) {
        guard let value else { return }
        open(key)
        put(value)
        close(key)
    }

    @inline(never) public mutating func double(_ key: StaticString, _ value: Double?) {
        guard let value else { return }
        open(key)
        put(value)
        close(key)
    }

    @inline(never) public mutating func bool(_ key: StaticString, _ value: Bool?) {
        guard let value else { return }
        open(key)
        put(value)
        close(key)
    }

    @inline(never) public mutating func timestamp(_ key: StaticString, _ value: Timestamp?) {
        guard let value else { return }
        open(key)
        put(value)
        close(key)
    }

    /// Bytes, in base64.
    @inline(never) public mutating func blob(_ key: StaticString, _ value: [UInt8]?) {
        guard let value else { return }
        open(key)
        if format == .json { put(ascii: "\"") }
        var text: [UInt8] = []
        Base64.append(value, to: &text)
        text.withUnsafeBufferPointer { put($0) }
        if format == .json { put(ascii: "\"") }
        close(key)
    }

    // The optional is opened by the caller, who knows its type: in a function for all shapes it
    // would be put together at run time.
    @inline(__always) public mutating func shape<S: Shape>(_ key: StaticString, _ value: S?) {
        if let value { member(key, value) }
    }

    @_semantics("optimize.sil.specialize.generic.never") @inline(never)
    mutating func member<S: Shape>(_ key: StaticString, _ value: S) {
        open(key)
        begin()
        value.encode(to: &self)
        end()
        close(key)
    }

    /// A document: whatever JSON the caller sent. In XML its keys become elements.
    @inline(never) public mutating func value(_ key: StaticString, _ value: WireValue?) {
        guard let value else { return }
        open(key)
        put(value)
        close(key)
    }
}

// MARK: - Lists

extension ShapeWriter {
    @inline(never) public mutating func strings(
        _ key: StaticString, _ values: [String]?, item: StaticString? = nil
    ) {
        guard let values else { return }
        let item = openList(key, item)
        for value in values {
            openItem(item)
            put(value)
            closeItem(item)
        }
        closeList(key)
    }

    @inline(never) public mutating func ints(
        _ key: StaticString, _ values: [Int]?, item: StaticString? = nil
    ) {
        guard let values else { return }
        let item = openList(key, item)
        for value in values {
            openItem(item)
            put(value)
            closeItem(item)
        }
        closeList(key)
    }

    @inline(never) public mutating func doubles(
        _ key: StaticString, _ values: [Double]?, item: StaticString? = nil
    ) {
        guard let values else { return }
        let item = openList(key, item)
        for value in values {
            openItem(item)
            put(value)
            closeItem(item)
        }
        closeList(key)
    }

    @inline(never) public mutating func timestamps(
        _ key: StaticString, _ values: [Timestamp]?, item: StaticString? = nil
    ) {
        guard let values else { return }
        let item = openList(key, item)
        for value in values {
            openItem(item)
            put(value)
            closeItem(item)
        }
        closeList(key)
    }

    @_semantics("optimize.sil.specialize.generic.never") @inline(never)
    public mutating func choices<E: OpenEnum>(
        _ key: StaticString, _ values: [E]?, item: StaticString? = nil
    ) {
        guard let values else { return }
        let item = openList(key, item)
        for index in 0..<values.count {
            openItem(item)
            put(values[index].rawValue)
            closeItem(item)
        }
        closeList(key)
    }

    @_semantics("optimize.sil.specialize.generic.never") @inline(never)
    public mutating func shapes<S: Shape>(
        _ key: StaticString, _ values: [S]?, item: StaticString? = nil
    ) {
        guard let values else { return }
        let item = openList(key, item)
        values.withUnsafeBufferPointer { values in
            // By index: types of iterators would have to be put together at run time.
            for index in 0..<values.count {
                openItem(item)
                shape(at: values.baseAddress! + index)
                closeItem(item)
            }
        }
        closeList(key)
    }

    @inline(__always)
    private mutating func shape<S: EncodableShape & ~Copyable>(at place: UnsafePointer<S>) {
        begin()
        place.pointee.encode(to: &self)
        end()
    }

    @_semantics("optimize.sil.specialize.generic.never") @inline(never)
    public mutating func shapeLists<S: Shape>(
        _ key: StaticString, _ rows: [[S]]?, item: StaticString? = nil
    ) {
        guard let rows else { return }
        let item = openList(key, item)
        for number in 0..<rows.count {
            openItem(item)
            if format == .json { put(ascii: "[") }
            needsComma = false
            rows[number].withUnsafeBufferPointer { row in
                for index in 0..<row.count {
                    openItem(item)
                    shape(at: row.baseAddress! + index)
                    closeItem(item)
                }
            }
            if format == .json { put(ascii: "]") }
            closeItem(item)
        }
        closeList(key)
    }
}

// MARK: - Maps

extension ShapeWriter {
    @inline(never) public mutating func stringMap(
        _ key: StaticString, _ map: OrderedDictionary<String, String>?
    ) {
        guard let map else { return }
        open(key)
        begin()
        for (name, value) in map {
            openEntry(name)
            put(value)
            closeEntry()
        }
        end()
        close(key)
    }

    @inline(never) public mutating func intMap(
        _ key: StaticString, _ map: OrderedDictionary<String, Int>?
    ) {
        guard let map else { return }
        open(key)
        begin()
        for (name, value) in map {
            openEntry(name)
            put(value)
            closeEntry()
        }
        end()
        close(key)
    }

    @inline(never) public mutating func doubleMap(
        _ key: StaticString, _ map: OrderedDictionary<String, Double>?
    ) {
        guard let map else { return }
        open(key)
        begin()
        for (name, value) in map {
            openEntry(name)
            put(value)
            closeEntry()
        }
        end()
        close(key)
    }

    @_semantics("optimize.sil.specialize.generic.never") @inline(never)
    public mutating func choiceMap<E: OpenEnum>(
        _ key: StaticString, _ map: OrderedDictionary<String, E>?
    ) {
        guard let map else { return }
        open(key)
        begin()
        for (name, value) in map {
            openEntry(name)
            put(value.rawValue)
            closeEntry()
        }
        end()
        close(key)
    }
}

// MARK: - Punctuation

extension ShapeWriter {
    /// Puts down the name of a member, with all that stands before its value: half of the output.
    mutating func open(_ key: StaticString) {
        let length = key.utf8CodeUnitCount
        makeRoom(for: length + 4)
        var place = start + count
        if format == .json {
            if needsComma {
                place.pointee = UInt8(ascii: ",")
                place += 1
            }
            needsComma = true
            place.pointee = UInt8(ascii: "\"")
            (place + 1).copy(from: key.utf8Start, count: length)
            place += length + 1
            place[0] = UInt8(ascii: "\"")
            place[1] = UInt8(ascii: ":")
            count = place + 2 - start
        } else {
            place.pointee = UInt8(ascii: "<")
            (place + 1).copy(from: key.utf8Start, count: length)
            place[length + 1] = UInt8(ascii: ">")
            count += length + 2
        }
    }

    @inline(__always) mutating func close(_ key: StaticString) {
        if format != .json { closeElement(key) }
    }

    @inline(never) private mutating func closeElement(_ key: StaticString) {
        let length = key.utf8CodeUnitCount
        makeRoom(for: length + 3)
        let place = start + count
        place[0] = UInt8(ascii: "<")
        place[1] = UInt8(ascii: "/")
        (place + 2).copy(from: key.utf8Start, count: length)
        place[length + 2] = UInt8(ascii: ">")
        count += length + 3
    }

    mutating func comma() {
        if needsComma { put(ascii: ",") }
        needsComma = true
    }

    mutating func begin() {
        guard format == .json else { return }
        put(ascii: "{")
        needsComma = false
    }

    mutating func end() {
        guard format == .json else { return }
        put(ascii: "}")
        needsComma = true
    }

    mutating func openList(_ key: StaticString, _ item: StaticString?) -> StaticString {
        open(key)
        if format == .json { put(ascii: "[") }
        needsComma = false
        return item ?? (format == .ec2 ? "item" : "member")
    }

    mutating func closeList(_ key: StaticString) {
        if format == .json { put(ascii: "]") }
        needsComma = true
        close(key)
    }

    mutating func openItem(_ item: StaticString) {
        if format == .json { comma() } else { open(item) }
    }

    mutating func closeItem(_ item: StaticString) {
        needsComma = true
        close(item)
    }

    mutating func openEntry(_ name: String) {
        if format == .json {
            comma()
            put(name)
            put(ascii: ":")
        } else {
            put(literal: "<entry><key>")
            put(name)
            put(literal: "</key><value>")
        }
    }

    mutating func closeEntry() {
        if format != .json { put(literal: "</value></entry>") }
        needsComma = true
    }
}
