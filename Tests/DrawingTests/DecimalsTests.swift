import Testing

@testable import Drawing

struct DecimalsTests {
    static let cases: [(Double, Int, String)] = [
        (0, 2, "0"), (-0.0, 2, "0"), (1, 2, "1"), (1.5, 2, "1.5"),
        (0.125, 2, "0.13"), (-0.125, 2, "-0.13"), (-0.001, 2, "0"), (12.3456, 3, "12.346"),
        (0.05, 1, "0.1"), (999.999, 2, "1000"), (0.000_001, 6, "0.000001"), (2.5, 0, "3"),
    ]

    @Test(arguments: cases) func roundsHalfAwayFromZero(_ c: (Double, Int, String)) {
        #expect(c.0.decimals(c.1) == c.2)
    }

    @Test func keepsZerosWhenFixed() {
        #expect(3.0.decimals(1, fixed: true) == "3.0")
        #expect(0.04.decimals(2, fixed: true, mark: ",") == "0,04")
    }
}
