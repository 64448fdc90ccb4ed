import OrderedCollections

/// The members of one object on the wire, read by name and type.
///
/// Absent and null are the same: every accessor answers `nil` for both. A value of another type is
/// a ``ShapeFailure`` that says where it stands.
public struct WireFields: Sendable {
    /// How scalars and lists are written.
    public enum Style: Sendable {
        /// As in JSON. A number in quotes is a string, and a string is not a list.
        case json
        /// As in a query form, where everything is text. `Key.1=a&Key.2=b` is an object whose keys
        /// are numbers, and so a list, also when it stands below one more key (`Key.member.1`).
        /// The first letter of a key may be upper or lower case.
        case text
    }

    public let members: [WireValue.Member]
    public let style: Style

    /// - Throws: If `value` is no object. `null` and, in a form, an empty text have no members.
    public init(_ value: WireValue, style: Style = .json) throws(ShapeFailure) {
        self.style = style
        switch value {
        case .object(let members): self.members = members
        case .null: members = []
        case .string("") where style == .text: members = []
        default: throw ShapeFailure(.mismatch(expected: "an object", found: value.kind))
        }
    }

    /// What stands under `key`, or else under `other`.
    @inline(never) public func value(_ key: String, _ other: String? = nil) -> WireValue? {
        for member in members.reversed() where matches(member.key, key) {
            if case .null = member.value { break }
            return member.value
        }
        guard let other else { return nil }
        return value(other)
    }

    private func matches(_ written: String, _ key: String) -> Bool {
        if written == key { return true }
        guard style == .text, written.utf8.count == key.utf8.count else { return false }
        guard let one = written.utf8.first, let two = key.utf8.first, one ^ two == 0x20,
            (0x61...0x7A).contains(one | 0x20)
        else { return false }
        return written.utf8.dropFirst().elementsEqual(key.utf8.dropFirst())
    }
}

// MARK: - Single values

extension WireFields {
    /// Turns the absence of a required member into a failure.
    @_semantics("optimize.sil.specialize.generic.never") @inline(never)
    public func required<T>(_ key: String, _ value: T?) throws(ShapeFailure) -> T {
        guard let value else { throw ShapeFailure(path: [key], .missing) }
        return value
    }

    @inline(never) public func string(_ key: String, _ other: String? = nil) throws(ShapeFailure)
        -> String?
    {
        guard let value = value(key, other) else { return nil }
        return try string(in: value, at: Place(key))
    }

    @inline(never) public func int(_ key: String, _ other: String? = nil) throws(ShapeFailure)
        -> Int?
    {
        guard let value = value(key, other) else { return nil }
        return try int(in: value, at: Place(key))
    }

    @inline(never) public func double(_ key: String, _ other: String? = nil) throws(ShapeFailure)
        -> Double?
    {
        guard let value = value(key, other) else { return nil }
        return try double(in: value, at: Place(key))
    }

    @inline(never) public func bool(_ key: String, _ other: String? = nil) throws(ShapeFailure)
        -> Bool?
    {
        guard let value = value(key, other) else { return nil }
        switch value {
        case .bool(let bool): return bool
        case .string(let text) where style == .text:
            switch text.lowercased() {
            case "true": return true
            case "false": return false
            default: throw mismatch(Place(key), "true or false", value)
            }
        default: throw mismatch(Place(key), "a boolean", value)
        }
    }

    /// Seconds since 1970, or ISO 8601; both are taken in both styles.
    @inline(never) public func timestamp(
        _ key: String, _ other: String? = nil
    ) throws(ShapeFailure) -> Timestamp? {
        guard let value = value(key, other) else { return nil }
        return try timestamp(in: value, at: Place(key))
    }

    /// Bytes, written in base64.
    @inline(never) public func blob(_ key: String, _ other: String? = nil) throws(ShapeFailure)
        -> [UInt8]?
    {
        guard let value = value(key, other) else { return nil }
        guard case .string(let text) = value, let bytes = Base64.decode(text) else {
            throw mismatch(Place(key), "base64", value)
        }
        return bytes
    }

    @_semantics("optimize.sil.specialize.generic.never") @inline(never)
    public func choice<E: OpenEnum>(
        _ key: String, _ other: String? = nil
    ) throws(ShapeFailure) -> E? {
        guard let text = try string(key, other) else { return nil }
        return E(rawValue: text) as E
    }

    @_semantics("optimize.sil.specialize.generic.never") @inline(never)
    public func shape<S: Shape>(_ key: String, _ other: String? = nil) throws(ShapeFailure) -> S? {
        guard let value = value(key, other) else { return nil }
        return try shape(in: value, at: Place(key))
    }
}

