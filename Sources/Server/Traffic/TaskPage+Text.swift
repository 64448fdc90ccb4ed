import Reports

extension TaskPage {
    /// For programs.
    var json: String {
        func text(_ value: String?) -> JSON { value.map(JSON.string) ?? .null }
        return JSON.object([
            "version": text(version), "imageDigest": text(digest), "task": .string(task),
            "privateAddress": text(address), "availabilityZone": text(zone),
            "service": text(service), "taskDefinition": .string(revision), "body": text(body),
            "command": .array(command.map(JSON.string)),
        ]).text()
    }

    /// For people: a page as the app of the exercise shows one, with what its image says in place
    /// of the usual sentence, and below it who has answered.
    var html: String {
        let name = version.map { "version \($0)" } ?? digest.map { String($0.prefix(19)) }
        let title = "Architecture Ref. Card"
        let rows = [
            ("Version", version), ("Image digest", digest), ("Task", task),
            ("Private address", address), ("Availability zone", zone), ("Service", service),
            ("Task definition", revision),
            ("Command", command.isEmpty ? nil : command.joined(separator: " ")),
        ].compactMap { label, value in
            value.map { "      <tr><th>\(label)</th><td>\(Self.escaped($0))</td></tr>" }
        }
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
              <meta charset="utf-8">
              <title>\(title), \(Self.escaped(name ?? "unknown version"))</title>
              <style>
                body { font-family: sans-serif; margin: 3rem auto; max-width: 46rem; }
                th { padding-right: 1rem; text-align: left; }
                td { font-family: monospace; overflow-wrap: anywhere; }
              </style>
            </head>
            <body>
              <h1>\(title)</h1>
              <p>\(Self.escaped(body ?? "This is \(name ?? "an unknown version")."))</p>
              <table>
            \(rows.joined(separator: "\n"))
              </table>
            </body>
            </html>

            """
    }

    private static func escaped(_ text: String) -> String {
        var out = ""
        for character in text {
            switch character {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            default: out.append(character)
            }
        }
        return out
    }
}
