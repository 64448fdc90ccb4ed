import Cloud
import CloudAPI
import Foundation
import Server

extension DockerStandIn {
    // MARK: building

    private static let buildOptions = [
        "tag/t", "file/f", "build-arg", "label", "target", "platform", "cache-from", "cache-to",
        "progress", "network", "secret", "ssh", "provenance", "sbom", "output/o", "builder",
        "iidfile", "add-host", "memory/m", "shm-size", "ulimit", "metadata-file",
    ]
    private static let buildFlags = [
        "no-cache", "pull", "quiet/q", "push", "load", "rm", "force-rm", "squash", "compress",
    ]

    func build(_ words: [String]) throws {
        let options = try DockerOptions(
            words, of: "build", valued: Self.buildOptions, flags: Self.buildFlags)
        guard options.rest.count == 1, let folder = options.rest.first else {
            throw DockerRefusal("\"docker build\" requires exactly 1 argument.")
        }
        var arguments: [String: String] = [:]
        for text in options.all("build-arg") {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            arguments[String(parts[0])] =
                parts.count == 2
                ? String(parts[1]) : ProcessInfo.processInfo.environment[String(parts[0])]
        }
        let image = try build(
            folder, file: options["file"], arguments: arguments,
            labels: options.all("label").flatMap { DockerWords.pairs($0) },
            target: options["target"], platform: options["platform"], names: options.all("tag"))
        if let file = options["iidfile"] { try Stage.write(image.id, to: file) }
        if options.has("quiet") { print(image.id) }
        if options.has("push") { for name in options.all("tag") { try push([name]) } }
    }

    /// - Parameter file: Of the Dockerfile; `nil`: the one in the folder. `-` is the standard
    ///   input.
    @discardableResult
    func build(
        _ folder: String, file: String?, arguments: [String: String],
        labels: [(key: String, value: String)] = [], target: String? = nil,
        platform: String? = nil, names: [String]
    ) throws -> DockerImage {
        guard !folder.contains("://"), !folder.hasPrefix("git@") else {
            throw DockerRefusal(
                "Drydock's docker stand-in builds from folders of this machine, not from "
                    + "\(folder).")
        }
        let text = try dockerfile(folder, file)
        let context: any BuildContext = folder == "-" ? EmptyContext() : FolderContext(folder)
        let state = store.read()
        var maker = ImageMaker(context: context) { name in
            state.image(name).map { state.images[$0] }
        }
        maker.arguments = arguments
        maker.labels = labels
        maker.target = target
        if platform?.contains("arm64") == true { maker.architecture = "arm64" }
        let dockerfile = try Dockerfile(text)
        let stage = try maker.make(dockerfile)
        let image = DockerImage(stage)
        do {
            _ = try image.profile()
        } catch {
            throw DockerRefusal("ERROR: \(error)")
        }
        try store.keep(stage.archives)
        try store.change { state in
            if names.isEmpty, state.image(image.id) == nil { state.images.append(image) }
            for name in names { state.tag(image, as: name) }
        }
        var lines = dockerfile.instructions.enumerated().map {
            "#\($0 + 1) [\($0 + 1)/\(dockerfile.instructions.count)] \($1.keyword) \($1.text)"
        }
        lines.append("writing image \(image.id) (Drydock's stand-in ran none of this)")
        lines += names.map { "naming to \(DockerImage.full($0))" }
        tell(lines.joined(separator: "\n"))
        return image
    }

    private func dockerfile(_ folder: String, _ file: String?) throws -> String {
        if folder == "-" || file == "-" {
            return String(
                decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self)
        }
        let path = file ?? "\(folder)/Dockerfile"
        guard let data = FileManager.default.contents(atPath: path) else {
            throw DockerRefusal(
                "ERROR: failed to solve: failed to read dockerfile: open \(path): no such file or "
                    + "directory")
        }
        return String(decoding: data, as: UTF8.self)
    }

    func tell(_ text: String) {
        FileHandle.standardError.write(Data((text + "\n").utf8))
    }

    // MARK: names

