import CloudAPI
import Foundation
import Simulation
import Testing

@testable import Cloud

/// What a lifecycle policy does to images as time passes. Rules: ecr.md section 11.5.
@Suite struct LifecycleTests {
    let live = LiveCloud()

    init() throws { try live.ecr.createRepository(repositoryName: "web") }

    static func rule(
        _ priority: Int, _ selection: String, _ limit: String, action: String = "expire"
    ) -> String {
        let target = action == "transition" ? #","targetStorageClass":"archive""# : ""
        return #"{"rulePriority":\#(priority),"selection":{\#(selection),\#(limit)},"#
            + #""action":{"type":"\#(action)"\#(target)}}"#
    }
    static let untagged = #""tagStatus":"untagged""#
    static let any = #""tagStatus":"any""#
    static func prefix(_ texts: String...) -> String {
        let list = texts.map { "\"\($0)\"" }.joined(separator: ",")
        return #""tagStatus":"tagged","tagPrefixList":[\#(list)]"#
    }
    static func count(_ number: Int) -> String {
        #""countType":"imageCountMoreThan","countNumber":\#(number)"#
    }
    static func days(_ number: Int, since: String = "Pushed") -> String {
        #""countType":"sinceImage\#(since)","countUnit":"days","countNumber":\#(number)"#
    }

    func put(_ rules: String...) throws {
        try live.ecr.putLifecyclePolicy(
            repositoryName: "web", lifecyclePolicyText: Self.text(rules))
    }
    static func text(_ rules: [String]) -> String {
        // A policy has 100 characters at least.
        #"{"rules":[\#(rules.joined(separator: ","))]}"# + String(repeating: " ", count: 60)
    }

    @discardableResult
    func push(_ version: String, _ tag: String? = nil) throws -> String {
        try live.push(ImageBuild(version: version, compressedMebibytes: 1), to: "web", tag: tag)
    }

    func tags() throws -> [[String]?] {
        try live.ecr.describeImages(repositoryName: "web").imageDetails!.map(\.imageTags)
    }

