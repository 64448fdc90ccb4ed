import CloudAPI
import Testing

@testable import Wire

@Suite struct QueryFormTests {
    private func tree(_ text: String, limits: WireLimits = WireLimits()) throws -> WireValue {
        var form = QueryForm()
        try form.add(Array(text.utf8), limits: limits)
        return try form.tree(depth: limits.depth)
    }

    @Test func dotsAreObjectsInsideEachOther() throws {
        let found = try tree(
            "A.member.1.Key=a+b&A.member.1.Value=%C3%A9%26&A.member.2.Key=&B=1%2B1")
        let expected = WireValue.object([
            .init(
                "A",
                .object([
                    .init(
                        "member",
                        .object([
                            .init(
                                "1",
                                .object([
                                    .init("Key", .string("a b")), .init("Value", .string("é&")),
                                ])),
                            .init("2", .object([.init("Key", .string(""))])),
                        ]))
                ])),
            .init("B", .string("1+1")),
        ])
        #expect(found == expected)
    }

    @Test func elementsAreReadByNumberInWhateverOrderTheyCome() throws {
        let call = try call(
            .form("Action=DescribeVpcs&Version=2016-11-15&VpcId.10=c&VpcId.2=b&VpcId.1=a"))
        let operation = try #require(try call.operation { _ in true } as? EC2.DescribeVpcs)
        #expect(operation.vpcIds == ["a", "b", "c"])
    }

    @Test func aListOfNothingIsEmptyAndAnAbsentOneIsAbsent() throws {
        let call = try call(
            .form(
                "Action=ModifyListener&Version=2015-12-01&ListenerArn=a&AlpnPolicy="))
        let operation = try #require(try call.operation { _ in true } as? ELBv2.ModifyListener)
        #expect(operation.alpnPolicy == [] && operation.certificates == nil)
    }

    @Test func ofAParameterGivenTwiceTheLastCounts() throws {
        #expect(try tree("A=1&A=2") == .object([.init("A", .string("2"))]))
    }

    @Test func emptyPairsAreNothing() throws {
        #expect(try tree("&&A&") == .object([.init("A", .string(""))]))
    }

    static let refused: [(String, QueryForm.Failure)] = [
        ("A=%4", .syntax), ("A=%", .syntax), ("%=1", .syntax), ("A=%C3", .syntax),
        ("%FF=1", .syntax),
        ("A=1&A.B=2", .conflict("A.B")), ("A.B=2&A=1", .conflict("A")),
        (String(repeating: "A.", count: 64) + "A=1", .tooDeep),
    ]

    @Test(arguments: refused) func aFormThatMeansNothingIsRefused(
        text: String, failure: QueryForm.Failure
    ) {
        #expect(throws: failure) { try tree(text) }
    }

    @Test func moreParametersThanAllowedAreRefused() {
        var limits = WireLimits()
        limits.parameters = 3
        #expect(throws: QueryForm.Failure.tooManyParameters) { try tree("A&B&C&D", limits: limits) }
    }
}
