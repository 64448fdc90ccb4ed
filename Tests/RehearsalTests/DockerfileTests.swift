import CloudAPI
import Digests
import Foundation
import Testing

@testable import Rehearsal

@Suite struct DockerfileTests {
    /// A context of files that are not there: by their names, with what is in them.
    struct Files: BuildContext {
        var files: [String: String] = [:]
        func files(_ pattern: String) -> [ContextFile]? {
            let found = files.filter { pattern == "." || $0.key == pattern }
            guard !found.isEmpty else { return nil }
            return found.sorted { $0.key < $1.key }.map {
                ContextFile(
                    path: $0.key, isNamed: pattern != ".", content: Data($0.value.utf8),
                    isProgram: $0.value.hasPrefix("#!"))
            }
        }
    }

    static func make(
        _ text: String, files: [String: String] = [:], arguments: [String: String] = [:],
        target: String? = nil
    ) throws -> DockerImage {
        DockerImage(try stage(text, files: files, arguments: arguments, target: target))
    }

    static func stage(
        _ text: String, files: [String: String] = [:], arguments: [String: String] = [:],
        target: String? = nil
    ) throws -> DockerStage {
        var maker = ImageMaker(context: Files(files: files)) { _ in nil }
        maker.arguments = arguments
        maker.target = target
        return try maker.make(try Dockerfile(text))
    }

    @Test func readsInstructions() throws {
        let file = try Dockerfile(
            """
            # syntax=docker/dockerfile:1
            from alpine AS base
            RUN apk add \\
                # a comment between
                curl \\
                jq
            COPY <<END /etc/motd
            hello
            FROM nowhere
            END
            CMD ["a", "b"]
            """)
        #expect(file.instructions.map(\.keyword) == ["FROM", "RUN", "COPY", "CMD"])
        #expect(file.instructions.map(\.line) == [2, 3, 7, 11])
        #expect(file.instructions[1].text == "apk add curl jq")
        #expect(file.instructions[2].text == "<<END /etc/motd\nhello\nFROM nowhere")
    }

    @Test(arguments: [
        ("FORM alpine", "dockerfile parse error on line 1: unknown instruction: FORM"),
        ("RUN true", "it needs a FROM"), ("RUN true\nFROM a", "no build stage"),
        ("FROM a b", "FROM requires either one or three arguments"),
        ("FROM a\nCOPY x /y", "\"/x\": not found"), ("FROM a\nCOPY x", "at least two arguments"),
    ])
    func refuses(text: String, says: String) {
        let problem = #expect(throws: Dockerfile.Problem.self) { try Self.make(text) }
        #expect(problem?.description.contains(says) == true, "\(problem?.description ?? "")")
    }

