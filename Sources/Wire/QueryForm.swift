import CloudAPI

/// The parameters of a query request in their order, from its form and its query string.
struct QueryForm: Sendable {
    enum Failure: Error, Equatable {
        case tooLarge, tooManyParameters, syntax, tooDeep
        /// A name that has a value and also members of its own.
        case conflict(String)
    }

    private(set) var parameters: [(name: String, value: String)] = []

    /// The last value of that name: of a parameter given twice, the last one counts.
    subscript(name: String) -> String? { parameters.last { $0.name == name }?.value }

    /// Reads `a=1&b=x%20y`; a `+` is a blank.
    mutating func add(_ text: [UInt8], limits: WireLimits) throws(Failure) {
        guard text.count <= limits.formBytes else { throw .tooLarge }
        var rest = text[...]
        while !rest.isEmpty {
            let end = rest.firstIndex(of: UInt8(ascii: "&")) ?? rest.endIndex
            let pair = rest[..<end]
            rest = rest[end...].dropFirst()
            if pair.isEmpty { continue }
            guard parameters.count < limits.parameters else { throw .tooManyParameters }
            let equals = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
            guard let name = percentDecoded(pair[..<equals], plusIsBlank: true),
                let value = percentDecoded(pair[equals...].dropFirst(), plusIsBlank: true)
            else { throw .syntax }
            parameters.append((name, value))
        }
    }

    /// `A.member.1.Key=x` as objects inside each other, one for each dot; scalars are text.
    func tree(depth: Int) throws(Failure) -> WireValue {
        let root = Node()
        for parameter in parameters {
            // By bytes: characters would have to be put together first.
            let keys = parameter.name.utf8
                .split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
            guard keys.count <= depth else { throw .tooDeep }
            var node = root
            for key in keys {
                guard node.value == nil else { throw .conflict(parameter.name) }
                node = node.below(Substring(key))
            }
            guard node.members.isEmpty else { throw .conflict(parameter.name) }
            node.value = parameter.value
        }
        return root.wireValue
    }

    /// A tree that grows. Its members are found by name, so that a form with thousands of
    /// parameters is read in one pass.
    private final class Node {
        var value: String?
        private(set) var members: [(key: Substring, node: Node)] = []
        /// Where each key stands, once there are many.
        private var positions: [Substring: Int] = [:]

        func below(_ key: Substring) -> Node {
            if let last = members.last, last.key == key { return last.node }
            if let position = position(of: key) { return members[position].node }
            let node = Node()
            if !positions.isEmpty { positions[key] = members.count }
            members.append((key, node))
            return node
        }

        private func position(of key: Substring) -> Int? {
            guard members.count > 8 else { return members.firstIndex { $0.key == key } }
            if positions.isEmpty {
                for (index, member) in members.enumerated() { positions[member.key] = index }
            }
            return positions[key]
        }

        var wireValue: WireValue {
            if let value { return .string(value) }
            return .object(members.map { WireValue.Member(String($0.key), $0.node.wireValue) })
        }
    }
}

/// - Returns: `nil` where a `%` is not followed by two hex digits, and for invalid UTF-8.
func percentDecoded(_ text: some Collection<UInt8>, plusIsBlank: Bool) -> String? {
    let isPlain = text.allSatisfy {
        $0 != UInt8(ascii: "%") && !(plusIsBlank && $0 == UInt8(ascii: "+"))
    }
    if isPlain { return String(validating: text, as: UTF8.self) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    var position = text.startIndex
    while position < text.endIndex {
        let byte = text[position]
        text.formIndex(after: &position)
        switch byte {
        case UInt8(ascii: "+") where plusIsBlank: bytes.append(0x20)
        case UInt8(ascii: "%"):
            var value: UInt8 = 0
            for _ in 0..<2 {
                guard position < text.endIndex, let digit = hexDigit(text[position]) else {
                    return nil
                }
                value = value << 4 | digit
                text.formIndex(after: &position)
            }
            bytes.append(value)
        default: bytes.append(byte)
        }
    }
    return String(validating: bytes, as: UTF8.self)
}

func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case 0x30...0x39: byte - 0x30
    case 0x41...0x46: byte - 0x41 + 10
    case 0x61...0x66: byte - 0x61 + 10
    default: nil
    }
}
