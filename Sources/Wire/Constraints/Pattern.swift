/// A regular expression of a service model, in the part of Java's language that the models use.
///
/// It matches a text as a whole, in time that grows with the length of the text times the length of
/// the pattern and never faster: it follows all ways through the pattern at once, one character
/// after the other. So no text can keep the server busy, which backtracking could not promise.
struct Pattern: Sendable {
    private var program: [Instruction]
    /// What must not match at the start of the text, from `(?!...)` before the rest.
    private var refused: [Instruction]

    enum Instruction: Sendable {
        case one(ScalarSet)
        case split(Int, Int)
        case jump(Int)
        case start, end
        case accept
    }

    /// - Returns: `nil` if the pattern contains something that is not understood here, or if its
    ///   repetitions would make it very long. A test reads every pattern of the models.
    init?(_ text: String) {
        var parser = PatternParser(text)
        guard let parts = parser.pattern() else { return nil }
        program = []
        refused = []
        guard Self.append(parts.body, to: &program), Self.append(parts.refused, to: &refused)
        else { return nil }
        program.append(.accept)
        if !refused.isEmpty { refused.append(.accept) }
    }

    func matches(_ text: String) -> Bool {
        let scalars = text.unicodeScalars
        if !refused.isEmpty, Self.run(refused, on: scalars, anywhere: true) { return false }
        return Self.run(program, on: scalars, anywhere: false)
    }
}

// MARK: - Matching

extension Pattern {
    /// - Parameter anywhere: Whether the match may end before the text does.
    private static func run(
        _ program: [Instruction], on text: String.UnicodeScalarView, anywhere: Bool
    ) -> Bool {
        var states = States(count: program.count)
        var next = States(count: program.count)
        states.add(0, of: program, atStart: true, atEnd: text.isEmpty)
        var position = text.startIndex
        while position < text.endIndex {
            if anywhere, states.hasAccepted { return true }
            let scalar = text[position]
            text.formIndex(after: &position)
            let atEnd = position == text.endIndex
            next.removeAll()
            for state in states.list {
                if case .one(let set) = program[state], set.contains(scalar) {
                    next.add(state + 1, of: program, atStart: false, atEnd: atEnd)
                }
            }
            swap(&states, &next)
            if states.list.isEmpty, !states.hasAccepted { return false }
        }
        return states.hasAccepted
    }

    /// The instructions that wait for the next character.
    private struct States {
        private(set) var list: [Int] = []
        private(set) var hasAccepted = false
        /// The round in which an instruction was last added.
        private var seen: [Int]
        private var round = 1
        private var pending: [Int] = []

        init(count: Int) { seen = [Int](repeating: 0, count: count) }

        mutating func removeAll() {
            list.removeAll(keepingCapacity: true)
            hasAccepted = false
            round += 1
        }

        mutating func add(_ first: Int, of program: [Instruction], atStart: Bool, atEnd: Bool) {
            pending.append(first)
            while let state = pending.popLast() {
                guard seen[state] != round else { continue }
                seen[state] = round
                switch program[state] {
                case .one: list.append(state)
                case .split(let one, let other):
                    pending.append(other)
                    pending.append(one)
                case .jump(let target): pending.append(target)
                case .start: if atStart { pending.append(state + 1) }
                case .end: if atEnd { pending.append(state + 1) }
                case .accept: hasAccepted = true
                }
            }
        }
    }
}

// MARK: - Building

extension Pattern {
    private static let maximumLength = 4000

    /// - Returns: Whether there was room.
    private static func append(_ node: PatternNode?, to program: inout [Instruction]) -> Bool {
        guard let node else { return true }
        switch node {
        case .one(let set): program.append(.one(set))
        case .start: program.append(.start)
        case .end: program.append(.end)
        case .sequence(let nodes):
            for node in nodes { guard append(node, to: &program) else { return false } }
        case .either(let nodes):
            var jumps: [Int] = []
            for (index, node) in nodes.enumerated() {
                let split = program.count
                if index < nodes.count - 1 { program.append(.split(split + 1, 0)) }
                guard append(node, to: &program) else { return false }
                if index < nodes.count - 1 {
                    jumps.append(program.count)
                    program.append(.jump(0))
                    program[split] = .split(split + 1, program.count)
                }
            }
            for jump in jumps { program[jump] = .jump(program.count) }
        case .repeated(let node, let least, let most):
            for _ in 0..<least { guard append(node, to: &program) else { return false } }
            guard let most else { return appendLoop(node, to: &program) }
            var splits: [Int] = []
            for _ in least..<max(most, least) {
                splits.append(program.count)
                program.append(.split(0, 0))
                guard append(node, to: &program) else { return false }
            }
            for split in splits { program[split] = .split(split + 1, program.count) }
        }
        return program.count < maximumLength
    }

    private static func appendLoop(_ node: PatternNode, to program: inout [Instruction]) -> Bool {
        let split = program.count
        program.append(.split(0, 0))
        guard append(node, to: &program) else { return false }
        program.append(.jump(split))
        program[split] = .split(split + 1, program.count)
        return program.count < maximumLength
    }
}
