import CloudAPI
import Simulation

extension Registry {
    /// When a repository's policy is looked at.
    struct Lifecycle: Sendable, Codable {
        /// Evaluations are whole intervals after this: when the policy was put.
        var startedAt = Instant.start
        /// When the next evaluation is that will do something.
        var dueAt: Instant?
        /// Counts what was planned; a later plan cancels an earlier one.
        var turn: UInt32 = 0
    }
}

extension Registry.LifecyclePolicy {
    /// What a rule does to an image.
    struct Verdict: Hashable, Sendable, Codable {
        var image: ImageID
        var priority: Int
        /// Otherwise it goes to the archive.
        var expires: Bool
    }

    /// What the policy does to a repository at an instant, in the order of the rules and, within a
    /// rule, the oldest image first. Looks, changes nothing.
    ///
    /// Every rule selects its images as if it were alone. A rule of higher priority that matches an
    /// image by its tags keeps those below from it, even if it leaves it alone.
    /// Source: ecr.md sections 11.5 and 11.7.
    func verdicts(
        on repository: RepositoryID, in registry: borrowing Registry, at now: Instant
    ) -> [Verdict] {
        var taken: Set<ImageID> = []
        var verdicts: [Verdict] = []
        for rule in rules {
            let matching = rule.matching(repository, in: registry)
            let chosen = rule.chosen(from: matching, in: registry, at: now)
            for id in chosen where !taken.contains(id) && registry.images[id].parents.isEmpty {
                verdicts.append(.init(image: id, priority: rule.priority, expires: rule.expires))
            }
            taken.formUnion(matching)
        }
        return verdicts
    }

    /// The first instant at which the policy will do something if nothing else changes: `now` if
    /// it would at once, `nil` if it never will.
    func due(
        on repository: RepositoryID, in registry: borrowing Registry, at now: Instant
    ) -> Instant? {
        guard verdicts(on: repository, in: registry, at: now).isEmpty else { return now }
        var taken: Set<ImageID> = []
        var first: Instant?
        for rule in rules {
            let matching = rule.matching(repository, in: registry)
            for id in matching where !taken.contains(id) && registry.images[id].parents.isEmpty {
                guard let due = rule.due(registry.images[id]), due > now else { continue }
                first = min(first ?? due, due)
            }
            taken.formUnion(matching)
        }
        return first
    }
}

extension Registry.LifecyclePolicy.Rule {
    /// The images that the rule's tags and storage class mean, the oldest first.
    fileprivate func matching(
        _ repository: RepositoryID, in registry: borrowing Registry
    ) -> [ImageID] {
        registry.repositories[repository].images.filter {
            (registry.images[$0].storage != .active) == isForArchive
                && matches(registry.images[$0].tags)
        }
    }

    /// Source: ecr.md section 11.5, number 4.
    private func matches(_ tags: [String]) -> Bool {
        switch selection {
        case .any: true
        case .untagged: tags.isEmpty
        case .prefixes(let prefixes):
            prefixes.allSatisfy { prefix in tags.contains { $0.hasPrefix(prefix) } }
        case .patterns(let patterns):
            patterns.map { WildcardPattern($0) }.allSatisfy { tags.contains(where: $0.matches) }
        }
    }

    /// Those of the matching images that the rule acts on.
    fileprivate func chosen(
        from matching: [ImageID], in registry: borrowing Registry, at now: Instant
    ) -> [ImageID] {
        if case .count(let most) = limit { return Array(matching.dropLast(most)) }
        return matching.filter { id in due(registry.images[id]).map { $0 <= now } ?? false }
    }

    /// Longer than anything here lasts is as good as never; a clock has no room for more.
    private static func days(_ count: Int) -> Duration { .hours(24 * min(count, 36_500)) }

    /// When an image is old enough; `nil` if age is not what counts.
    ///
    /// One that was never pulled counts from its push. Source: ecr.md section 11.4.
    fileprivate func due(_ image: Registry.Image) -> Instant? {
        switch limit {
        case .count: nil
        case .daysSincePushed(let days): image.pushedAt + Self.days(days)
        case .daysSincePulled(let days):
            (image.lastPulledAt ?? image.pushedAt) + Self.days(days)
        case .daysSinceTransitioned(let days): image.archivedAt.map { $0 + Self.days(days) }
        }
    }
}

extension Cloud {
    /// Sees to it that the repository's policy is evaluated when it will have something to do, and
    /// not before: a policy that never does anything keeps no event on the timeline.
    ///
    /// - Complexity: O(n) in the images of the repository if it has a policy.
    mutating func planLifecycle(of id: RepositoryID) {
        let (state, text) = (
            registry.repositories[id].lifecycle, registry.repositories[id].lifecyclePolicy
        )
        guard let text, let policy = try? Registry.LifecyclePolicy(text) else { return }
        guard let due = policy.due(on: id, in: registry, at: now) else { return }
        let interval = timing.lifecycleInterval
        // The first evaluation at or after `due`. One that is now has been.
        let past = (due - state.startedAt).nanoseconds
        var count = Int((past + interval.nanoseconds - 1) / interval.nanoseconds)
        if state.startedAt + interval * count <= now { count += 1 }
        let at = state.startedAt + interval * count
        guard state.dueAt.map({ $0 <= now || at < $0 }) ?? true else { return }
        registry.repositories[id].lifecycle.dueAt = at
        registry.repositories[id].lifecycle.turn &+= 1
        schedule(
            .evaluatesLifecycle(id, turn: registry.repositories[id].lifecycle.turn),
            after: at - now)
    }

    mutating func evaluateLifecycle(of id: RepositoryID, turn: UInt32) {
        guard registry.repositories.find(id)?.lifecycle.turn == turn,
            let text = registry.repositories[id].lifecyclePolicy,
            let policy = try? Registry.LifecyclePolicy(text)
        else { return }
        registry.repositories[id].lifecycle.dueAt = nil
        let verdicts = policy.verdicts(on: id, in: registry, at: now)
        for verdict in verdicts {
            if verdict.expires {
                registry.delete(verdict.image)
            } else {
                archive(verdict.image)
            }
        }
        if verdicts.contains(where: \.expires) {
            record(.registry(.repositoryChanged(id)))
            record(.registry(.imagesDeleted(id)))
        }
        planLifecycle(of: id)
    }

    /// When the policy was last evaluated, whether or not there was something to do.
    func lifecycleEvaluatedAt(_ id: RepositoryID) -> Instant? {
        let start = registry.repositories[id].lifecycle.startedAt
        let interval = timing.lifecycleInterval
        let count = (now - start).nanoseconds / interval.nanoseconds
        return count > 0 ? start + interval * Int(count) : nil
    }
}
