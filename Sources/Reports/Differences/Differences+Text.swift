import Drawing
import Experiments
import Simulation

extension Differences {
    /// What has changed, for people at a terminal. Ends with a line break.
    public func text(_ options: TextOptions = TextOptions()) -> String {
        var page = TextPage(options: options)
        page.write(self)
        return page.lines.map { $0 + "\n" }.joined()
    }
}

extension TextPage {
    /// Fields of one resource before some are left out.
    private static let fields = 16

    fileprivate mutating func write(_ differences: Differences) {
        let (from, to) = (differences.from.sinceStart, differences.to.sinceStart)
        heading(words.differencesTitle(language.length(from), language.length(to)), rule: "═")
        paragraph(
            words.calendar(differences.fromCalendar.iso8601, differences.toCalendar.iso8601))
        if differences.places.isEmpty { paragraph(words.nothingChanged) }
        for changes in differences.places {
            heading(words.place(changes.place.account, changes.place.region), rule: "─")
            for thing in changes.things { write(thing) }
        }
    }

    private mutating func write(_ thing: Differences.Thing) {
        let fate = words.fate(thing.fate).map { ": \($0)" } ?? ""
        let title = "\(words.kind(thing.kind)) \(thing.name)\(fate)"
        lines.append("")
        for line in title.printable(ascii: options.ascii).wrapped(to: width) {
            lines.append(TextChart.Ink.strong.colouring(line, options.colour))
        }
        for step in thing.deployments { paragraph(words.story(of: step), margin: 2) }
        for count in thing.tasks { paragraph(words.tasks(count), margin: 2) }
        let shown = thing.fields.prefix(Self.fields)
        for field in shown { paragraph(words.field(field), margin: 2) }
        if shown.count < thing.fields.count {
            paragraph(words.moreFields(thing.fields.count - shown.count), margin: 2)
        }
    }
}
