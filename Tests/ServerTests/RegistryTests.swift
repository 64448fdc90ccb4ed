import Testing

@testable import Server

@Suite struct RegistryTests {
    static let digest = "sha256:" + String(repeating: "0a", count: 32)

    @Test(arguments: [
        ("/v2", RegistryRoute.base), ("/v2/", .base), ("/v2/_catalog", .catalog),
        ("/v2/a/tags/list", .tags("a")), ("/v2/a/b/c/tags/list", .tags("a/b/c")),
        ("/v2/a/manifests/v1", .manifest("a", reference: "v1")),
        ("/v2/tags/list/manifests/v1", .manifest("tags/list", reference: "v1")),
        ("/v2/a/manifests/sha256%3Aab", .manifest("a", reference: "sha256:ab")),
        ("/v2/a/blobs/sha256:ab", .blob("a", digest: "sha256:ab")),
        ("/v2/a/blobs/uploads/", .uploads("a")), ("/v2/a/blobs/uploads", .uploads("a")),
        ("/v2/a/blobs/uploads/1-2", .upload("a", id: "1-2")),
        ("/v2/blobs/uploads/blobs/uploads/1", .upload("blobs/uploads", id: "1")),
        ("/v2/a/referrers/sha256:ab", .referrers("a", digest: "sha256:ab")),
        ("/v2/../x/manifests/a", .manifest("../x", reference: "a")),
    ])
    func route(path: String, route: RegistryRoute) { #expect(RegistryRoute(path) == route) }

    @Test(arguments: [
        "/", "/v1/", "/v2/a", "/v2/a/b", "/v2/manifests/v1", "/v2/a/tags/v1", "/v2/tags/list",
        "/v2/blobs/uploads/", "/v2/a/%ff/b", "/v3/a/tags/list",
    ])
    func noRoute(path: String) { #expect(RegistryRoute(path) == nil) }

    @Test(arguments: [
        (digest, true), ("sha256:", false), (digest + "0", false), (digest.uppercased(), false),
        ("md5:" + digest.dropFirst(7), false), ("sha256:../" + digest.dropFirst(10), false),
    ])
    func knowsDigests(text: String, isOne: Bool) { #expect(RegistryRoute.isDigest(text) == isOne) }

    @Test(
        arguments: [
            (nil, ByteRange.whole), ("bytes=0-4", .part(0..<5)), ("bytes=5-", .part(5..<10)),
            ("bytes=-3", .part(7..<10)), ("bytes=-30", .part(0..<10)),
            ("bytes=2-99", .part(2..<10)),
            ("bytes=10-", .outside), ("bytes=10-12", .outside), ("bytes=-0", .outside),
            ("bytes=4-2", .whole), ("bytes=0-1,3-4", .whole), ("lines=1-2", .whole),
            ("bytes=a-b", .whole), ("bytes=-", .whole),
        ] as [(String?, ByteRange)])
    func range(header: String?, range: ByteRange) {
        #expect(ByteRange(header, of: 10) == range)
    }

    @Test func readsQueries() {
        let query = RegistryQuery("digest=sha256%3Aab&from=a/b&type=a/b+json&mount=&n")
        #expect(query["digest"] == "sha256:ab")
        #expect(query["from"] == "a/b")
        #expect(query["type"] == "a/b+json")
        #expect(query["mount"] == "")
        #expect(query["n"] == "")
        #expect(query["last"] == nil)
    }

    @Test(arguments: [
        ("123456789012.dkr.ecr.eu-west-1.amazonaws.com", "eu-west-1"),
        ("123456789012.dkr.ecr.eu-west-1.localhost", "eu-west-1"),
        ("localhost", nil), ("12345678901.dkr.ecr.eu-west-1.localhost", nil),
        ("123456789012.dkr.ecr.eu-west-1.example.com", nil),
        ("123456789012.dkr.ecr.eu-west-1.localhost.example.com", nil),
    ])
    func home(host: String, region: String?) {
        let home = RegistryHome(host: host)
        #expect(home?.region == region)
        if region != nil { #expect(home?.account == "123456789012") }
    }

    @Test func profilesOfTagsAndDigestsCountMore() throws {
        let profiles = try ImageProfiles(
            """
            # not ours
            [web]
            boot = 3
            health= 503
            [web:v2]
            boot =5
            version = second
            [web@\(Self.digest)]
            boot=7
            """)
        func boot(_ tags: [String], _ digest: String = "") -> String? {
            profiles.labels(of: "web", tags: tags, digest: digest)["drydock.boot"]
        }
        #expect(boot([]) == "3")
        #expect(boot(["v2"]) == "5")
        #expect(boot(["v2"], Self.digest) == "7")
        let all = profiles.labels(of: "web", tags: ["v2"], digest: "")
        #expect(all["drydock.health"] == "503")
        #expect(all["org.opencontainers.image.version"] == "second")
        #expect(profiles.labels(of: "other", tags: ["v2"], digest: "") == [:])
    }

    @Test(arguments: ["boot = 3", "[web]\nboot", "[web\nboot = 3"])
    func refusesProfiles(text: String) {
        let problem = #expect(throws: ImageProfiles.Problem.self) { try ImageProfiles(text) }
        #expect(problem?.description.hasPrefix("Line ") == true)
    }
}
