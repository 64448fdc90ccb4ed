import CloudAPI
import Simulation
import Testing

@testable import Cloud

@Suite struct ImageTests {
    let live = LiveCloud()
    let one = ImageBuild(version: "one")
    let two = ImageBuild(version: "two")

    init() throws {
        try live.ecr.createRepository(repositoryName: "web")
        try live.push(one, to: "web", tag: "v1")
        try live.push(one, to: "web", tag: "stable")
        try live.push(two, to: "web", tag: "v2")
        try live.push(ImageBuild(version: "three"), to: "web", tag: nil)
    }

    static let nowhere = "sha256:" + String(repeating: "0", count: 64)

    @Test func listingGivesEachPairOfDigestAndTag() throws {
        var listed: [String?] = []
        var token: String?
        repeat {
            let page = try live.ecr.listImages(
                repositoryName: "web", nextToken: token, maxResults: 1)
            listed += page.imageIds?.map(\.imageTag) ?? []
            token = page.nextToken
        } while token != nil
        #expect(listed == ["v1", "stable", "v2", nil])

        for (status, count) in [(ECR.TagStatus.tagged, 3), (.untagged, 1), (.any, 4)] {
            let page = try live.ecr.listImages(
                repositoryName: "web", filter: .init(tagStatus: status))
            #expect(page.imageIds?.count == count)
        }
        let archived = try live.ecr.listImages(
            repositoryName: "web", filter: .init(imageStatus: .archived))
        #expect(archived.imageIds?.isEmpty == true)
    }

    @Test func describingGivesEachImage() throws {
        let first = try live.ecr.describeImages(repositoryName: "web", maxResults: 2)
        #expect(first.imageDetails?.map(\.imageTags) == [["v1", "stable"], ["v2"]])
        let rest = try live.ecr.describeImages(repositoryName: "web", nextToken: first.nextToken)
        #expect(rest.imageDetails?.map(\.imageTags) == [nil])
        #expect(rest.nextToken == nil)
        let untagged = try live.ecr.describeImages(
            repositoryName: "web", filter: .init(tagStatus: .untagged))
        #expect(untagged.imageDetails?.count == 1)
    }

    @Test func describingRefusesWhatIsNotThere() throws {
        let cases: [(id: ECR.ImageIdentifier, digest: String, tag: String)] = [
            (.init(imageTag: "v9"), "null", "v9"),
            (.init(imageDigest: Self.nowhere), Self.nowhere, "null"),
            (.init(imageDigest: one.digest, imageTag: "v2"), one.digest, "v2"),
        ]
        for missing in cases {
            try expectRefusal(
                "ImageNotFoundException",
                "The image with imageId {imageDigest:'\(missing.digest)', "
                    + "imageTag:'\(missing.tag)'} "
                    + "does not exist within the repository with name 'web' in the registry with "
                    + "id "
                    + "'000000000000'",
                of: live
            ) {
                try live.ecr.describeImages(
                    repositoryName: "web", imageIds: [.init(imageTag: "v1"), missing.id])
            }
        }
        try expectRefusal(
            "InvalidParameterException",
            "Invalid request parameters: both tag and digest cannot be null", of: live
        ) { try live.ecr.describeImages(repositoryName: "web", imageIds: [.init()]) }
        try expectRefusal(
            "InvalidParameterException",
            "Invalid parameter at 'nextToken' failed to satisfy constraint: "
                + "'cannot be used with imageIds'",
            of: live
        ) {
            try live.ecr.describeImages(
                repositoryName: "web", imageIds: [.init(imageTag: "v1")], nextToken: "x")
        }
        for bad in ["x", PageToken(after: "1").text, PageToken(after: "1.-1").text] {
            try expectRefusal("InvalidParameterException", of: live) {
                try live.ecr.listImages(repositoryName: "web", nextToken: bad)
            }
        }
    }

