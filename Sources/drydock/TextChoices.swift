import ArgumentParser
import Reports

/// How whatever a command prints is to look.
struct TextChoices: ParsableArguments {
    @Option(help: "The language of what is printed: en or de.")
    var language = Language.english

    @Option(help: "How many columns a text may take; the terminal's width if left out.")
    var width: Int?

    @Flag(help: "Draw with ASCII characters only.")
    var ascii = false

    func validate() throws {
        if let width, width < 60 {
            throw ValidationError("--width must be at least 60; leave it out for the terminal's.")
        }
    }

    func options(
        for console: Console, hasColour: Bool? = nil, events: Bool = false
    ) -> TextOptions {
        TextOptions(
            width: width ?? console.width, ascii: ascii, colour: hasColour ?? console.hasColour,
            events: events, language: language)
    }
}

extension Language: ExpressibleByArgument {}
