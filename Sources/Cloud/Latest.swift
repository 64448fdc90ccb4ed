/// What was made last, and for what. Things of one answer often share a part with the one before:
/// the network of two groups, the task definition of two services.
struct Latest<Key: Equatable, Part> {
    private var kept: (key: Key, part: Part)?

    mutating func callAsFunction(_ key: Key, make: () -> Part) -> Part {
        if let kept, kept.key == key { return kept.part }
        let part = make()
        kept = (key, part)
        return part
    }
}
