/// What is wrong with a scenario, in one sentence that names the place and the way out.
public struct ScenarioProblem: Error, Hashable, Sendable {
    public enum Place: Hashable, Sendable {
        /// The file as a whole.
        case file
        /// A line of it, counted from 1.
        case line(Int)
        /// A `--set` beside it, as it was given.
        case setting(String)
    }

    /// The scenario's file, as whoever read it named it.
    public let file: String
    public let place: Place
    /// `"desierdCount" is not a key of service. Did you mean "desiredCount"?`
    public let sentence: String

    public init(file: String, place: Place, sentence: String) {
        self.file = file
        self.place = place
        // Parts of it are quoted from the file, which may hold anything; a problem is one line.
        self.sentence = Self.onOneLine(sentence)
    }
}

extension ScenarioProblem {
    private static func onOneLine(_ text: String) -> String {
        var line = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            line.append(scalar.properties.generalCategory == .control ? " " : scalar)
        }
        return String(line)
    }
}

extension ScenarioProblem: CustomStringConvertible {
    /// `refcard-01.yaml, line 14: "desierdCount" is not a key of service. ...`
    public var description: String {
        switch place {
        case .file: "\(file): \(sentence)"
        case .line(let line): "\(file), line \(line): \(sentence)"
        case .setting(let setting): "\(file), --set \(setting): \(sentence)"
        }
    }
}