    @Test func gettingAnswersWithImagesAndFailures() throws {
        let got = try live.ecr.batchGetImage(
            repositoryName: "web",
            imageIds: [
                .init(imageTag: "v1"), .init(imageDigest: two.digest), .init(imageTag: "v9"),
                .init(),
                .init(imageDigest: "what"), .init(imageDigest: one.digest, imageTag: "v2"),
                .init(imageTag: ""),
            ])
        #expect(got.images?.map(\.imageManifest) == [one.manifest, two.manifest])
        #expect(got.images?.map(\.imageId?.imageTag) == ["v1", nil])
        #expect(
            got.failures?.map(\.failureCode) == [
                .imageNotFound, .missingDigestAndTag, .invalidImageDigest,
                .imageTagDoesNotMatchDigest,
                .invalidImageTag,
            ])
        #expect(
            got.failures?.prefix(3).map(\.failureReason) == [
                "Requested image not found",
                "Invalid request parameters: both tag and digest cannot be null",
                "Invalid request parameters: image digest should satisfy the regex "
                    + "'[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'",
            ])
        try expectRefusal("InvalidParameterException", of: live) {
            try live.ecr.batchGetImage(repositoryName: "web", imageIds: [])
        }
    }

    @Test func deletingATagLeavesTheImageUntilItsLast() throws {
        func delete(_ id: ECR.ImageIdentifier) throws -> [String?]? {
            try live.ecr.batchDeleteImage(repositoryName: "web", imageIds: [id])
                .imageIds?.map(\.imageTag)
        }
        #expect(try delete(.init(imageTag: "v1")) == ["v1"])
        #expect(try live.ecr.describeImages(repositoryName: "web").imageDetails?.count == 3)
        #expect(try delete(.init(imageDigest: one.digest, imageTag: "stable")) == ["stable"])
        #expect(try live.ecr.describeImages(repositoryName: "web").imageDetails?.count == 2)
        #expect(try delete(.init(imageDigest: one.digest)) == [])
    }

    @Test func deletingADigestTakesAllItsTags() throws {
        let gone = try live.ecr.batchDeleteImage(
            repositoryName: "web",
            imageIds: [.init(imageDigest: one.digest), .init(imageDigest: Self.nowhere)])
        #expect(gone.imageIds?.map(\.imageTag) == ["v1", "stable"])
        #expect(gone.failures?.map(\.failureReason) == ["Requested image not found"])
        let registry = live.cloud.registry
        #expect(registry.image(ImageReference("localhost/web:v1"), for: .standard) == nil)
        // It can be pushed again, as a new image.
        try live.push(one, to: "web", tag: "v1")
        #expect(try live.ecr.describeImages(repositoryName: "web").imageDetails?.count == 3)
    }

    static let mutabilities: [(ECR.ImageTagMutability, [String]?, movable: Bool, latest: Bool)] = [
        (.mutable, nil, true, true),
        (.immutable, nil, false, false),
        (.immutableWithExclusion, ["latest*"], false, true),
        (.mutableWithExclusion, ["latest*", "*-rc*"], true, false),
    ]

    @Test(arguments: mutabilities) func aTagMovesWhereItMay(
        _ mode: ECR.ImageTagMutability, _ filters: [String]?, _ movable: Bool, _ latest: Bool
    ) throws {
        try live.push(one, to: "web", tag: "latest-1")
        try live.ecr.putImageTagMutability(
            repositoryName: "web", imageTagMutability: mode,
            imageTagMutabilityExclusionFilters: filters?.map {
                .init(filterType: .wildcard, filter: $0)
            })
        for (tag, moves) in [("v1", movable), ("latest-1", latest)] {
            let put = ECR.PutImage(
                repositoryName: "web", imageManifest: two.manifest, imageTag: tag)
            if moves {
                _ = try live.perform(put)
                continue
            }
            let message =
                "The image tag '\(tag)' already exists in the 'web' repository and cannot "
                + "be overwritten because the repository is immutable."
            try expectRefusal("ImageTagAlreadyExistsException", message, of: live) {
                _ = try live.perform(put)
            }
            // Docker is told so even if nothing would change, the operation is not.
            try expectRefusal("ImageTagAlreadyExistsException", message, of: live) {
                try live.push(one, to: "web", tag: tag)
            }
            try expectRefusal("ImageAlreadyExistsException", of: live) {
                try live.ecr.putImage(
                    repositoryName: "web", imageManifest: one.manifest, imageTag: tag)
            }
        }
        try live.push(two, to: "web", tag: "new")
    }

    @Test func filtersGoWithAnExclusionModeOnly() throws {
        let field =
            "Invalid parameter at 'imageTagMutabilityExclusionFilters' failed to satisfy "
            + "constraint: "
        let cases: [(ECR.ImageTagMutability, [String]?, String)] = [
            (
                .immutableWithExclusion, nil,
                field + "'ImageTagMutabilityExclusionFilters can't be "
                    + "null when imageTagMutability is set as IMMUTABLE_WITH_EXCLUSION'"
            ),
            (
                .mutable, ["a"],
                field + "'ImageTagMutabilityExclusionFilters can't be null when "
                    + "imageTagMutability is set as MUTABLE'"
            ),
            (
                .mutableWithExclusion, [],
                field
                    + "'Member must have length greater than or equal to 1'"
            ),
            (
                .mutableWithExclusion, ["a b"],
                field
                    + "'must satisfy regular expression '^[0-9a-zA-Z._*-]{1,128}$''"
            ),
            (.mutableWithExclusion, ["*a*b*"], field + "'a filter can have at most 2 wildcards'"),
            (
                "FROZEN", nil,
                "Invalid parameter at 'imageTagMutability' failed to satisfy "
                    + "constraint: 'Member must satisfy enum value set: [IMMUTABLE, MUTABLE, "
                    + "MUTABLE_WITH_EXCLUSION, IMMUTABLE_WITH_EXCLUSION]'"
            ),
        ]
        for (mode, filters, message) in cases {
            try expectRefusal("InvalidParameterException", message, of: live) {
                try live.ecr.putImageTagMutability(
                    repositoryName: "web", imageTagMutability: mode,
                    imageTagMutabilityExclusionFilters: filters?.map { .init(filter: $0) })
            }
        }
    }
}
