import CloudAPI

extension Balancing {
    /// The names of load balancers and target groups follow one rule: elbv2.md sections 2 and 9.
    ///
    /// - Parameter kind: As the refusal spells it: `"Target group"`.
    static func checkName(_ name: String, of kind: String) throws(APIFailure) {
        guard name.utf8.count <= 32 else {
            throw .balancingInvalid("\(kind) name '\(name)' cannot be longer than '32' characters")
        }
        let isPlain = name.utf8.allSatisfy {
            switch $0 {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
                true
            default: false
            }
        }
        guard isPlain, !name.isEmpty else {
            throw .balancingInvalid(
                "\(kind) name '\(name)' can only contain characters that are alphanumeric "
                    + "characters or hyphens(-)")
        }
        guard !name.hasPrefix("-"), !name.hasSuffix("-") else {
            throw .balancingInvalid("\(kind) name '\(name)' cannot begin or end with '-'")
        }
    }

    static func checkEnum(
        _ value: String?, at member: String, of type: String
    ) throws(APIFailure) {
        guard let value, let values = Constraints(for: .elbv2).values(of: type),
            !values.contains(value)
        else { return }
        throw .outsideEnum(value, at: member, of: type)
    }

    static func checkRange(
        _ value: Int?, _ range: ClosedRange<Int>, at member: String
    ) throws(APIFailure) {
        guard let value else { return }
        if value < range.lowerBound {
            throw .outsideModel(
                "\(value)", at: member, "have value greater than or equal to \(range.lowerBound)")
        }
        if value > range.upperBound {
            throw .outsideModel(
                "\(value)", at: member, "have value less than or equal to \(range.upperBound)")
        }
    }
}
