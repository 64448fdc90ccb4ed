import CloudAPI
import Simulation
import Testing

@testable import Cloud

@Suite struct ImageBuildTests {
    /// Some profile or other, decided by a number.
    static func profile(_ seed: UInt64) -> AppProfile {
        var word = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        func next(_ count: Int) -> Int {
            word ^= word << 13
            word ^= word >> 7
            word ^= word << 17
            return Int(word >> 33) % count
        }
        func time() -> Simulation.Duration {
            switch next(3) {
            case 0: .milliseconds(next(1000))
            case 1: .seconds(next(100))
            default: .init(nanoseconds: Int64(next(1_000_000_000)) * 7)
            }
        }
        var profile = AppProfile()
        profile.version = [nil, "v1", "ä \"quoted\"\n\\", ""][next(4)]
        profile.bootCPUSeconds = Double(next(1_000_000)) / Double(1 + next(1000))
        profile.memoryMebibytes = 1 + next(10_000)
        profile.port = [nil, 1 + next(65_535)][next(2)]
        profile.page = .init(status: 100 + next(500), after: time())
        profile.check = .init(status: 100 + next(500), after: time())
        profile.body = [nil, "", "Hello from \(next(100))\t\u{1}"][next(3)]
        profile.exitsAfterTerm = [nil, time()][next(2)]
        profile.crash = [nil, .init(after: time(), exitCode: next(256))][next(2)]
        return profile
    }

    @Test(arguments: UInt64(0)..<200) func aProfileComesBackFromItsLabels(_ seed: UInt64) throws {
        let profile = Self.profile(seed)
        #expect(try AppProfile(labels: profile.labels) == profile)
    }

    @Test(arguments: UInt64(0)..<50) func aProfileComesBackFromAConfiguration(_ seed: UInt64) throws
    {
        let image = ImageBuild(Self.profile(seed), architecture: "arm64")
        let read = try Registry.ImageConfiguration(json: Array(image.configuration.utf8))
        #expect(read.profile == image.profile)
        #expect(read.architecture == "arm64")
    }

    @Test func labelsAreReadAsPeopleWriteThem() throws {
        let profile = try AppProfile(labels: [
            "org.opencontainers.image.version": "v2", "drydock.boot": "25", "drydock.port": "8080",
            "drydock.memory": "300", "drydock.status": "500 after 2s", "drydock.health": "503",
            "drydock.exit": "never", "drydock.crash": "1 after 0.5s", "maintainer": "someone",
        ])
        #expect(profile.version == "v2")
        #expect(profile.bootCPUSeconds == 25)
        #expect(profile.port == 8080)
        #expect(profile.memoryMebibytes == 300)
        #expect(profile.page == .init(status: 500, after: .seconds(2)))
        #expect(profile.check == .init(status: 503, after: .milliseconds(20)))
        #expect(profile.exitsAfterTerm == nil)
        #expect(profile.crash == .init(after: .milliseconds(500), exitCode: 1))
        #expect(try AppProfile(labels: ["drydock.exit": "3"]).exitsAfterTerm == .seconds(3))
        #expect(try AppProfile(labels: [:]) == AppProfile())
    }

    static let senseless: [(label: String, value: String, sentence: String)] = [
        ("drydock.boot", "soon", "a number of seconds such as 25 or 2.5, not \"soon\"."),
        ("drydock.boot", "-1", "a number of seconds such as 25 or 2.5, not \"-1\"."),
        ("drydock.boot", "1e999", "a number of seconds such as 25 or 2.5, not \"1e999\"."),
        ("drydock.memory", "0", "a whole number of MiB such as 256, not \"0\"."),
        ("drydock.memory", "1GB", "a whole number of MiB such as 256, not \"1GB\"."),
        ("drydock.port", "70000", "a port from 1 to 65535, not \"70000\"."),
        (
            "drydock.status", "OK",
            "an HTTP status such as 200, or one with a time, 200 after 20ms, not \"OK\"."
        ),
        (
            "drydock.health", "200 in 2s",
            "an HTTP status such as 200, or one with a time, 200 after 20ms, not \"200 in 2s\"."
        ),
        ("drydock.exit", "", "a time such as 2s or 500ms, or never, not \"\"."),
        ("drydock.exit", "1.s", "a time such as 2s or 500ms, or never, not \"1.s\"."),
        ("drydock.crash", "1", "an exit code and a time such as 1 after 30s, not \"1\"."),
        (
            "drydock.crash", "300 after 1s",
            "an exit code and a time such as 1 after 30s, not \"300 after 1s\"."
        ),
    ]

    @Test(arguments: senseless)
    func aSenselessLabelIsRefusedInASentence(
        _ bad: (label: String, value: String, sentence: String)
    ) {
        #expect {
            try AppProfile(labels: [bad.label: bad.value])
        } throws: {
            "\($0)" == "The label \(bad.label) should be \(bad.sentence)"
        }
    }

    @Test func aMisspeltLabelIsRefused() {
        #expect {
            try AppProfile(labels: ["drydock.bot": "2"])
        } throws: {
            "\($0)" == "The label drydock.bot is not one that Drydock knows; "
                + "docs/image-labels.md lists them."
        }
    }

    @Test func thePortOfAnImageWithoutLabelsIsTheOneItExposes() throws {
        func port(_ config: String) throws -> Int? {
            let json = #"{"architecture":"arm64","config":\#(config)}"#
            return try Registry.ImageConfiguration(json: Array(json.utf8)).profile.port
        }
        #expect(try port(#"{"ExposedPorts":{"8080/tcp":{}}}"#) == 8080)
        #expect(try port(#"{"ExposedPorts":{"80":{}},"Labels":null}"#) == 80)
        #expect(try port(#"{"ExposedPorts":{"80/tcp":{},"443/tcp":{}}}"#) == nil)
        #expect(try port("null") == nil)
        #expect(try Registry.ImageConfiguration(json: []) == Registry.ImageConfiguration())
    }

    @Test func versionsOfTheSameSizeShareTheirBase() {
        let one = ImageBuild(version: "one", compressedMebibytes: 100)
        let two = ImageBuild(version: "two", compressedMebibytes: 100)
        #expect(one.layers[0] == two.layers[0])
        #expect(one.layers[1].digest != two.layers[1].digest)
        #expect(one.layers.map(\.sizeBytes) == [75 * 1_048_576, 25 * 1_048_576])
        #expect(one.digest != two.digest)
        #expect(one == ImageBuild(version: "one", compressedMebibytes: 100))
        #expect(ImageBuild(compressedMebibytes: 3).layers.map(\.sizeBytes) == [3 * 1_048_576])
    }

    @Test func whatIsPushedIsWhatATaskWillRun() throws {
        let live = LiveCloud()
        try live.ecr.createRepository(repositoryName: "web")
        let image = ImageBuild(Self.profile(7), architecture: "arm64")
        let digest = try live.push(image, to: "web", tag: "v1")
        for text in [
            "000000000000.dkr.ecr.us-east-1.amazonaws.com/web:v1", "localhost:4566/web:v1",
            "localhost/web@\(digest)",
        ] {
            let id = try #require(
                live.cloud.registry.image(ImageReference(text), for: .standard))
            let found = live.cloud.registry.images[id]
            #expect(found.digest == digest)
            #expect(found.configuration.profile == image.profile)
            #expect(found.configuration.architecture == "arm64")
        }
        try expectRefusal("RepositoryNotFoundException", of: live) {
            try live.push(image, to: "nowhere")
        }
    }
}
