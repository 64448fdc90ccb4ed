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
    private var storage: [UInt8]
    private var count = 0
    /// Something stands before this place in the same JSON object or list.
    private var needsComma = false

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

    @inline(never) public mutating func ints(_ key: StaticString, _ values: [Int]?, item: StaticString? = nil) {
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

    @inline(never) public mutating func intMap(_ key: StaticString, _ map: OrderedDictionary<String, Int>?) {
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

    @inline(never) public mutating func doubleMap(_ key: StaticString, _ map: OrderedDictionary<String, Double>?) {
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
    @inline(__always) private mutating func makeRoom(for more: Int) {
        if count + more > storage.count { grow(by: count + more - storage.count) }
    }

    @inline(never) private mutating func grow(by missing: Int) {
        storage.append(contentsOf: repeatElement(0, count: max(missing, storage.count)))
    }

    private mutating func put(_ byte: UInt8) {
        makeRoom(for: 1)
        storage[count] = byte
        count += 1
    }

    private mutating func put(ascii: Unicode.Scalar) { put(UInt8(ascii: ascii)) }

    private mutating func put(_ text: UnsafeBufferPointer<UInt8>) {
        guard let source = text.baseAddress else { return }
        makeRoom(for: text.count)
        storage.withUnsafeMutableBufferPointer {
            ($0.baseAddress! + count).update(from: source, count: text.count)
        }
        count += text.count
    }

    private mutating func put(literal: StaticString) {
        put(UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
    }

    private mutating func comma() {
        if needsComma { put(ascii: ",") }
        needsComma = true
    }

    // What stands around every member is half of the output; it is put down in one go.

    private mutating func open(_ key: StaticString) {
        guard format == .json else {
            put(key, behind: UInt8(ascii: "<"), UInt8(ascii: ">"))
            return
        }
        comma()
        put(key, behind: UInt8(ascii: "\""), UInt8(ascii: "\""))
        put(ascii: ":")
    }

    private mutating func close(_ key: StaticString) {
        if format == .json { return }
        put(ascii: "<")
        put(key, behind: UInt8(ascii: "/"), UInt8(ascii: ">"))
    }

    @inline(__always)
    private mutating func put(_ key: StaticString, behind first: UInt8, _ last: UInt8) {
        put(
            UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount), behind: first,
            last)
    }

    /// The text between two bytes.
    @inline(__always)
    private mutating func put(
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

    private mutating func begin() {
        guard format == .json else { return }
        put(ascii: "{")
        needsComma = false
    }

    private mutating func end() {
        guard format == .json else { return }
        put(ascii: "}")
        needsComma = true
    }

    private mutating func openList(_ key: StaticString, _ item: StaticString?) -> StaticString {
        open(key)
        if format == .json { put(ascii: "[") }
        needsComma = false
        return item ?? (format == .ec2 ? "item" : "member")
    }

    private mutating func closeList(_ key: StaticString) {
        if format == .json { put(ascii: "]") }
        needsComma = true
        close(key)
    }

    private mutating func openItem(_ item: StaticString) {
        if format == .json { comma() } else { open(item) }
    }

    private mutating func closeItem(_ item: StaticString) {
        needsComma = true
        close(item)
    }

    private mutating func openEntry(_ name: String) {
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

    private mutating func closeEntry() {
        if format != .json { put(literal: "</value></entry>") }
        needsComma = true
    }
}

// MARK: - Scalars

extension ShapeWriter {
    private mutating func put(_ text: String) {
        var text = text
        if format == .json {
            text.withUTF8 { utf8 in
                if utf8.firstSpecialInJSON(from: 0) == utf8.count {
                    put(utf8, behind: UInt8(ascii: "\""), UInt8(ascii: "\""))
                } else {
                    put(ascii: "\"")
                    putEscapedForJSON(utf8)
                    put(ascii: "\"")
                }
            }
        } else {
            text.withUTF8 { putEscapedForXML($0) }
        }
    }

    private mutating func put(_ value: Bool) {
        if value { put(literal: "true") } else { put(literal: "false") }
    }

    private mutating func put(_ value: Int) {
        if value < 0 { put(ascii: "-") }
        put(digits: value.magnitude)
    }

    private mutating func put(digits value: UInt) {
        var length = 1
        var rest = value / 10
        while rest > 0 { (length, rest) = (length + 1, rest / 10) }
        makeRoom(for: length)
        rest = value
        for place in stride(from: count + length - 1, through: count, by: -1) {
            storage[place] = 48 + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        count += length
    }

    /// What is no number is written as AWS's SDKs do: `"NaN"`, `"Infinity"`, `"-Infinity"`.
    private mutating func put(_ value: Double) {
        if value.isFinite {
            raw(value.description)
        } else {
            put(value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity")
        }
    }

    /// JSON: seconds since 1970 with as many decimals as it takes. XML: ISO 8601.
    private mutating func put(_ value: Timestamp) {
        guard format == .json else {
            raw(value.iso8601)
            return
        }
        if value.milliseconds < 0 { put(ascii: "-") }
        let (seconds, fraction) = value.milliseconds.magnitude.quotientAndRemainder(dividingBy: 1000)
        put(digits: UInt(seconds))
        guard fraction > 0 else { return }
        put(ascii: ".")
        var rest = fraction
        var unit: UInt64 = 100
        while rest > 0 {
            put(48 + UInt8(truncatingIfNeeded: rest / unit))
            rest %= unit
            unit /= 10
        }
    }

    private mutating func put(_ value: WireValue) {
        switch value {
        case .null: if format == .json { put(literal: "null") }
        case .bool(let bool): put(bool)
        case .int(let int): put(int)
        case .double(let double): put(double)
        case .string(let text): put(text)
        case .list(let values):
            if format == .json { put(ascii: "[") }
            needsComma = false
            for value in values {
                openItem("member")
                put(value)
                closeItem("member")
            }
            if format == .json { put(ascii: "]") }
        case .object(let members):
            begin()
            for member in members {
                openEntry(member.key)
                put(member.value)
                closeEntry()
            }
            end()
        }
    }

    private mutating func putEscapedForJSON(_ text: UnsafeBufferPointer<UInt8>) {
        var start = 0
        while true {
            let position = text.firstSpecialInJSON(from: start)
            put(UnsafeBufferPointer(rebasing: text[start..<position]))
            guard position < text.count else { return }
            start = position + 1
            put(ascii: "\\")
            let byte = text[position]
            switch byte {
            case 0x08: put(ascii: "b")
            case 0x09: put(ascii: "t")
            case 0x0A: put(ascii: "n")
            case 0x0C: put(ascii: "f")
            case 0x0D: put(ascii: "r")
            case 0..<0x20:
                put(literal: "u00")
                put(ascii: byte < 0x10 ? "0" : "1")
                put((byte & 15) + (byte & 15 < 10 ? 48 : 87))
            default: put(byte)
            }
        }
    }

    /// Control characters that XML 1.0 cannot hold in any form become U+FFFD.
    private mutating func putEscapedForXML(_ text: UnsafeBufferPointer<UInt8>) {
        var start = 0
        for position in text.indices {
            let escape: StaticString
            switch text[position] {
            case UInt8(ascii: "&"): escape = "&amp;"
            case UInt8(ascii: "<"): escape = "&lt;"
            case UInt8(ascii: ">"): escape = "&gt;"
            case UInt8(ascii: "\""): escape = "&quot;"
            case 0x0D: escape = "&#xD;"
            case 0x09, 0x0A: continue
            case 0..<0x20: escape = "\u{FFFD}"
            default: continue
            }
            put(UnsafeBufferPointer(rebasing: text[start..<position]))
            start = position + 1
            put(literal: escape)
        }
        put(UnsafeBufferPointer(rebasing: text[start...]))
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// The next byte that cannot stand in a JSON string as it is: a quote, a backslash, a control
    /// character; `count` if there is none.
    func firstSpecialInJSON(from start: Int) -> Int {
        var position = start
        // Eight bytes at a time. A word that may hold such a byte is then looked at byte by byte.
        while position + 8 <= count {
            let word = UnsafeRawPointer(baseAddress!).loadUnaligned(
                fromByteOffset: position, as: UInt64.self)
            let quote = word ^ 0x2222_2222_2222_2222
            let backslash = word ^ 0x5C5C_5C5C_5C5C_5C5C
            let found =
                (word &- 0x2020_2020_2020_2020) & ~word
                | (quote &- 0x0101_0101_0101_0101) & ~quote
                | (backslash &- 0x0101_0101_0101_0101) & ~backslash
            if found & 0x8080_8080_8080_8080 != 0 { break }
            position += 8
        }
        while position < count {
            let byte = self[position]
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { break }
            position += 1
        }
        return position
    }
}
