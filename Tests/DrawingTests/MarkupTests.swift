import Testing

@testable import Drawing

struct MarkupTests {
    @Test func escapesWhatIsMarkup() {
        #expect(Markup.escaped("<a href=\"x\">&'") == "&lt;a href=&quot;x&quot;&gt;&amp;&#39;")
        #expect(Markup.escaped("a\r\nb\tc") == "a&#13;&#10;b&#9;c")
    }

    @Test func replacesWhatNoPageMayHold() {
        #expect(Markup.escaped("\u{0}\u{1B}\u{202E}\u{FFFF}") == "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}")
        #expect(Markup.escaped("ä 任务 🚢") == "ä 任务 🚢")
    }

    @Test func writesElementsBelowEachOtherAndTextWithinTheLine() {
        let list = Markup.Element(
            "ul", ["class": "a\"b"],
            [
                Markup.Element("li", text: "1 < 2"),
                Markup.Element(
                    "li", [:], [.text("x "), .element(Markup.Element("b", text: "y"))]),
                Markup.Element("li", [:], [Markup.Element]()),
            ])
        #expect(
            list.rendered() == """
                <ul class="a&quot;b">
                  <li>1 &lt; 2</li>
                  <li>x <b>y</b></li>
                  <li></li>
                </ul>

                """)
    }

    @Test func closesOnlyShapesThatHoldNothing() {
        let bare = SVG.rect(x: 1.005, y: 2, width: 3, height: 4, class: "bar")
        #expect(bare.rendered() == #"<rect class="bar" x="1" y="2" width="3" height="4"/>"# + "\n")
        let hinted = SVG.rect(x: 0, y: 0, width: 1, height: 1, class: "bar", hint: "<pull>")
        #expect(hinted.rendered().contains("<title>&lt;pull&gt;</title>"))
        #expect(hinted.rendered().hasSuffix("</rect>\n"))
    }
}