    func tag(_ words: [String]) throws {
        guard words.count == 2 else {
            throw DockerRefusal("\"docker tag\" requires exactly 2 arguments.")
        }
        try store.change { state in
            guard let found = state.image(words[0]) else {
                throw DockerRefusal(
                    "Error response from daemon: No such image: \(DockerImage.full(words[0]))")
            }
            state.tag(state.images[found], as: words[1])
        }
    }

    func removeImages(_ words: [String]) throws {
        let options = try DockerOptions(
            words, of: "rmi", valued: [], flags: ["force/f", "no-prune"])
        for name in options.rest {
            try store.change { state in
                guard let found = state.image(name) else {
                    if options.has("force") { return }
                    throw DockerRefusal("Error response from daemon: No such image: \(name)")
                }
                let full = DockerImage.full(name)
                let isName = state.images[found].names.contains(full)
                if isName { state.images[found].names.removeAll { $0 == full } }
                print(isName ? "Untagged: \(full)" : "Deleted: \(state.images[found].id)")
                if state.images[found].names.isEmpty || !isName { state.images.remove(at: found) }
            }
        }
    }

    func images(_ words: [String]) throws {
        let options = try DockerOptions(
            words, of: "images", valued: ["format", "filter/f"],
            flags: ["quiet/q", "all/a", "no-trunc", "digests"])
        guard options["filter"] == nil else { throw DockerRefusal.lacks("images --filter") }
        if options["format"] == nil, !options.has("quiet") {
            print("REPOSITORY\tTAG\tIMAGE ID\tCREATED\tSIZE")
        }
        for image in store.read().images {
            for name in image.names.isEmpty ? ["<none>:<none>"] : image.names {
                let colon = name.lastIndex(of: ":")!
                let (repository, tag) = (name[..<colon], name[name.index(after: colon)...])
                if let wanted = options.rest.first, wanted != repository, wanted != name {
                    continue
                }
                let id = options.has("no-trunc") ? image.id : image.shortID
                let fields: [(String, String)] = [
                    ("Repository", String(repository)), ("Tag", String(tag)), ("ID", id),
                    ("CreatedSince", "just now"), ("Size", "\(image.sizeBytes >> 20)MB"),
                ]
                try printRow(fields, id: id, options)
            }
        }
    }

    // MARK: the registry

    func login(_ words: [String]) throws {
        let options = try DockerOptions(
            words, of: "login", valued: ["username/u", "password/p"], flags: ["password-stdin"])
        let host = Self.host(options.rest.first ?? "docker.io")
        guard Self.isECR(host) else { throw Self.foreign(host) }
        var password = options["password"] ?? ""
        if options.has("password-stdin") {
            password = String(
                decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self)
            while password.last?.isNewline == true { password.removeLast() }
        }
        guard !password.isEmpty else { throw DockerRefusal("Error: Password Required") }
        var answer = try client.ask(DockerCall(.login, registry: host, password: password))
        if options["username"] != "AWS" {
            answer.problem =
                "Error response from daemon: login attempt to https://\(host)/v2/ failed with "
                + "status: 400 Bad Request"
        }
        if let problem = answer.problem { throw DockerRefusal(problem) }
        try store.change { $0.logins[host] = password }
        print("Login Succeeded")
    }

    func logout(_ words: [String]) throws {
        let host = Self.host(words.first ?? "docker.io")
        try store.change { $0.logins[host] = nil }
        print("Removing login credentials for \(host)")
    }

    func push(_ words: [String]) throws {
        let options = try DockerOptions(
            words, of: "push", valued: ["platform"],
            flags: ["all-tags/a", "quiet/q", "disable-content-trust"])
        guard options.rest.count == 1, let wanted = options.rest.first else {
            throw DockerRefusal("\"docker push\" requires exactly 1 argument.")
        }
        let state = store.read()
        let names =
            options.has("all-tags")
            ? state.images.flatMap(\.names).filter { $0.hasPrefix(wanted + ":") }
            : [DockerImage.full(wanted)]
        for name in names {
            let reference = ImageReference(name)
            guard case .ecr = reference.registry else { throw Self.foreign(reference.host) }
            print("The push refers to repository [\(reference.host)/\(reference.repository)]")
            guard let found = state.image(name) else {
                throw DockerRefusal("An image does not exist locally with the tag: \(name)")
            }
            let image = state.images[found]
            var call = DockerCall(
                .push, registry: reference.host, password: try password(reference.host, state))
            call.repository = reference.repository
            call.tag = reference.tag
            call.image = image.pushed
            let answer = try client.ask(call)
            if let problem = answer.problem { throw DockerRefusal(problem) }
            for digest in answer.missing ?? [] {
                try client.send(try bytes(digest, of: image), as: digest, for: call)
            }
            for layer in image.layers { print("\(layer.digest.dropFirst(7).prefix(12)): Pushed") }
            let digest = answer.digest ?? ""
            print(
                "\(reference.tag ?? ""): digest: \(digest) size: "
                    + "\(image.pushed.manifest.utf8.count)")
            try note(digest, of: name, image)
        }
    }

