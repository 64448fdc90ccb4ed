import CloudAPI
import Simulation

extension Chance.Purpose {
    static let lifecyclePreview = Chance.Purpose("lifecyclePreview")
}

extension Registry {
    /// What a policy would do, tried out. Source: ecr.md section 11.8.
    struct LifecyclePreview: Sendable, Codable {
        var text: String
        /// Which of the repository's previews this is.
        var turn: UInt32
        /// `nil` while it goes on.
        var verdicts: [LifecyclePolicy.Verdict]?
    }
}

extension Cloud {
    mutating func beginPreview(of text: String, in id: RepositoryID) {
        let turn = (registry.repositories[id].preview?.turn ?? 0) &+ 1
        registry.repositories[id].preview = .init(text: text, turn: turn)
        let wait = chance.draw(
            timing.lifecyclePreview, for: .lifecyclePreview, of: UInt64(id.rawValue))
        schedule(.previewEnds(id, turn: turn), after: wait)
    }

    mutating func endPreview(in id: RepositoryID, turn: UInt32) {
        guard let preview = registry.repositories.find(id)?.preview, preview.turn == turn,
            let policy = try? Registry.LifecyclePolicy(preview.text)
        else { return }
        let verdicts = policy.verdicts(on: id, in: registry, at: now)
        registry.repositories[id].preview?.verdicts = verdicts
    }
}

extension ECR.LifecyclePolicyPreviewResult {
    init(_ verdict: Registry.LifecyclePolicy.Verdict, in cloud: borrowing Cloud) {
        let image = cloud.registry.images[verdict.image]
        self.init(
            imageTags: image.tags, imageDigest: image.digest,
            imagePushedAt: cloud.calendar(image.pushedAt),
            action: .init(
                type: verdict.expires ? .expire : .transition,
                targetStorageClass: verdict.expires ? nil : .archive),
            appliedRulePriority: verdict.priority,
            storageClass: image.storage == .active ? .standard : .archive)
    }
}
