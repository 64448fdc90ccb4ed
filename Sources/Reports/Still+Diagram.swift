import Drawing
import Experiments

extension Still {
    /// The parts of the service, or the network around it, as they are at this instant.
    public func diagram(network: Bool = false, in language: Language = .english) -> Diagram {
        let caption = language.words.caption(scenario.name, at: at)
        return network
            ? networkPicture.diagram(caption, in: language) : picture.diagram(caption, in: language)
    }
}

extension Diagram {
    /// The diagram for a terminal, below its title. Ends with a line break.
    public func text(_ options: TextOptions = TextOptions()) -> String {
        var page = TextPage(options: options)
        page.heading(title, rule: "═")
        page.lines.append("")
        page.lines += textLines(
            width: page.width, ascii: options.ascii, colour: options.colour,
            again: options.language.words.seeAbove)
        return page.lines.map { $0 + "\n" }.joined()
    }

    /// The diagram as a file of its own. Ends with a line break.
    public func svgFile() -> String { svg().rendered() }
}
