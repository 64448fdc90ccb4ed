/// What a service model asks of the members of a request: required, length, range, pattern, enum.
///
/// The tables are text, because text costs the compiler nothing. One reads:
///
/// ```
/// CreateRepository
///  repositoryName! String 2..256 ~ (?:[a-z0-9]+)
///  tags [Tag] 0..50
/// Tag
///  key=Key! String 1..128
/// enum ImageTagMutability MUTABLE IMMUTABLE
/// ```
///
/// A line without a blank before it opens a Swift type. Below it stand its members by Swift name:
/// `!` if the model requires it, `=` and the name on the wire where that is another, the type,
/// least and most (characters, elements, or the number itself; either may be left out), and behind
/// `~` the pattern. `tags[]` is an element of the list or a value of the map `tags`, `tags[key]` a
/// key. A member is there if it is constrained or if it leads to one that is.
public struct Constraints: Sendable {
    public struct Member: Sendable, Equatable {
        /// The Swift name, with `[]` or `[key]` behind it for what is inside.
        public var name: String
        /// The name on the wire; empty for what is inside a list or map.
        public var wireName: String
        public var isRequired: Bool
        /// As in Swift, but for maps: `"String"`, `"[Tag]"`, `"[String:String]"`.
        public var type: String
        public var minimum: Int?
        public var maximum: Int?
        /// A regular expression as the model has it; those of AWS are Java's.
        public var pattern: String?
    }

    private var types: [String: [Member]] = [:]
    private var enums: [String: [String]] = [:]

    public init(for service: APIService) { self = service.constraints }

    /// - Parameters:
    ///   - type: The Swift name within the namespace: `"CreateService"`, `"Tag"`.
    ///   - name: The Swift name of the member, perhaps with `[]` or `[key]`.
    public func member(_ type: String, _ name: String) -> Member? {
        types[type]?.first { $0.name == name }
    }

    /// The members of a type in the order of the model; empty if nothing is asked of it.
    public func members(of type: String) -> [Member] { types[type] ?? [] }

    /// The types of which something is asked, by name.
    public var typeNames: [String] { types.keys.sorted() }

    /// The values of an enum a request can contain; `nil` if there is no such enum.
    public func values(of type: String) -> [String]? { enums[type] }
}

extension Constraints {
    init(table: StaticString) {
        var type = ""
        var isEnum = false
        let text = String(
            decoding: UnsafeBufferPointer(
                start: table.utf8Start, count: table.utf8CodeUnitCount), as: UTF8.self)
        for line in text.split(separator: "\n") {
            if line.first != " " {
                let words = line.split(separator: " ")
                isEnum = words.count > 1
                type = String(words[isEnum ? 1 : 0])
                if isEnum { enums[type] = words.dropFirst(2).map(String.init) }
            } else if isEnum {
                enums[type]! += line.split(separator: " ").map(String.init)
            } else {
                types[type, default: []].append(Member(line: line.dropFirst()))
            }
        }
    }
}

extension Constraints.Member {
    fileprivate init(line: Substring) {
        var words = line.split(separator: " ", maxSplits: 2)[...]
        let head = words.removeFirst().split(separator: "=")
        isRequired = head[0].last == "!"
        name = String(isRequired ? head[0].dropLast() : head[0])
        wireName = head.count > 1 ? String(head[1]) : name.last == "]" ? "" : name
        // What follows the name as a whole: `!=` if both marks are there, so the `!` stays with it.
        type = String(words.removeFirst())
        guard var rest = words.first else { return }
        if !rest.hasPrefix("~ ") {
            let range = rest.prefix { $0 != " " }
            rest = rest.dropFirst(range.count + 1)
            let dots = range.firstIndex(of: ".") ?? range.endIndex
            minimum = Int(range[..<dots])
            maximum = Int(range[dots...].drop { $0 == "." })
        }
        if rest.hasPrefix("~ ") { pattern = String(rest.dropFirst(2)) }
    }
}
