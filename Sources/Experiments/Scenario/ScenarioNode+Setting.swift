extension ScenarioNode {
    /// Changes or adds what `--set path=value` says: `service.desiredCount=2`,
    /// `deploy.1.push=v3`, `timing.capacity={always: 5s}`.
    ///
    /// A path is made of keys; the parts of a list are counted from 1. The value is YAML.
    func applying(setting: String, file: String) throws(ScenarioProblem) -> ScenarioNode {
        func problem(_ sentence: String) -> ScenarioProblem {
            ScenarioProblem(file: file, place: .setting(setting), sentence: sentence)
        }
        guard let equals = setting.firstIndex(of: "="), equals > setting.startIndex else {
            throw problem("This is not a setting. Write key=value: service.desiredCount=2.")
        }
        let path = setting[..<equals].split(separator: ".", omittingEmptySubsequences: false)
        guard path.count <= 12, !path.contains("") else {
            throw problem("\"\(setting[..<equals])\" is not a path of keys with dots between them.")
        }
        let text = String(setting[setting.index(after: equals)...])
        let value = try ScenarioNode(yaml: text, file: file, setting: setting)
        var changed = self
        do {
            try changed.set(path[...], to: value, at: .setting(setting), done: "")
        } catch {
            throw problem(error.sentence)
        }
        return changed
    }

    private struct Obstacle: Error {
        var sentence: String
    }

    private mutating func set(
        _ path: ArraySlice<Substring>, to value: ScenarioNode, at place: ScenarioProblem.Place,
        done: String
    ) throws(Obstacle) {
        guard !path.isEmpty else {
            self = value
            return
        }
        switch content {
        case .nothing:
            content = .map([])
            try set(path, to: value, at: place, done: done)
        case .text(let text):
            throw Obstacle(
                sentence: "\(done) is \"\(text.prefix(40))\" and has no keys. "
                    + "Set all of it: \(done)={...}.")
        case .list(var list):
            guard let number = Int(path.first!), list.indices.contains(number - 1) else {
                throw Obstacle(
                    sentence: "\(done) is a list of \(list.count). Count its parts from 1: "
                        + "\(done).1.")
            }
            try list[number - 1].set(
                path.dropFirst(), to: value, at: place, done: "\(done).\(number)")
            content = .list(list)
        case .map(var entries):
            let (key, rest) = Self.key(of: path, in: entries)
            let name = done.isEmpty ? key : "\(done).\(key)"
            if let index = entries.firstIndex(where: { $0.key == key }) {
                try entries[index].value.set(rest, to: value, at: place, done: name)
            } else {
                var added = ScenarioNode(content: .nothing, place: place)
                try added.set(rest, to: value, at: place, done: name)
                entries.append(Entry(key: key, place: place, value: added))
            }
            content = .map(entries)
        }
    }

    /// A key may have dots of its own (`images.1.0.size`): the longest one that is there wins.
    private static func key(
        of path: ArraySlice<Substring>, in entries: [Entry]
    ) -> (key: String, rest: ArraySlice<Substring>) {
        for end in path.indices.reversed() {
            let key = path[...end].joined(separator: ".")
            if entries.contains(where: { $0.key == key }) { return (key, path[(end + 1)...]) }
        }
        return (String(path.first!), path.dropFirst())
    }

    /// The node at a path, or the last one on the way there.
    func nearest(to path: String) -> ScenarioNode {
        var node = self
        var rest = path.split(separator: ".")[...]
        while !rest.isEmpty {
            switch node.content {
            case .map(let entries):
                let (key, after) = Self.key(of: rest, in: entries)
                guard let entry = entries.first(where: { $0.key == key }) else { return node }
                node = entry.value
                node.place = entry.place
                rest = after
            case .list(let list):
                guard let number = Int(rest.first!), list.indices.contains(number - 1) else {
                    return node
                }
                node = list[number - 1]
                rest = rest.dropFirst()
            case .nothing, .text:
                return node
            }
        }
        return node
    }
}