    @Test func saysWhatTheDockerfileSays() throws {
        let image = try Self.make(
            """
            ARG BASE=node:20
            FROM $BASE AS build
            RUN npm ci
            FROM ${BASE}-alpine
            ARG VERSION=dev
            LABEL org.opencontainers.image.version=${VERSION} drydock.boot="2"
            ENV PORT=8080 MODE="a b"
            WORKDIR /app
            WORKDIR data
            COPY --from=build /src/out /app
            EXPOSE $PORT 9090/udp
            USER node
            HEALTHCHECK --interval=5s CMD curl -f http://localhost/
            ENTRYPOINT ["node"]
            CMD server.js --port $PORT
            """, arguments: ["VERSION": "1.2"])
        let config = try JSONReader.read(Array(image.pushed.configuration.utf8))
        let inner = try #require(config["config"])
        #expect(inner["Labels"]?["org.opencontainers.image.version"] == .string("1.2"))
        #expect(inner["Env"] == .list([.string("PORT=8080"), .string("MODE=a b")]))
        #expect(inner["WorkingDir"] == .string("/app/data"))
        #expect(inner["User"] == .string("node"))
        #expect(inner["Entrypoint"] == .list([.string("node")]))
        #expect(
            inner["Cmd"]
                == .list([.string("/bin/sh"), .string("-c"), .string("server.js --port $PORT")]))
        #expect(
            inner["ExposedPorts"]?["8080/tcp"] != nil && inner["ExposedPorts"]?["9090/udp"] != nil)
        #expect(
            inner["Healthcheck"]?["Test"]
                == .list([.string("CMD-SHELL"), .string("curl -f http://localhost/")]))
        #expect(try image.profile().version == "1.2")
        #expect(image.layers.count == 2)
    }

    @Test func theSameFilesMakeTheSameImage() throws {
        let text = "FROM alpine\nCOPY app.js /\nCMD node app.js"
        let one = try Self.make(text, files: ["app.js": "1"])
        #expect(try Self.make(text, files: ["app.js": "1"]) == one)
        #expect(try Self.make(text, files: ["app.js": "2"]).id != one.id)
        #expect(try Self.make(text + " -v", files: ["app.js": "1"]).id != one.id)
    }

    /// What lies where in the last layer, by its headers.
    static func paths(_ stage: DockerStage) throws -> [String] {
        let last = try #require(stage.layers.last)
        let archive = try #require(stage.archives[last.digest])
        var (paths, place) = ([String](), 0)
        while archive[place] != 0 {
            func text(_ start: Int, _ length: Int) -> String {
                String(
                    decoding: archive[(place + start)..<(place + start + length)]
                        .prefix { $0 != 0 }, as: UTF8.self)
            }
            let size = try #require(Int(text(124, 12), radix: 8))
            #expect(text(257, 6) == "ustar")
            paths.append("\(text(0, 100)) \(text(100, 8)) \(size)")
            place += 512 + (size + 511) / 512 * 512
        }
        #expect(archive.count == place + 1024)
        return paths
    }

    @Test(arguments: [
        ("COPY a /x", ["x 0000644 1"]), ("COPY a /x/", ["x/a 0000644 1"]),
        ("COPY a b/c /x", ["x/a 0000644 1", "x/c 0000755 4"]), ("COPY a .", ["a 0000644 1"]),
        ("WORKDIR /w\nCOPY a b/../x", ["w/x 0000644 1"]),
        ("WORKDIR /w\nCOPY . .", ["w/a 0000644 1", "w/b/c 0000755 4"]),
        ("COPY <<END /x\nhello\nEND", ["x 0000644 6"]),
    ])
    func copiesFiles(text: String, expected: [String]) throws {
        let stage = try Self.stage("FROM scratch\n" + text, files: ["a": "1", "b/c": "#!/x"])
        #expect(try Self.paths(stage) == expected)
    }

    @Test func everyLayerHasTheBytesThatItsDigestIsOf() throws {
        let stage = try Self.stage(
            "FROM alpine\nRUN a\nRUN a\nCOPY f /\nCOPY --from=alpine /bin/sh /bin/sh",
            files: ["f": "1"])
        let image = DockerImage(stage)
        #expect(Set(stage.layers.map(\.digest)).count == 5)
        for layer in stage.layers {
            let archive = try #require(stage.archives[layer.digest])
            #expect(SHA256.digest(of: archive) == layer.digest && archive.count == layer.bytes)
        }
        #expect(try Self.paths(stage).map { $0.hasPrefix("bin/sh ") } == [true])
        #expect(image.sizeBytes == (4 + 8 + 8 + 20) << 20 + stage.layers[3].bytes)
        #expect(image.pushed.manifest.contains("\"size\":\(stage.layers[3].bytes)"))
    }

    @Test func stopsAtTheTarget() throws {
        let text = "FROM a AS one\nLABEL n=1\nFROM one AS two\nLABEL n=2"
        #expect(try Self.make(text, target: "one").configuration.labels.map(\.value) == ["1"])
        #expect(try Self.make(text).configuration.labels.map(\.value) == ["2"])
        #expect(throws: Dockerfile.Problem.self) { try Self.make(text, target: "three") }
    }

    @Test(arguments: [
        ("$A/${B}", "1/2"), ("${C:-x}", "x"), ("${A:-x}", "1"), ("${A:+y}", "y"), ("${C:+y}", ""),
        ("\\$A", "$A"), ("a$", "a$"), ("${E-x}", ""), ("$A_", ""),
    ])
    func expandsNames(text: String, expected: String) {
        #expect(DockerWords.expand(text, ["A": "1", "B": "2", "E": ""]) == expected)
    }

    @Test(arguments: [
        (["-t", "a", "--file=x", "."], ["tag=a", "file=x"], ["."]),
        (["-qt", "a", "."], ["quiet=", "tag=a"], ["."]), (["-ta", "."], ["tag=a"], ["."]),
        (["--quiet", "--", "-x"], ["quiet="], ["-x"]),
    ])
    func readsOptions(words: [String], values: [String], rest: [String]) throws {
        let options = try DockerOptions(
            words, of: "build", valued: ["tag/t", "file/f"], flags: ["quiet/q"])
        #expect(options.values.map { "\($0.name)=\($0.value)" } == values)
        #expect(options.rest == rest)
    }

    @Test func namesAnOptionThatItLacks() {
        let refusal = #expect(throws: DockerRefusal.self) {
            try DockerOptions(["--gpus", "all"], of: "run", valued: [])
        }
        #expect(refusal?.text.contains("the option --gpus of docker run") == true)
    }

    @Test(arguments: [
        ("{{.Id}}", "sha256:1"), ("id={{ .Id }}!", "id=sha256:1!"),
        ("{{index .RepoTags 1}}", "b"), ("{{.Config.Image}}", "web"),
        ("{{json .RepoTags}}", "[\"a\",\"b\"]"), ("{{index .Config \"Image\"}}", "web"),
    ])
    func fillsTemplates(text: String, expected: String) throws {
        let value = try JSONReader.read(
            Array(#"{"Id":"sha256:1","RepoTags":["a","b"],"Config":{"Image":"web"}}"#.utf8))
        #expect(try Template(text: text).fill(value) == expected)
    }

    @Test func refusesOtherTemplates() {
        #expect(throws: DockerRefusal.self) {
            try Template(text: "{{range .A}}x{{end}}").fill(.object([]))
        }
    }

    @Test(arguments: [
        ("a/b.txt", "a/*.txt", true), ("a/b/c.txt", "a/*.txt", false), ("a/b/c", "a/**/c", true),
        ("c", "**/c", true), ("ab", "a?", true), ("abc", "a?", false),
    ])
    func matchesPaths(path: String, pattern: String, expected: Bool) {
        #expect(
            FolderContext.matches(
                path.split(separator: "/")[...], pattern.split(separator: "/")[...])
                == expected)
    }

    @Test(arguments: [
        (
            "https://123456789012.dkr.ecr.eu-west-1.amazonaws.com/web:1", "localhost:5000/web:1"
        ), ("123456789012.dkr.ecr.eu-west-1.amazonaws.com", "localhost:5000"), ("build", "build"),
    ])
    func rewritesRegistries(word: String, expected: String) {
        #expect(RealDocker.rewritten(word, to: "localhost:5000") == expected)
    }

    @Test func knowsWhereTheEngineIs() {
        #expect(RealDocker.remoteHost([:]) == nil)
        #expect(RealDocker.remoteHost(["DOCKER_HOST": "unix:///var/run/docker.sock"]) == nil)
        #expect(RealDocker.remoteHost(["DOCKER_HOST": "tcp://10.0.0.7:2375"]) != nil)
    }
}
