import Testing

@testable import Cloud

@Suite struct WildcardPatternTests {
    static let cases: [(pattern: String, text: String, matches: Bool)] = [
        ("", "", true), ("", "a", false), ("a", "a", true), ("a", "ab", false),
        ("*", "", true), ("*", "any", true), ("a*", "a", true), ("a*", "ba", false),
        ("*a", "bba", true), ("a*a", "a", false), ("a*a", "aa", true), ("a*b*c", "axxbyyc", true),
        ("a*b*c", "acb", false), ("*b*", "abc", true), ("*b*b*", "ab", false),
        ("**", "x", true), ("*ab*ab", "abab", true), ("*ab*ab", "aab", false),
    ]

    @Test(arguments: cases)
    func aStarStandsForAnyText(_ c: (pattern: String, text: String, matches: Bool)) {
        #expect(WildcardPattern(c.pattern).matches(c.text) == c.matches)
    }
}
