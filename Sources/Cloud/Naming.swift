import CloudAPI
import Simulation

/// Makes the ids of AWS's resources out of our dense numbers, and turns them back.
///
/// Each id is the number, scrambled: it looks like AWS's, is the same in each run with the same
/// seed, and needs no index to be looked up.
public struct Naming: Hashable, Codable, Sendable {
    /// What is named: ids of different kinds share no pattern.
    enum Kind: UInt64 {
        case vpc = 1, subnet, routeTable, routeAssociation, internetGateway, natGateway, address
        case addressAssociation, networkACL, securityGroup, securityGroupRule, interface
        case interfaceAttachment, cidrAssociation, dhcpOptions, endpoint, aclAssociation
        case loadBalancer, loadBalancerDigits, listener, rule, targetGroup
        case task, taskCheck, deployment, container, attachment, serviceEvent, runtime
        case role, accessKey, layerUpload, logEvent, serviceDeployment, macAddress, instanceProfile
        case defaultRule
    }

    public let seed: UInt64

    public init(seed: UInt64) { self.seed = seed }

    private func scrambled(_ number: UInt64, _ kind: Kind, bits: Int = 64) -> UInt64 {
        Scramble(seed: seed).forward(number, kind: kind.rawValue, bits: bits)
    }

    private func number(_ word: UInt64, _ kind: Kind, bits: Int = 64) -> UInt32? {
        UInt32(exactly: Scramble(seed: seed).backward(word, kind: kind.rawValue, bits: bits))
    }

    // MARK: ids of EC2: a prefix and 17 hex digits, the first always 0 (facts/vpc.md, 2)

    func ec2ID(_ prefix: String, _ id: some Identifier, _ kind: Kind) -> String {
        String(bytes: prefix.utf8.count + 18) { text in
            text.add(prefix as String)
            text.add("-0")
            text.add(hex: scrambled(UInt64(id.rawValue), kind))
        }
    }

    /// - Returns: `nil` for whatever is not an id of this prefix and seed.
    func ec2ID<ID: Identifier>(_ text: String, _ prefix: String, _ kind: Kind) -> ID? {
        guard text.utf8.count == prefix.utf8.count + 18, text.hasPrefix("\(prefix)-0"),
            let word = Self.word(hex: text.utf8.suffix(16)), let number = number(word, kind)
        else { return nil }
        return ID(rawValue: number)
    }

    // MARK: 16 hex digits, as in the ARNs of load balancers (facts/elbv2.md, 2)

    func hex16(_ id: some Identifier, _ kind: Kind) -> String {
        String(bytes: 16) { $0.add(hex: scrambled(UInt64(id.rawValue), kind)) }
    }

    func hex16<ID: Identifier>(_ text: some StringProtocol, _ kind: Kind) -> ID? {
        guard text.utf8.count == 16, let word = Self.word(hex: text.utf8),
            let number = number(word, kind)
        else { return nil }
        return ID(rawValue: number)
    }

    // MARK: 32 hex digits, as of a task (facts/ecs.md, 2.3)

    func hex32(_ id: TaskID) -> String {
        String(bytes: 32) { add(hex32: id, to: &$0) }
    }

    func add(hex32 id: TaskID, to text: inout TextWriter) {
        let number = UInt64(id.rawValue)
        text.add(hex: scrambled(number, .task))
        text.add(hex: scrambled(number, .taskCheck))
    }

    func taskID(hex32 text: some StringProtocol) -> TaskID? {
        guard text.utf8.count == 32, let word = Self.word(hex: text.utf8.prefix(16)),
            let check = Self.word(hex: text.utf8.suffix(16)), let number = number(word, .task),
            check == scrambled(UInt64(number), .taskCheck)
        else { return nil }
        return TaskID(rawValue: number)
    }

    // MARK: up to 19 decimal digits, as of a deployment (facts/ecs.md, 2.5)

    func digits(_ id: some Identifier, _ kind: Kind, bits: Int = 63) -> String {
        String(writing: { add(digits: id, kind, bits: bits, to: &$0) })
    }

    func add(
        digits id: some Identifier, _ kind: Kind, bits: Int = 63, to text: inout TextWriter
    ) {
        text.add(scrambled(UInt64(id.rawValue), kind, bits: bits))
    }

