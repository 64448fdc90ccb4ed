import Cloud
import Simulation

/// A resource as people see it: a name and a list of facts.
struct Portrait {
    let kind: Differences.Kind
    /// As people read it.
    let name: String
    /// What it is known by, if that is not its name.
    let id: String
    /// When it was made, where that is known: another of the same name is another resource.
    var madeAt: Instant?
    /// The resource along with which it was made, if nobody asked for it: it comes and goes
    /// without a word.
    var madeAlongWith: String?
    /// What a new one is compared with, by id: the revision before it.
    var basis: String?
    private(set) var facts: [Fact] = []

    struct Fact {
        let name: String
        let value: String
        /// One of several with this name, such as a rule: it is there or not.
        var isOneOfMany = false
        /// A document, which is compared and not shown.
        var isLong = false
    }

    init(
        _ kind: Differences.Kind, _ name: String, id: String? = nil, madeAt: Instant? = nil,
        madeAlongWith: String? = nil
    ) {
        self.kind = kind
        self.name = name
        self.id = id ?? name
        self.madeAt = madeAt
        self.madeAlongWith = madeAlongWith
    }

    mutating func add(_ name: String, _ value: String?) {
        guard let value, !value.isEmpty else { return }
        facts.append(Fact(name: name, value: value))
    }

    mutating func add(_ name: String, _ value: Int?) { add(name, value.map { String($0) }) }

    mutating func add(_ name: String, _ value: Bool) { add(name, value ? "true" : "false") }

    /// A length of time in whole seconds, as AWS writes it.
    mutating func add(_ name: String, _ value: Duration?) { add(name, value?.decimalSeconds) }

    /// A list, in any order.
    mutating func add(_ name: String, all values: [String]) {
        add(name, values.sorted().joined(separator: ", "))
    }

    mutating func add(document name: String, _ text: String?) {
        guard let text else { return }
        facts.append(Fact(name: name, value: text, isLong: true))
    }

    mutating func add(oneOf name: String, _ value: String) {
        facts.append(Fact(name: name, value: value, isOneOfMany: true))
    }

    mutating func add(tags: [ResourceTag]) {
        for tag in tags where tag.key != "Name" { add("tag \(tag.key)", tag.value) }
    }
}

extension Portrait {
    private struct Key: Hashable {
        let kind: Differences.Kind
        let id: String
    }

    private var key: Key { Key(kind: kind, id: id) }

    /// What has come, gone and changed. What there is now comes in its own order, and what is gone
    /// after it, kind by kind.
    static func changes(
        from before: [Portrait], to after: [Portrait]
    ) -> [Differences.Thing] {
        let old = Dictionary(before.map { ($0.key, $0) }) { first, _ in first }
        let new = Dictionary(after.map { ($0.key, $0) }) { first, _ in first }
        // Another one of the same name is another one.
        func isNew(_ portrait: Portrait) -> Bool {
            old[portrait.key].map { $0.madeAt != portrait.madeAt } ?? true
        }
        func isGone(_ portrait: Portrait) -> Bool {
            new[portrait.key].map { $0.madeAt != portrait.madeAt } ?? true
        }
        let owners = Set(after.filter(isNew).map(\.id) + before.filter(isGone).map(\.id))
        func isSilent(_ portrait: Portrait) -> Bool {
            portrait.madeAlongWith.map { owners.contains($0) } ?? false
        }

        var things: [Differences.Thing] = []
        for portrait in after {
            if isNew(portrait) {
                if !isSilent(portrait) { things.append(portrait.arrival(in: new)) }
                continue
            }
            let fields = portrait.fields(since: old[portrait.key]!)
            if fields.isEmpty { continue }
            things.append(
                .init(kind: portrait.kind, name: portrait.name, fate: .changed, fields: fields))
        }
        for portrait in before where isGone(portrait) && !isSilent(portrait) {
            things.append(.init(kind: portrait.kind, name: portrait.name, fate: .removed))
        }
        return sorted(things)
    }

    static func sorted(_ things: [Differences.Thing]) -> [Differences.Thing] {
        Differences.Kind.allCases.flatMap { kind in things.filter { $0.kind == kind } }
    }

    private func arrival(in all: [Key: Portrait]) -> Differences.Thing {
        let like = basis.flatMap { all[Key(kind: kind, id: $0)] }
        return .init(
            kind: kind, name: name, fate: .added,
            fields: fields(since: like ?? Portrait(kind, name)))
    }

    private func fields(since old: Portrait) -> [Differences.Field] {
        var fields: [Differences.Field] = []
        let (was, now) = (old.facts.filter { !$0.isOneOfMany }, facts.filter { !$0.isOneOfMany })
        for fact in now {
            let before = was.first { $0.name == fact.name }
            if before?.value == fact.value { continue }
            fields.append(
                .init(
                    name: fact.name, from: before?.shown,
                    to: before != nil && fact.isLong ? "replaced" : fact.shown))
        }
        for fact in was where !now.contains(where: { $0.name == fact.name }) {
            fields.append(.init(name: fact.name, from: fact.shown, to: nil))
        }
        var left = old.facts.filter(\.isOneOfMany)
        var new: [Fact] = []
        for fact in facts where fact.isOneOfMany {
            if let known = left.firstIndex(where: {
                $0.name == fact.name && $0.value == fact.value
            }) {
                left.remove(at: known)
            } else {
                new.append(fact)
            }
        }
        fields += left.map { .init(name: $0.name, from: $0.value, to: nil) }
        fields += new.map { .init(name: $0.name, from: nil, to: $0.value) }
        return fields
    }
}

extension Portrait.Fact {
    fileprivate var shown: String { isLong ? "set" : value }
}
