import Experiments
import Foundation

/// The terminal, if there is one: how wide it is, and a line of progress that comes and goes.
struct Console {
    private let errorIsTerminal = isatty(2) == 1
    private let outputIsTerminal = isatty(1) == 1

    /// Columns: the terminal's, or 100.
    var width: Int {
        var size = winsize()
        guard outputIsTerminal, ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col >= 60 else {
            return 100
        }
        return min(Int(size.ws_col), 160)
    }

    /// Colour is for terminals, unless NO_COLOR says otherwise (no-color.org).
    var hasColour: Bool {
        outputIsTerminal && ProcessInfo.processInfo.environment["NO_COLOR"] == nil
    }

    func tell(_ progress: Experiment.Progress, of scenario: Scenario) {
        let line =
            switch progress {
            case .settingUp: "\(scenario.name): setting up the cloud"
            case .steady(let since): "\(scenario.name): version 1 is steady after \(since)"
            case .step(let number, let count): "\(scenario.name): step \(number) of \(count)"
            case .done(let since): "\(scenario.name): done after \(since)"
            }
        tell(line)
    }

    /// Shows a line of progress in place of the one before.
    func tell(_ line: String) {
        guard errorIsTerminal else { return }
        FileHandle.standardError.write(Data("\r\u{1B}[K\(line)".utf8))
    }

    /// Says something that is no part of what was asked for.
    static func warn(_ sentence: String) {
        FileHandle.standardError.write(Data("\(sentence)\n".utf8))
    }

    func clear() {
        guard errorIsTerminal else { return }
        FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
    }
}
