import Foundation
import Testing

@testable import Simulation

@Suite struct ElementaryTests {
    private func error(_ value: Double, _ expected: Double) -> Double {
        value == expected ? 0 : abs(value - expected) / abs(expected)
    }

    @Test func theLogarithmIsRight() {
        var words = Words(seed: 1)
        var worst = 0.0
        for _ in 0..<100_000 {
            let x = Double(bitPattern: words.next() >> 1)
            guard x.isFinite, x > 0 else { continue }
            worst = max(worst, error(Elementary.naturalLogarithm(x), Foundation.log(x)))
            // And near 1, where the result is small.
            let near = 0.5 + Double(words.next() >> 11) * 0x1p-53 * 1.5
            worst = max(worst, error(Elementary.naturalLogarithm(near), Foundation.log(near)))
        }
        #expect(worst < 1e-15)
        #expect(Elementary.naturalLogarithm(0) == -.infinity)
        #expect(Elementary.naturalLogarithm(1) == 0)
        #expect(Elementary.naturalLogarithm(.infinity) == .infinity)
        #expect(Elementary.naturalLogarithm(-1).isNaN)
        #expect(Elementary.naturalLogarithm(.nan).isNaN)
    }

    @Test func theExponentialIsRight() {
        var words = Words(seed: 2)
        var worst = 0.0
        for _ in 0..<100_000 {
            let unit = Double(words.next() >> 11) * 0x1p-53
            for x in [(unit - 0.5) * 1400, unit - 0.5, (unit - 0.5) * 1e-8] {
                worst = max(worst, error(Elementary.exponential(x), Foundation.exp(x)))
            }
        }
        #expect(worst < 1e-15)
        #expect(Elementary.exponential(0) == 1)
        #expect(error(Elementary.exponential(709.7), Foundation.exp(709.7)) < 1e-15)
        #expect(Elementary.exponential(710) == .infinity)
        #expect(Elementary.exponential(-746) == 0)
        #expect(Elementary.exponential(.infinity) == .infinity)
        #expect(Elementary.exponential(-.infinity) == 0)
        #expect(Elementary.exponential(.nan).isNaN)
    }

    @Test func theNormalQuantileTurnsTheDistributionBack() {
        // Below the middle, where the distribution function itself is exact.
        for step in 1...8000 {
            let z = -Double(step) / 1000
            let share = 0.5 * Foundation.erfc(-z / 2.0.squareRoot())
            #expect(error(Elementary.normalQuantile(share), z) < 1e-13)
        }
        #expect(Elementary.normalQuantile(0.5) == 0)
        #expect(Elementary.normalQuantile(0.25) == -Elementary.normalQuantile(0.75))
        #expect(Elementary.normalQuantile(0.001) == -Elementary.normalQuantile(1 - 0.001))
        #expect(Elementary.normalQuantile(0) == -.infinity)
        #expect(Elementary.normalQuantile(1) == .infinity)
        #expect(Elementary.normalQuantile(-1).isNaN)
    }

    /// Recorded once: these must be the same on every machine.
    @Test func theLastBitsAreWhatTheyAlwaysWere() {
        #expect(Elementary.naturalLogarithm(10).bitPattern == 0x4002_6BB1_BBB5_5516)
        #expect(Elementary.exponential(1).bitPattern == 0x4005_BF0A_8B14_576A)
        #expect(Elementary.normalQuantile(0.01).bitPattern == 0xC002_9C5C_4630_FF0E)
    }
}
