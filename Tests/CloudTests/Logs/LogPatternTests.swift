import CloudAPI
import Testing

@testable import Cloud

@Suite struct LogPatternTests {
    static let json =
        #"{"level":"error","code":503,"user":{"name":"ann","ids":[7,8]},"ok":true,"#
        + #""none":null,"a b":"c"}"#
    static let line =
        #"127.0.0.1 - ann [10/Oct/2026:13:25:15 +0100] "GET /index.html HTTP/1.0" 404 1534"#

    static let cases: [(pattern: String, message: String, matches: Bool)] = [
        ("", "anything", true),
        ("   ", "anything", true),
        ("ERROR", "[ERROR 400] no", true),
        ("ERROR", "[error 400] no", false),
        ("ERROR 400", "[ERROR 400] no", true),
        ("ERROR 500", "[ERROR 400] no", false),
        ("?ERROR ?WARN", "WARN disk", true),
        ("?ERROR ?WARN", "INFO disk", false),
        ("ERROR -disk", "ERROR disk", false),
        ("ERROR -disk", "ERROR net", true),
        ("-disk", "net", true),
        ("INFO ?ERROR", "INFO disk", true),
        (#""no space: left""#, "E no space: left on disk", true),
        (#""no space: left""#, "E no space left on disk", false),
        (#"-"a b" c"#, "c a b", false),
        (#""say \"hi\"""#, #"they say "hi""#, true),
        ("%HTTP/1.[01]% -x", "GET HTTP/1.1", true),
        ("%^GET [0-9]+$%", "GET 12x", false),
        (#"{ $.level = "error" }"#, json, true),
        (#"{ $.level = "err*" && $.code >= 500 }"#, json, true),
        (#"{ $.level != "error" || $.code = 503 }"#, json, true),
        (#"{ $.level = "x" || $.ok IS TRUE && $.code < 500 }"#, json, false),
        (#"{ ($.level = "x" || $.ok IS TRUE) && $.code <= 503 }"#, json, true),
        (#"{ $.user.name = ann }"#, json, true),
        (#"{ $.user.ids[1] = 8 }"#, json, true),
        (#"{ $.user.ids[2] = 8 }"#, json, false),
        (#"{ $.code = 50* }"#, json, true),
        (#"{ $.code > 503 }"#, json, false),
        (#"{ $.none IS NULL }"#, json, true),
        (#"{ $.ok IS FALSE }"#, json, false),
        (#"{ $.missing NOT EXISTS }"#, json, true),
        (#"{ $.level NOT EXISTS }"#, json, false),
        (#"{ $.missing = "x" }"#, json, false),
        (#"{ $.['a b'] = "c" }"#, json, true),
        (#"{ $.level = %err.r% }"#, json, true),
        (#"{ $.level = "error" }"#, "level error", false),
        ("[ip, id, user, time, request, status, bytes]", line, true),
        ("[ip, id, user, time, request, status]", line, false),
        ("[ip, ..., status = 4*, bytes]", line, true),
        ("[ip, ..., status = 5*, bytes]", line, false),
        ("[ip, ..., status = 404 || status = 410, bytes > 1000]", line, true),
        ("[ip, ..., status, bytes < 1000]", line, false),
        (#"[ip, id, user != "bob" && user != "eve", ...]"#, line, true),
        ("[..., request = *html*, status, bytes]", line, true),
        ("[...]", "", true),
    ]

    @Test(arguments: cases)
    func aPatternMatches(_ c: (pattern: String, message: String, matches: Bool)) throws {
        #expect(try LogPattern(c.pattern).matches(c.message) == c.matches)
    }

    @Test(arguments: [
        "a.b", "a:b", #""open"#, "%(%", "{ $.a }", "{ a = 1 }", "{ $.a = }", "{ $.a > x }",
        "{ ($.a = 1 }", "{ $.a = 1 && }", "{ $ = 1 }", "{ $.a[ = 1 }", "[a = ]", "[= 1]", "-",
    ])
    func whatIsNoPatternIsRefused(_ text: String) {
        #expect(throws: APIFailure.invalidFilterPattern) { try LogPattern(text) }
    }
}