    /// Which image of a repository with these tags, pushed a minute apart, the policy would take.
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var images: [[String]]
        var rules: [String]
        var taken: [Int]
    }

    static let cases = [
        Case(
            testDescription: "the oldest go first", images: [["a"], [], [], []],
            rules: [rule(1, untagged, count(1))], taken: [1, 2]),
        Case(
            testDescription: "all prefixes must fit",
            images: [["alpha-1"], ["beta-1"], ["alpha-2", "beta-2"]],
            rules: [rule(1, prefix("alpha", "beta"), days(1))], taken: [2]),
        Case(
            testDescription: "a rule keeps images from those below it",
            images: [["prod-1"], ["prod-2"], ["dev"], []],
            rules: [rule(1, prefix("prod"), count(5)), rule(2, any, count(1))], taken: [2]),
        Case(
            testDescription: "rules select as if they were alone",
            images: [["prod-1"], ["prod-2"], ["prod-3"]],
            rules: [rule(1, prefix("prod-1"), count(1)), rule(2, prefix("prod"), count(1))],
            taken: [1]),
        Case(
            testDescription: "patterns match with wildcards", images: [["a-x-1"], ["a-y-1"]],
            rules: [
                rule(1, #""tagStatus":"tagged","tagPatternList":["a-*-1","*x*"]"#, days(1))
            ], taken: [0]),
        Case(
            testDescription: "a rule about the archive leaves active images alone",
            images: [[], []],
            rules: [
                rule(1, #""storageClass":"archive","tagStatus":"untagged""#, count(1))
            ], taken: []),
    ]

    @Test(arguments: cases) func verdict(_ c: Case) throws {
        for (index, tags) in c.images.enumerated() {
            try push("v\(index)", tags.first)
            for tag in tags.dropFirst() { try push("v\(index)", tag) }
            live.run(for: .minutes(1))
        }
        let repository = live.cloud.registry.repositoriesByPlace[.standard]![0]
        let policy = try Registry.LifecyclePolicy(Self.text(c.rules))
        let later = live.cloud.now + .hours(25)
        let verdicts = policy.verdicts(on: repository, in: live.cloud.registry, at: later)
        #expect(verdicts.map { Int($0.image.rawValue) } == c.taken)
    }

    @Test func tooManyImagesGoWithinADay() throws {
        try put(Self.rule(1, Self.any, Self.count(2)))
        live.run(for: .hours(30))
        for version in ["a", "b", "c"] { try push(version, version) }
        live.run(for: .hours(17))
        #expect(try tags() == [["a"], ["b"], ["c"]])
        live.run(for: .hours(1))
        #expect(try tags() == [["b"], ["c"]])
        #expect(
            try live.ecr.getLifecyclePolicy(repositoryName: "web").lastEvaluatedAt
                == live.cloud.calendar(live.cloud.now))
    }

    @Test func oldImagesGoAtTheNextEvaluation() throws {
        try push("a", "a")
        live.run(for: .hours(10))
        try put(Self.rule(1, Self.any, Self.days(2)))
        live.run(for: .hours(40))
        try push("b", "b")
        // Old enough 48 hours after the push, evaluated 48 hours after the policy.
        live.run(for: .hours(7))
        #expect(try tags() == [["a"], ["b"]])
        live.run(for: .hours(1))
        #expect(try tags() == [["b"]])
        live.run(for: .hours(24 * 10))
        #expect(try tags() == [])
    }

    @Test func aPolicyWithNothingToDoKeepsNothingOnTheTimeline() throws {
        try put(Self.rule(1, Self.untagged, Self.days(1)))
        try push("a", "a")
        let hasMore = live.cloud.step(until: live.cloud.now + .hours(24 * 365))
        #expect(!hasMore)
    }

    @Test func aDeletedPolicyDoesNothingMore() throws {
        try push("a", "a")
        try put(Self.rule(1, Self.any, Self.days(1)))
        try live.ecr.deleteLifecyclePolicy(repositoryName: "web")
        live.run(for: .hours(24 * 10))
        #expect(try tags() == [["a"]])
    }

    @Test func anImageThatAnIndexListsStaysWithIt() throws {
        let digest = try push("a")
        let index =
            #"{"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[{"digest":""#
            + digest + #""}]}"#
        try live.ecr.putImage(repositoryName: "web", imageManifest: index, imageTag: "keep")
        try put(Self.rule(1, Self.untagged, Self.days(1)))
        live.run(for: .hours(24 * 5))
        #expect(try tags() == [nil, ["keep"]])
        try live.ecr.batchDeleteImage(repositoryName: "web", imageIds: [.init(imageTag: "keep")])
        live.run(for: .hours(24))
        #expect(try tags() == [])
    }

    @Test func imagesThatNobodyPullsGoToTheArchiveAndFromThereAway() throws {
        try push("a", "a")
        try put(
            Self.rule(1, Self.any, Self.days(30, since: "Pulled"), action: "transition"))
        live.run(for: .hours(24 * 29))
        #expect(try tags() == [["a"]])
        live.run(for: .hours(24))
        #expect(try tags() == [])
        let archived = try live.ecr.describeImages(
            repositoryName: "web", filter: .init(imageStatus: .archived)
        ).imageDetails
        #expect(archived?.map(\.imageStatus) == [.archived])
        try put(
            Self.rule(
                1, #""storageClass":"archive","# + Self.any,
                Self.days(90, since: "Transitioned")))
        live.run(for: .hours(24 * 91))
        let left = try live.ecr.describeImages(
            repositoryName: "web", filter: .init(imageStatus: .any)
        ).imageDetails
        #expect(left?.isEmpty == true)
    }

    @Test func aPreviewSaysWhatAPolicyWouldDo() throws {
        for version in ["a", "b", "c"] { try push(version, version == "c" ? nil : version) }
        let text = Self.text([
            Self.rule(1, Self.untagged, Self.days(1)), Self.rule(2, Self.any, Self.count(1)),
        ])
        let begun = try live.ecr.startLifecyclePolicyPreview(
            repositoryName: "web", lifecyclePolicyText: text)
        #expect(begun.status == .inProgress)
        try expectRefusal("LifecyclePolicyPreviewInProgressException", of: live) {
            try live.ecr.startLifecyclePolicyPreview(
                repositoryName: "web", lifecyclePolicyText: text)
        }
        #expect(
            try live.ecr.getLifecyclePolicyPreview(repositoryName: "web").status == .inProgress)
        live.run(for: .minutes(1))
        let preview = try live.ecr.getLifecyclePolicyPreview(repositoryName: "web")
        #expect(preview.status == .complete)
        #expect(preview.lifecyclePolicyText == text)
        #expect(preview.summary?.expiringImageTotalCount == 2)
        #expect(preview.previewResults?.map(\.imageTags) == [["a"], ["b"]])
        #expect(preview.previewResults?.map(\.appliedRulePriority) == [2, 2])
        #expect(preview.previewResults?.map(\.action?.type) == [.expire, .expire])

        let first = try live.ecr.getLifecyclePolicyPreview(repositoryName: "web", maxResults: 1)
        let rest = try live.ecr.getLifecyclePolicyPreview(
            repositoryName: "web", nextToken: first.nextToken, maxResults: 1)
        #expect(first.previewResults?.map(\.imageTags) == [["a"]])
        #expect(rest.previewResults?.map(\.imageTags) == [["b"]])
        #expect(rest.nextToken == nil)
        let named = try live.ecr.getLifecyclePolicyPreview(
            repositoryName: "web", imageIds: [.init(imageTag: "b")])
        #expect(named.previewResults?.count == 1)
        #expect(try tags().count == 3)
    }

    @Test func aSavedCloudGoesOnExpiring() throws {
        try put(Self.rule(1, Self.any, Self.days(1)))
        try push("a", "a")
        let read = LiveCloud(try JSONDecoder().decode(Cloud.self, from: saved(live.cloud)))
        for live in [live, read] { live.run(for: .hours(24 * 3)) }
        #expect(try saved(live.cloud) == saved(read.cloud))
        #expect(try tags() == [])
    }
}
