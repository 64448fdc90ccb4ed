import OrderedCollections

/// Writes shapes straight into bytes, as JSON or as one of AWS's two kinds of XML.
///
/// Members come out in the order they are written; one that is `nil` leaves no trace.
public struct ShapeWriter: Sendable {
    public enum Format: Sendable {
        case json
        /// Answers of the query protocol: list elements are called `member`.
        case xml
        /// Answers of EC2: list elements are called `item`.
        case ec2
    }

    public let format: Format
    /// What has been written, and behind `count` room for what comes.
    var storage: [UInt8]
    var count = 0
    /// Something stands before this place in the same JSON object or list.
    var needsComma = false

    public init(_ format: Format, reserving capacity: Int = 1024) {
        self.format = format
        storage = [UInt8](repeating: 0, count: max(capacity, 64))
    }

    /// What has been written so far.
    public var bytes: [UInt8] { Array(storage[..<count]) }

    /// Hands over what has been written, without copying it.
    public consuming func finish() -> [UInt8] {
        storage.removeLast(storage.count - count)
        return storage
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
        var text = text
        text.withUTF8 { put($0) }
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

    @_semantics("optimize.sil.specialize.generic.never") @inline(never)
    public mutating func shape<S: Shape>(_ key: StaticString, _ value: S?) {
        guard let value else { return }
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
        for value in values {
            openItem(item)
            put(value.rawValue)
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
        for value in values {
            openItem(item)
            begin()
            value.encode(to: &self)
            end()
            closeItem(item)
        }
        closeList(key)
    }

    @_semantics("optimize.sil.specialize.generic.never") @inline(never)
    public mutating func shapeLists<S: Shape>(
        _ key: StaticString, _ rows: [[S]]?, item: StaticString? = nil
    ) {
        guard let rows else { return }
        let item = openList(key, item)
        for row in rows {
            openItem(item)
            if format == .json { put(ascii: "[") }
            needsComma = false
            for value in row {
                openItem(item)
                begin()
                value.encode(to: &self)
                end()
                closeItem(item)
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
    /// Makes sure that `more` bytes fit behind `count`.
    @inline(__always) mutating func makeRoom(for more: Int) {
        if count + more > storage.count { grow(by: count + more - storage.count) }
    }

    @inline(never) mutating func grow(by missing: Int) {
        storage.append(contentsOf: repeatElement(0, count: max(missing, storage.count)))
    }

    mutating func put(_ byte: UInt8) {
        makeRoom(for: 1)
        storage[count] = byte
        count += 1
    }

    mutating func put(ascii: Unicode.Scalar) { put(UInt8(ascii: ascii)) }

    mutating func put(_ text: UnsafeBufferPointer<UInt8>) {
        guard let source = text.baseAddress else { return }
        makeRoom(for: text.count)
        storage.withUnsafeMutableBufferPointer {
            ($0.baseAddress! + count).update(from: source, count: text.count)
        }
        count += text.count
    }

    mutating func put(literal: StaticString) {
        put(UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
    }

    mutating func comma() {
        if needsComma { put(ascii: ",") }
        needsComma = true
    }

    // What stands around every member is half of the output; it is put down in one go.

    mutating func open(_ key: StaticString) {
        guard format == .json else {
            put(key, behind: UInt8(ascii: "<"), UInt8(ascii: ">"))
            return
        }
        comma()
        put(key, behind: UInt8(ascii: "\""), UInt8(ascii: "\""))
        put(ascii: ":")
    }

    mutating func close(_ key: StaticString) {
        if format == .json { return }
        put(ascii: "<")
        put(key, behind: UInt8(ascii: "/"), UInt8(ascii: ">"))
    }

    @inline(__always)
    mutating func put(_ key: StaticString, behind first: UInt8, _ last: UInt8) {
        put(
            UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount), behind: first,
            last)
    }

    /// The text between two bytes.
    @inline(__always)
    mutating func put(
        _ text: UnsafeBufferPointer<UInt8>, behind first: UInt8, _ last: UInt8
    ) {
        let (start, length) = (count, text.count)
        makeRoom(for: length + 2)
        storage.withUnsafeMutableBufferPointer {
            let place = $0.baseAddress! + start
            place[0] = first
            if let source = text.baseAddress { (place + 1).update(from: source, count: length) }
            place[length + 1] = last
        }
        count += length + 2
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