    func add(hex16 id: some Identifier, _ kind: Kind, to text: inout TextWriter) {
        text.add(hex: scrambled(UInt64(id.rawValue), kind))
    }

    func digits<ID: Identifier>(_ text: some StringProtocol, _ kind: Kind, bits: Int = 63) -> ID? {
        guard let word = UInt64(text), bits == 64 || word >> UInt64(bits) == 0,
            String(word) == text, let number = number(word, kind, bits: bits)
        else { return nil }
        return ID(rawValue: number)
    }

    // MARK: 21 letters, as of a service deployment (facts/ecs.md, 21.2)

    private static let letters: StaticString =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"

    /// Eleven letters that are the number, and ten that check it.
    func letters21(_ id: some Identifier, _ kind: Kind) -> String {
        String(writing: { add(letters21: id, kind, to: &$0) })
    }

    func add(letters21 id: some Identifier, _ kind: Kind, to text: inout TextWriter) {
        func add(_ word: UInt64, letters: Int) {
            var rest = word
            for _ in 0..<letters {
                text.add(byte: Self.letters.utf8Start[Int(rest & 63)])
                rest >>= 6
            }
        }
        let number = UInt64(id.rawValue)
        add(scrambled(number, kind), letters: 11)
        add(scrambled(number ^ 0x5555_5555_0000_0000, kind), letters: 10)
    }

    private static func number(ofLetter letter: UInt8) -> Int? {
        (0..<64).first { letters.utf8Start[$0] == letter }
    }

    func letters21<ID: Identifier>(_ text: some StringProtocol, _ kind: Kind) -> ID? {
        guard text.utf8.count == 21 else { return nil }
        var word: UInt64 = 0
        for (place, letter) in text.utf8.prefix(11).enumerated() {
            guard let value = Self.number(ofLetter: letter) else { return nil }
            word |= UInt64(value) << (6 * UInt64(place))
        }
        guard let number = number(word, kind) else { return nil }
        let id = ID(rawValue: number)
        return letters21(id, kind) == text ? id : nil
    }

    // MARK: ids that nobody looks up

    /// A version 4 UUID with dashes.
    func uuid(_ number: UInt64, _ kind: Kind) -> String {
        let high = scrambled(number, kind) & ~0xF000 | 0x4000
        let low = scrambled(number ^ 0x5555_5555_0000_0000, kind) & ~(3 << 62) | 2 << 62
        return String(writing: { $0.add(uuid: high, low) })
    }

    /// Upper-case letters and digits, as in `AROA...` (facts/surroundings.md, 2).
    func capitals(_ number: UInt64, _ kind: Kind, count: Int = 17) -> String {
        String(writing: { text in
            var word: UInt64 = 0
            for place in 0..<count {
                // A word is good for twelve letters of five bits.
                if place % 12 == 0 { word = scrambled(number &+ UInt64(place / 12) << 40, kind) }
                let letter = UInt8(word & 31)
                let first = letter < 26 ? UInt8(ascii: "A") : UInt8(ascii: "2") - 26
                text.add(byte: first + letter)
                word >>= 5
            }
        })
    }

    /// `02:` and five more bytes (facts/vpc.md, 2).
    func macAddress(_ id: some Identifier) -> String {
        let word = scrambled(UInt64(id.rawValue), .macAddress, bits: 40)
        let digits = Array(Self.hex(word, digits: 10).utf8)
        return "02"
            + stride(from: 0, to: 10, by: 2).map {
                ":" + String(decoding: digits[$0..<$0 + 2], as: UTF8.self)
            }.joined()
    }

    // MARK: hex

    static func hex(_ word: UInt64, digits: Int) -> String {
        String(writing: { $0.add(hex: word, digits: digits) })
    }

    /// - Returns: `nil` if something else than a lower-case hex digit is in it.
    private static func word(hex text: some Sequence<UInt8>) -> UInt64? {
        var word: UInt64 = 0
        for byte in text {
            switch byte {
            case 0x30...0x39: word = word << 4 | UInt64(byte - 0x30)
            case 0x61...0x66: word = word << 4 | UInt64(byte - 0x61 + 10)
            default: return nil
            }
        }
        return word
    }
}
