import CloudAPI
import Reports

/// What an image says of the program in it: what stands below `config` in its configuration.
struct DockerConfiguration: Codable, Equatable {
    struct Pair: Codable, Equatable {
        var key: String
        var value: String
    }

    var architecture = "amd64"
    var environment: [Pair] = []
    /// By key.
    var labels: [Pair] = []
    /// `"8080/tcp"`.
    var ports: [String] = []
    var command: [String]?
    var entrypoint: [String]?
    var user: String?
    var folder: String?
    var stopSignal: String?
    var healthCheck: [String]?
    var volumes: [String] = []
    private var shell = ["/bin/sh", "-c"]

    init() {}

    /// Obeys an instruction that only changes the configuration.
    mutating func take(_ keyword: String, _ text: String) {
        switch keyword {
        case "LABEL": for pair in DockerWords.pairs(text) { set(label: pair.key, pair.value) }
        case "ENV":
            for pair in DockerWords.pairs(text) {
                environment.removeAll { $0.key == pair.key }
                environment.append(Pair(key: pair.key, value: pair.value))
            }
        case "EXPOSE":
            for port in DockerWords.split(text) {
                let full = port.contains("/") ? port : port + "/tcp"
                if !ports.contains(full) { ports.append(full) }
            }
        case "CMD": command = words(text)
        case "ENTRYPOINT": (entrypoint, command) = (words(text), nil)
        case "SHELL": shell = DockerWords.list(text) ?? shell
        case "USER": user = text
        case "WORKDIR": folder = text.hasPrefix("/") ? text : "\(folder ?? "")/\(text)"
        case "STOPSIGNAL": stopSignal = text
        case "VOLUME": volumes += DockerWords.list(text) ?? DockerWords.split(text)
        case "HEALTHCHECK": healthCheck = check(text)
        default: break
        }
    }

    mutating func set(label key: String, _ value: String) {
        labels.removeAll { $0.key == key }
        labels.append(Pair(key: key, value: value))
        labels.sort { $0.key < $1.key }
    }

    private func words(_ text: String) -> [String] { DockerWords.list(text) ?? shell + [text] }

    private func check(_ text: String) -> [String] {
        guard let start = text.firstRange(of: "CMD") else { return ["NONE"] }
        let command = String(text[start.upperBound...].trimmed)
        return DockerWords.list(command).map { ["CMD"] + $0 } ?? ["CMD-SHELL", command]
    }
}

extension DockerConfiguration {
    /// The configuration as OCI writes it, on one line.
    func json(layers: [String]) -> String {
        JSON.object([
            "architecture": .string(architecture), "config": config,
            // No instant: the same build is the same image.
            "created": .string("1970-01-01T00:00:00Z"), "os": .string("linux"),
            "rootfs": .object([
                "type": .string("layers"), "diff_ids": .array(layers.map(JSON.string)),
            ]),
        ]).line()
    }

    /// What stands below `config`, without what nobody has said.
    var config: JSON {
        func list(_ texts: [String]?) -> JSON? { texts.map { .array($0.map(JSON.string)) } }
        func set(_ names: [String]) -> JSON? {
            names.isEmpty ? nil : .object(names.map { .init(key: $0, value: .object([:])) })
        }
        let members: [(String, JSON?)] = [
            ("Cmd", list(command)), ("Entrypoint", list(entrypoint)),
            (
                "Env",
                environment.isEmpty ? nil : list(environment.map { "\($0.key)=\($0.value)" })
            ),
            ("ExposedPorts", set(ports.sorted())),
            ("Healthcheck", list(healthCheck).map { .object(["Test": $0]) }),
            (
                "Labels",
                labels.isEmpty
                    ? nil
                    : .object(labels.map { .init(key: $0.key, value: .string($0.value)) })
            ),
            ("StopSignal", stopSignal.map(JSON.string)), ("User", user.map(JSON.string)),
            ("Volumes", set(volumes)), ("WorkingDir", folder.map(JSON.string)),
        ]
        return .object(
            members.compactMap { key, value in value.map { .init(key: key, value: $0) } })
    }
}
