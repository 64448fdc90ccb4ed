import CloudAPI
import Testing

@testable import Wire

@Suite struct PatternTests {
    struct Case: CustomTestStringConvertible {
        var pattern: String
        var yes: [String]
        var no: [String]
        var testDescription: String { pattern }

        init(_ pattern: String, yes: [String], no: [String]) {
            (self.pattern, self.yes, self.no) = (pattern, yes, no)
        }
    }

    static let cases = [
        Case(
            "[0-9]{12}", yes: ["123456789012"],
            no: ["", "12345678901", "1234567890123", "12345678901x"]),
        Case(
            "[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*",
            yes: ["a", "web", "team/web", "a--b__c.d/e1", "0"],
            no: ["", "Web", "web/", "/web", "a..b", "a___b", "-a", "a b"]),
        Case("[\\w+=,.@-]+", yes: ["a_B9+=,.@-"], no: ["", "a b", "é", "a/b"]),
        Case("[^:*]*", yes: ["", "a b/é☃"], no: ["a:b", "*"]),
        Case("[^:].*", yes: ["a", "a:b", "é"], no: ["", ":a", "a\nb"]),
        Case(
            "^([0-9]{1,3}.){3}[0-9]{1,3}$", yes: ["10.0.0.1", "1x2x3x4"],
            no: ["10.0.0", "1.2.3.4567"]),
        Case("^(2|4|5)\\d\\d$", yes: ["200", "404", "599"], no: ["300", "20", "2000"]),
        Case(
            "^$|arn:aws[a-z0-9-]*:kms:[a-z0-9-]+:[0-9]{12}:key\\/[a-z0-9-]+",
            yes: ["", "arn:aws:kms:us-east-1:123456789012:key/a-1"], no: ["arn", "key/a"]),
        Case(
            "^(HTTPS?|#\\{protocol\\})$", yes: ["HTTP", "HTTPS", "#{protocol}"],
            no: ["http", "HTTPSS"]),
        Case(
            "[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*", yes: ["", "ñ日本 ٣Ⅷ-@", "a\u{A0}b"],
            no: ["a!", "☃", "\t"]),
        Case("\\p{Print}+", yes: ["a ~!"], no: ["", "é", "\t", "\u{7F}"]),
        Case(
            "(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)", yes: ["/", "/a/b/"],
            no: ["", "a", "/a", "/é/"]),
        Case(
            "[\\u0020-\\uD7FF\\uE000-\\uFFFD\\uD800\\uDC00-\\uDBFF\\uDFFF\\r\\n\\t]*",
            yes: ["", "a é\u{FFFD}🐳\r\n\t"], no: ["\u{1}", "\u{FFFE}"]),
        Case(
            "(?!((^[ ]+.*)|(.*([\\u0000-\\u001f]|[\\u007f-\\u009f]|[:/|])+.*)|(.*[ ]+$))).+",
            yes: ["a", "a b", "é"], no: ["", " a", "a ", "a:b", "a/b", "a\tb", "a\u{7F}"]),
        Case(
            "[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+", yes: ["sha256:0aF", "a-b_c+d.e:1"],
            no: ["sha256:", "a:g", ":1"]),
        Case("a{2,}b?(?:c|)", yes: ["aa", "aaab", "aac", "aaabc"], no: ["a", "aabb", "b"]),
        Case("a|b*|", yes: ["", "a", "bbb"], no: ["aa", "ab"]),
    ]

    @Test(arguments: cases) func matchesAsJavaDoes(_ c: Case) throws {
        let pattern = try #require(Pattern(c.pattern))
        for text in c.yes { #expect(pattern.matches(text), "\(text)") }
        for text in c.no { #expect(!pattern.matches(text), "\(text)") }
    }

    @Test(arguments: APIService.all) func everyPatternOfTheModelsIsUnderstood(service: APIService) {
        let constraints = service.constraints
        for type in constraints.typeNames {
            for member in constraints.members(of: type) {
                guard let pattern = member.pattern else { continue }
                #expect(Pattern(pattern) != nil, "\(type).\(member.name): \(pattern)")
            }
        }
    }

    @Test(arguments: [
        "(", ")", "[", "a{", "a{2", "*", "a{3,2}", "(?=a)", "(?<n>a)", "\\q", "[b-a]", "[]",
        "a{1001}", "(a{1000}){1000}", "\\p{Lu}", "\\u12", "\\uD800", "a++",
    ])
    func aPatternThatIsNotUnderstoodIsNone(text: String) {
        #expect(Pattern(text) == nil)
    }

    /// What makes a backtracking matcher try two to the power of thousands of ways.
    @Test func aTextThatAlmostMatchesTakesNoLongerThanAnother() throws {
        let text = String(repeating: "a", count: 20_000) + "!"
        #expect(try !#require(Pattern("(a+)+")).matches(text))
        #expect(try !#require(Pattern("([a-z0-9]+(-+[a-z0-9]+)*)*")).matches(text))
    }
}
