import Cloud
import HTTPTypes
import Simulation
import Testing

@testable import Server

@Suite struct EdgeTests {
    static func target(_ path: String, host: String? = nil) -> RequestTarget? {
        RequestTarget(HTTPRequest(method: .get, scheme: "http", authority: host, path: path))
    }

    @Test func readsWhereARequestGoes() throws {
        let plain = try #require(Self.target("/a/b?c=%20&d", host: "Localhost:4566"))
        #expect(plain.path == "/a/b" && plain.query == "c=%20&d")
        #expect(plain.host == "localhost" && plain.port == 4566 && !plain.isProxied)
        let proxied = try #require(
            Self.target("http://web-1.eu-central-1.elb.amazonaws.com?a=b", host: "other"))
        #expect(proxied.path == "/" && proxied.query == "a=b" && proxied.port == nil)
        #expect(proxied.isProxied && proxied.isLoadBalancer)
        let six = try #require(Self.target("/", host: "[::1]:80"))
        #expect(six.host == "[::1]" && six.port == 80 && six.isThisMachine)
        #expect(Self.target("https://a/") == nil)
        #expect(Self.target("") == nil)
    }

    @Test(arguments: [
        ("localhost", true), ("127.0.0.1", true), ("drydock", true), ("10.0.0.7", true),
        ("host.docker.internal", true), ("evil.example", false), ("127.0.0.1.evil.example", false),
    ])
    func knowsNamesOfItsOwn(host: String, isOurs: Bool) throws {
        #expect(try #require(Self.target("/", host: host)).isNameOfOurs == isOurs)
    }

    @Test func writesTheDateAsHTTPDoes() {
        var date = HTTPDate()
        #expect(date.text(at: 784_111_777_000) == "Sun, 06 Nov 1994 08:49:37 GMT")
        #expect(date.text(at: 784_111_777_999) == "Sun, 06 Nov 1994 08:49:37 GMT")
        #expect(date.text(at: 0) == "Thu, 01 Jan 1970 00:00:00 GMT")
    }

    @Test func namesEachAnswerOnce() {
        let ids = RequestIDs()
        let made = (0..<1000).map { _ in ids.next() }
        #expect(Set(made).count == 1000)
        #expect(made.allSatisfy { $0.utf8.count == 36 })
    }

    @Test func readsCredentials() throws {
        let file = try Credentials(
            """
            # mine
            [default]
            aws_access_key_id = A
            aws_secret_access_key=b=c
            [other]
            aws_secret_access_key = d
            aws_access_key_id = E
            account = 123456789012
            """)
        #expect(file.keys["A"]?.secret == "b=c" && file.keys["A"]?.account == nil)
        #expect(file.keys["E"]?.account == "123456789012")
    }

    @Test(arguments: [
        ("[default]\naws_access_key_id = A", "has no aws_secret_access_key"),
        ("", "has no aws_access_key_id"), ("[a]\nnonsense", "Line 2"),
        ("aws_access_key_id=A\naws_secret_access_key=b\naccount=1", "not twelve digits"),
    ])
    func saysWhatIsWrongWithCredentials(text: String, says: String) {
        let problem = #expect(throws: Credentials.Problem.self) { try Credentials(text) }
        #expect(problem?.description.contains(says) == true)
    }

    @Test func assignsKeysToAccounts() {
        var cloud = Cloud()
        var settings = ServerSettings()
        settings.account = "111111111111"
        var keys = AccessKeys(settings)
        func account(_ key: String?) -> String {
            keys.caller(accessKey: key, region: nil, in: cloud).place.account
        }
        #expect(account("222222222222") == "222222222222")
        #expect(account("AKIAEXAMPLE") == "111111111111")
        #expect(account(nil) == "111111111111")
        #expect(account("22222222222٢") == "111111111111")
        _ = cloud.makeDefaultVpc()
    }
}

@Suite struct ChronicleTests {
    @Test func keepsTheLatestAndTheirNumbers() {
        var chronicle = Chronicle(capacity: 20)
        let live = LiveCloud()
        live.watch = { chronicle.take($0) }
        let vpc = live.cloud.makeDefaultVpc()
        var made = 0
        // Each round opens and closes a path, which is a fact each.
        while chronicle.last < 50 {
            made += 1
            let name = live.cloud.id(vpc)
            let group = try? live.ec2.createSecurityGroup(
                description: "a", groupName: "a\(made)", vpcId: name
            ).groupId
            _ = try? live.ec2.authorizeSecurityGroupIngress(
                cidrIp: "10.0.0.0/8", fromPort: 1, groupId: group, ipProtocol: "tcp", toPort: 1)
            _ = try? live.ec2.deleteSecurityGroup(groupId: group)
            if made > 1000 { break }
        }
        #expect(chronicle.first == chronicle.last - 19)
        let all = chronicle.entries(after: 0, atMost: .max / 2)
        #expect(all.map(\.number) == Array(chronicle.first...chronicle.last))
        #expect(
            chronicle.entries(after: chronicle.last - 3, atMost: 2).map(\.number)
                == [chronicle.last - 2, chronicle.last - 1])
        #expect(chronicle.entries(after: chronicle.last, atMost: 5).isEmpty)
        chronicle.clear()
        #expect(chronicle.entries(after: 0, atMost: 5).isEmpty)
    }
}
