import Testing

/// A rule about the repository, with samples that show that it can be broken.
struct Check: Sendable, CustomTestStringConvertible {
    /// The rule, as a sentence.
    let testDescription: String
    let problems: @Sendable (Repository) -> [Problem]
    let samples: [Sample]

    /// - Parameter samples: At least one in which the check finds something.
    init(
        _ rule: String, samples: [Sample],
        problems: @escaping @Sendable (Repository) -> [Problem]
    ) {
        testDescription = rule
        self.samples = samples
        self.problems = problems
    }

    /// A rule that concerns each file for itself.
    init(
        _ rule: String, samples: [Sample],
        inEach problems: @escaping @Sendable (TextFile) -> [Problem]
    ) {
        self.init(rule, samples: samples) { $0.files.flatMap(problems) }
    }

    /// A pattern that the code, or the whole text, of some files must not match.
    ///
    /// - Parameter what: Goes on after the place of the match; `%` stands for the first group.
    init(
        _ rule: String, never pattern: String, what: String, wholeText: Bool = false,
        in concerns: @escaping @Sendable (TextFile) -> Bool, samples: [Sample]
    ) {
        self.init(rule, samples: samples) { (file: TextFile) in
            guard concerns(file) else { return [] }
            return (wholeText ? file.text : file.code).matches(pattern).map {
                let found = $0.groups[$0.groups.count > 1 ? 1 : 0]
                return file.problem(at: $0.line, what.replacing("%", with: found))
            }
        }
    }

    static let all = layout + services + determinism + size + text
}

/// A repository of a few files, made up, and the places at which a check finds something in it.
struct Sample: Sendable {
    let repository: Repository
    /// Each as `"path:line"`; none if all is well.
    let found: [String]

    init(_ files: TextFile..., finds found: String...) {
        repository = Repository(files)
        self.found = found
    }
}