// MARK: - Lists

extension WireFields {
    @inline(never) public func strings(_ key: String, _ other: String? = nil) throws(ShapeFailure)
        -> [String]?
    {
        guard let values = try list(key, other) else { return nil }
        var result: [String] = []
        result.reserveCapacity(values.count)
        for value in values {
            result.append(try string(in: value, at: Place(key, element: result.count)))
        }
        return result
    }

    @inline(never) public func ints(_ key: String, _ other: String? = nil) throws(ShapeFailure)
        -> [Int]?
    {
        guard let values = try list(key, other) else { return nil }
        var result: [Int] = []
        for value in values {
            result.append(try int(in: value, at: Place(key, element: result.count)))
        }
        return result
    }

    @inline(never) public func doubles(_ key: String, _ other: String? = nil) throws(ShapeFailure)
        -> [Double]?
    {
        guard let values = try list(key, other) else { return nil }
        var result: [Double] = []
        for value in values {
            result.append(try double(in: value, at: Place(key, element: result.count)))
        }
        return result
    }

    @inline(never) public func timestamps(
        _ key: String, _ other: String? = nil
    ) throws(ShapeFailure) -> [Timestamp]? {
        guard let values = try list(key, other) else { return nil }
        var result: [Timestamp] = []
        for value in values {
            result.append(try timestamp(in: value, at: Place(key, element: result.count)))
        }
        return result
    }

    @_semantics("optimize.sil.specialize.generic.never") @inline(never)
    public func choices<E: OpenEnum>(
        _ key: String, _ other: String? = nil
    ) throws(ShapeFailure) -> [E]? {
        guard let texts = try strings(key, other) else { return nil }
        var result: [E] = []
        for text in texts { result.append(E(rawValue: text) as E) }
        return result
    }

    @_semantics("optimize.sil.specialize.generic.never") @inline(never)
    public func shapes<S: Shape>(
        _ key: String, _ other: String? = nil
    ) throws(ShapeFailure) -> [S]? {
        guard let values = try list(key, other) else { return nil }
        var result: [S] = []
        result.reserveCapacity(values.count)
        for value in values {
            result.append(try shape(in: value, at: Place(key, element: result.count)))
        }
        return result
    }

    @_semantics("optimize.sil.specialize.generic.never") @inline(never)
    public func shapeLists<S: Shape>(
        _ key: String, _ other: String? = nil
    ) throws(ShapeFailure) -> [[S]]? {
        guard let rows = try list(key, other) else { return nil }
        var result: [[S]] = []
        for row in rows {
            let place = String(result.count + 1)
            do throws(ShapeFailure) {
                let fields = try WireFields(.object([.init(place, row)]), style: style)
                result.append(try fields.shapes(place) ?? [])
            } catch {
                throw error.inside(key)
            }
        }
        return result
    }
}

// MARK: - Maps

extension WireFields {
    @inline(never) public func stringMap(
        _ key: String, _ other: String? = nil
    ) throws(ShapeFailure) -> OrderedDictionary<String, String>? {
        guard let entries = try map(key, other) else { return nil }
        var result: OrderedDictionary<String, String> = [:]
        for entry in entries {
            result[entry.key] = try string(in: entry.value, at: Place(key, entry: entry.key))
        }
        return result
    }

    @inline(never) public func intMap(
        _ key: String, _ other: String? = nil
    ) throws(ShapeFailure) -> OrderedDictionary<String, Int>? {
        guard let entries = try map(key, other) else { return nil }
        var result: OrderedDictionary<String, Int> = [:]
        for entry in entries {
            result[entry.key] = try int(in: entry.value, at: Place(key, entry: entry.key))
        }
        return result
    }

    @inline(never) public func doubleMap(
        _ key: String, _ other: String? = nil
    ) throws(ShapeFailure) -> OrderedDictionary<String, Double>? {
        guard let entries = try map(key, other) else { return nil }
        var result: OrderedDictionary<String, Double> = [:]
        for entry in entries {
            result[entry.key] = try double(in: entry.value, at: Place(key, entry: entry.key))
        }
        return result
    }

    @_semantics("optimize.sil.specialize.generic.never") @inline(never)
    public func choiceMap<E: OpenEnum>(
        _ key: String, _ other: String? = nil
    ) throws(ShapeFailure) -> OrderedDictionary<String, E>? {
        guard let texts = try stringMap(key, other) else { return nil }
        var result: OrderedDictionary<String, E> = [:]
        for (key, text) in texts { result[key] = E(rawValue: text) as E }
        return result
    }
}

// MARK: - What a value is

