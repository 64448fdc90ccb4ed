import Foundation
import Yams

extension DockerStandIn {
    /// `docker compose build` and `push`, for the services of a compose file.
    func compose(_ words: [String]) throws {
        let options = try DockerOptions(
            words, of: "compose",
            valued: ["file/f", "project-name/p", "env-file", "project-directory", "build-arg"],
            flags: ["quiet/q", "no-cache", "pull", "push"])
        guard let verb = options.rest.first else { throw DockerRefusal.lacks("compose") }
        let file = try options["file"] ?? Self.composeFile()
        let services = try services(in: file, project: options["project-name"])
        let wanted = Array(options.rest.dropFirst())
        for name in wanted where !services.contains(where: { $0.name == name }) {
            throw DockerRefusal("no such service: \(name)")
        }
        for service in services where wanted.isEmpty || wanted.contains(service.name) {
            switch verb {
            case "build":
                guard let folder = service.folder else { continue }
                try build(
                    folder, file: service.file, arguments: service.arguments,
                    target: service.target, names: [service.image])
                if options.has("push") { try push([service.image]) }
            case "push": if service.isNamed { try push([service.image]) }
            case "config": print(service.name)
            default: throw DockerRefusal.lacks("compose \(verb)")
            }
        }
    }

    private struct Service {
        var name: String
        var image: String
        var isNamed: Bool
        var folder: String?
        var file: String?
        var target: String?
        var arguments: [String: String] = [:]
    }

    private static func composeFile() throws -> String {
        let names = ["compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"]
        guard let found = names.first(where: { FileManager.default.fileExists(atPath: $0) }) else {
            throw DockerRefusal("no configuration file provided: not found", status: 14)
        }
        return found
    }

    private func services(in file: String, project: String?) throws -> [Service] {
        guard let data = FileManager.default.contents(atPath: file) else {
            throw DockerRefusal("open \(file): no such file or directory", status: 14)
        }
        let text = DockerWords.expand(
            String(decoding: data, as: UTF8.self), ProcessInfo.processInfo.environment)
        guard let node = try? Yams.compose(yaml: text), let all = node["services"]?.mapping else {
            throw DockerRefusal("\(file) has no services.", status: 15)
        }
        let home = URL(fileURLWithPath: file).deletingLastPathComponent()
        let project = project ?? home.standardizedFileURL.lastPathComponent.lowercased()
        return all.map { key, value in
            let name = key.string ?? ""
            let image = value["image"]?.string
            var service = Service(
                name: name, image: image ?? "\(project)-\(name)", isNamed: image != nil)
            guard let build = value["build"] else { return service }
            let folder = build.string ?? build["context"]?.string ?? "."
            service.folder = folder.hasPrefix("/") ? folder : home.path + "/" + folder
            service.file = build["dockerfile"]?.string.map { "\(service.folder!)/\($0)" }
            service.target = build["target"]?.string
            for (key, value) in build["args"]?.mapping ?? [:] {
                service.arguments[key.string ?? ""] = value.string ?? ""
            }
            for item in build["args"]?.sequence ?? [] {
                for pair in DockerWords.pairs(item.string ?? "") {
                    service.arguments[pair.key] = pair.value
                }
            }
            return service
        }
    }
}
