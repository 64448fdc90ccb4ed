import Experiments
import Foundation

/// A scenario as the command line names it.
struct ScenarioFile {
    let yaml: String
    /// Its name in messages.
    let file: String

    /// - Parameter name: Of a built-in scenario, or of a file.
    init(_ name: String) throws {
        if let known = Scenario.builtIn.first(where: { $0.name == name }) {
            (yaml, file) = (known.yaml, "\(known.name).yaml")
            return
        }
        guard FileManager.default.fileExists(atPath: name) else {
            throw Stop(
                "There is no built-in scenario and no file called \"\(name)\"; "
                    + "drydock run --list names the built-in ones.")
        }
        guard let data = FileManager.default.contents(atPath: name),
            let text = String(data: data, encoding: .utf8)
        else { throw Stop("\(name) cannot be read as UTF-8 text.") }
        (yaml, file) = (text, name)
    }

    func scenario(settings: [String]) throws -> Scenario {
        try orStop { try Scenario(yaml: yaml, file: file, settings: settings) }
    }
}

/// Writes a file of results.
func write(_ text: String, to path: String) throws {
    do {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    } catch {
        throw Stop("\(path) cannot be written: \(error.localizedDescription)")
    }
}