    /// Of a layer, or of the image's configuration.
    private func bytes(_ digest: String, of image: DockerImage) throws -> Data {
        digest == image.id ? Data(image.pushed.configuration.utf8) : try store.archive(digest)
    }

    private func note(_ digest: String, of name: String, _ image: DockerImage) throws {
        let reference = ImageReference(name)
        let full = "\(reference.host)/\(reference.repository)@\(digest)"
        try store.change { state in
            guard let found = state.images.firstIndex(where: { $0.id == image.id }) else { return }
            if !state.images[found].digests.contains(full) {
                state.images[found].digests.append(full)
            }
        }
    }

    func pull(_ words: [String]) throws {
        let options = try DockerOptions(
            words, of: "pull", valued: ["platform"], flags: ["quiet/q", "all-tags/a"])
        for wanted in options.rest {
            let name = DockerImage.full(wanted)
            let reference = ImageReference(name)
            guard case .ecr = reference.registry else {
                tell("Drydock fetches nothing: \(name) stands for itself.")
                let stage = DockerStage(named: name)
                try store.keep(stage.archives)
                try store.change { state in
                    if state.image(name) == nil { state.tag(DockerImage(stage), as: name) }
                }
                continue
            }
            let state = store.read()
            var call = DockerCall(
                .pull, registry: reference.host, password: try password(reference.host, state))
            call.repository = reference.repository
            (call.tag, call.digest) = (reference.tag, reference.digest)
            let answer = try client.ask(call)
            if let problem = answer.problem { throw DockerRefusal(problem) }
            let digest = answer.digest ?? ""
            let full = "\(reference.host)/\(reference.repository)@\(digest)"
            let stage = DockerStage(
                pulled: digest, labels: answer.labels ?? [:],
                architecture: answer.architecture ?? "amd64", sizeBytes: answer.sizeBytes ?? 0)
            try store.keep(stage.archives)
            try store.change { state in
                let known = state.images.first { $0.digests.contains(full) }
                var image = known ?? DockerImage(stage)
                if known == nil, let manifest = answer.manifest {
                    image.origin = .init(
                        repository: "\(reference.host)/\(reference.repository)",
                        manifest: manifest)
                }
                if known == nil { image.digests = [full] }
                if reference.digest == nil {
                    state.tag(image, as: name)
                } else if known == nil {
                    state.images.append(image)
                }
            }
            print("Digest: \(digest)\nStatus: Downloaded newer image for \(name)\n\(name)")
        }
    }

    /// Source: ecr.md section 5.2.
    private func password(_ host: String, _ state: DockerState) throws -> String {
        guard let password = state.logins[Self.host(host)] else {
            throw DockerRefusal("no basic auth credentials")
        }
        return password
    }

    /// Scripts also give the scheme and the repository.
    private static func host(_ text: String) -> String {
        var text = text[...]
        for scheme in ["https://", "http://"] where text.hasPrefix(scheme) {
            text = text.dropFirst(scheme.count)
        }
        return String(text.split(separator: "/").first ?? "")
    }

    private static func isECR(_ host: String) -> Bool {
        if case .ecr = ImageReference("\(host)/x").registry { return true }
        return false
    }

    private static func foreign(_ host: String) -> DockerRefusal {
        DockerRefusal(
            "Drydock's docker stand-in knows no registry but ECR, and \(host) is another one: "
                + "nothing leaves this machine.")
    }
}
