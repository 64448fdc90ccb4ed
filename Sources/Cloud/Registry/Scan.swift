import CloudAPI
import Simulation

extension Chance.Purpose {
    static let imageScan = Chance.Purpose("imageScan")
}

extension Registry {
    /// A basic scan of an image. Drydock knows no vulnerabilities, so none is ever found.
    struct Scan: Sendable, Codable {
        var startedAt: Instant
        /// `nil` while it goes on.
        var completedAt: Instant?
    }

    /// How often a registry's rules have this repository scanned, and the filters that say so.
    ///
    /// A repository can ask for itself too, the older way. Source: ecr.md section 13.1.
    func scanning(
        of id: RepositoryID
    ) -> (frequency: ECR.ScanFrequency, filters: [ECR.ScanningRepositoryFilter]) {
        let repository = repositories[id]
        let rules = settings[repository.place]?.scanning?.shape.rules ?? []
        for rule in rules where rule.scanFrequency == .scanOnPush {
            let filters = (rule.repositoryFilters ?? []).filter {
                WildcardPattern($0.filter ?? "").matches(repository.name)
            }
            if !filters.isEmpty { return (.scanOnPush, filters) }
        }
        return (repository.scansOnPush ? .scanOnPush : .manual, [])
    }
}

extension Cloud {
    /// Begins a scan of an image that has just been pushed, if its repository is to be scanned so.
    mutating func scanOnPush(_ id: ImageID) {
        let repository = registry.images[id].repository
        guard registry.scanning(of: repository).frequency == .scanOnPush,
            registry.images[id].children.isEmpty, canScan(id)
        else { return }
        scan(id)
    }

    /// Once in 24 hours, the scan on push included. Source: ecr.md section 13.2.
    func canScan(_ id: ImageID) -> Bool {
        guard let last = registry.images[id].scan else { return true }
        return now - last.startedAt >= .hours(24)
    }

    mutating func scan(_ id: ImageID) {
        registry.images[id].scan = Registry.Scan(startedAt: now)
        let wait = chance.draw(timing.imageScan, for: .imageScan, of: UInt64(id.rawValue))
        schedule(.scanEnds(id), after: wait)
    }

    mutating func endScan(of id: ImageID) {
        guard registry.images[id].scan?.completedAt == nil else { return }
        let end = now
        registry.images[id].scan?.completedAt = end
    }
}

extension ECR.ImageScanStatus {
    /// Source of the text: the API reference, `DescribeImageScanFindings`, Examples.
    init(_ scan: Registry.Scan) {
        self =
            scan.completedAt == nil
            ? .init(status: .inProgress)
            : .init(status: .complete, description: "The scan was completed successfully.")
    }
}