extension WireFields {
    /// Where a value stands: under a key, and perhaps in the list or map that stands there.
    private struct Place {
        let key: String
        let below: Below
        enum Below { case nothing, element(Int), entry(String) }

        init(_ key: String) { (self.key, below) = (key, .nothing) }
        init(_ key: String, element: Int) { (self.key, below) = (key, .element(element)) }
        init(_ key: String, entry: String) { (self.key, below) = (key, .entry(entry)) }

        /// Elements count from 1, as in AWS's own messages.
        var path: [String] {
            switch below {
            case .nothing: [key]
            case .element(let index): [key, String(index + 1)]
            case .entry(let name): [key, name]
            }
        }
    }

    private func mismatch(_ place: Place, _ expected: String, _ found: WireValue) -> ShapeFailure {
        ShapeFailure(path: place.path, .mismatch(expected: expected, found: found.kind))
    }

    private func string(in value: WireValue, at place: Place) throws(ShapeFailure) -> String {
        guard case .string(let text) = value else { throw mismatch(place, "a string", value) }
        return text
    }

    private func int(in value: WireValue, at place: Place) throws(ShapeFailure) -> Int {
        switch value {
        case .int(let int): return int
        case .double(let double):
            // Not `Int(exactly:)`, which would bring in the C library's mathematics.
            guard abs(double) < 0x1p63, Double(Int(double)) == double else { break }
            return Int(double)
        case .string(let text) where style == .text:
            guard let int = Int(text) else { break }
            return int
        default: break
        }
        throw mismatch(place, "a whole number", value)
    }

    private func double(in value: WireValue, at place: Place) throws(ShapeFailure) -> Double {
        switch value {
        case .int(let int): return Double(int)
        case .double(let double): return double
        case .string("NaN"): return .nan
        case .string("Infinity"): return .infinity
        case .string("-Infinity"): return -.infinity
        case .string(let text) where style == .text:
            guard let double = Double(text) else { break }
            return double
        default: break
        }
        throw mismatch(place, "a number", value)
    }

    private func timestamp(in value: WireValue, at place: Place) throws(ShapeFailure) -> Timestamp {
        let found: Timestamp?
        switch value {
        case .int(let seconds): found = Timestamp(secondsSince1970: Double(seconds))
        case .double(let seconds): found = Timestamp(secondsSince1970: seconds)
        case .string(let text):
            let seconds = Double(text).flatMap(Timestamp.init(secondsSince1970:))
            found = Timestamp(iso8601: text) ?? (style == .text ? seconds : nil)
        default: found = nil
        }
        guard let found else { throw mismatch(place, "a timestamp", value) }
        return found
    }

    @_semantics("optimize.sil.specialize.generic.never") @inline(never)
    private func shape<S: Shape>(in value: WireValue, at place: Place) throws(ShapeFailure) -> S {
        do {
            return try S(from: WireFields(value, style: style))
        } catch {
            throw ShapeFailure(path: place.path + error.path, error.problem)
        }
    }

    private func list(_ key: String, _ other: String?) throws(ShapeFailure) -> [WireValue]? {
        guard let value = value(key, other) else { return nil }
        switch value {
        case .list(let values): return values
        case .string("") where style == .text: return []
        case .object(let members) where style == .text:
            if let values = Self.numbered(members) { return values }
            if members.count == 1 {
                switch members[0].value {
                case .object(let below): if let values = Self.numbered(below) { return values }
                case .list(let values): return values
                default: break
                }
            }
        default: break
        }
        throw mismatch(Place(key), "a list", value)
    }

    /// The values of an object whose keys are all numbers, by number; `nil` for any other object.
    private static func numbered(_ members: [WireValue.Member]) -> [WireValue]? {
        var entries: [(number: Int, value: WireValue)] = []
        for member in members {
            guard let number = Int(member.key) else { return nil }
            entries.append((number, member.value))
        }
        return entries.sorted { $0.number < $1.number }.map(\.value)
    }

    /// The entries of a map. In a form they are a list of `key` and `value`
    /// (`Params.entry.1.key=a&Params.entry.1.value=b`).
    private func map(_ key: String, _ other: String?) throws(ShapeFailure) -> [WireValue.Member]? {
        guard let value = value(key, other) else { return nil }
        if style == .text {
            let values = try list(key, other) ?? []
            var entries: [WireValue.Member] = []
            for value in values {
                guard case .string(let name)? = value["key"], let value = value["value"] else {
                    throw mismatch(Place(key), "a key and a value", value)
                }
                entries.append(.init(name, value))
            }
            return entries
        }
        guard case .object(let members) = value else {
            throw mismatch(Place(key), "an object", value)
        }
        return members
    }
}
