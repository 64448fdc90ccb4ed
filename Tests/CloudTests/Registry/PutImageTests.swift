import CloudAPI
import Digests
import Simulation
import Testing

@testable import Cloud

@Suite struct PutImageTests {
    let live = LiveCloud()
    let one = ImageBuild(version: "one", compressedMebibytes: 40)
    let two = ImageBuild(version: "two", compressedMebibytes: 40)

    init() throws { try live.ecr.createRepository(repositoryName: "web") }

    func digest(of tag: String) throws -> String? {
        try live.ecr.batchGetImage(repositoryName: "web", imageIds: [.init(imageTag: tag)])
            .images?.first?.imageId?.imageDigest
    }

    @Test func aPushedImageIsDescribed() throws {
        live.run(for: .seconds(10))
        let digest = try live.push(one, to: "web", tag: "v1")
        #expect(digest == SHA256.digest(of: one.manifest.utf8))
        let detail = try #require(
            try live.ecr.describeImages(repositoryName: "web").imageDetails?.first)
        #expect(detail.imageDigest == digest)
        #expect(detail.imageTags == ["v1"])
        #expect(detail.imageSizeInBytes == 40 * 1_048_576 + one.configuration.utf8.count)
        #expect(detail.imagePushedAt == Timestamp(seconds: 1_767_225_610))
        #expect(detail.imageManifestMediaType == "application/vnd.oci.image.manifest.v1+json")
        #expect(detail.artifactMediaType == "application/vnd.oci.image.config.v1+json")
        #expect(detail.lastRecordedPullTime == nil)
        #expect(detail.imageStatus == .active)
    }

    @Test func aTagMovesAndTheOldImageStaysUntagged() throws {
        try live.push(one, to: "web")
        try live.push(two, to: "web")
        #expect(try digest(of: "latest") == two.digest)
        let ids = try live.ecr.listImages(repositoryName: "web").imageIds
        #expect(ids?.map(\.imageDigest) == [one.digest, two.digest])
        #expect(ids?.map(\.imageTag) == [nil, "latest"])
        let old = try live.ecr.describeImages(
            repositoryName: "web", imageIds: [.init(imageDigest: one.digest)])
        #expect(old.imageDetails?.first?.imageTags == nil)
    }

    @Test func aSecondTagIsAddedToTheSameImage() throws {
        try live.push(one, to: "web", tag: "v1")
        live.run(for: .seconds(60))
        let manifest = try live.ecr.batchGetImage(
            repositoryName: "web", imageIds: [.init(imageTag: "v1")]
        ).images?.first?.imageManifest
        let put = try live.ecr.putImage(
            repositoryName: "web", imageManifest: try #require(manifest), imageTag: "stable")
        #expect(put.image?.imageId?.imageDigest == one.digest)
        #expect(put.image?.imageId?.imageTag == "stable")
        let details = try live.ecr.describeImages(repositoryName: "web").imageDetails
        #expect(details?.map(\.imageTags) == [["v1", "stable"]])
        #expect(details?.first?.imagePushedAt == Timestamp(seconds: 1_767_225_600))
    }

    @Test func nothingNewIsRefusedByTheOperationAndPassedOverByAPush() throws {
        try live.push(one, to: "web", tag: "v1")
        #expect(try live.push(one, to: "web", tag: "v1") == one.digest)
        for (tag, name) in [("v1", "v1"), (nil, "null")] {
            try expectRefusal(
                "ImageAlreadyExistsException",
                "Image with digest '\(one.digest)' and tag '\(name)' already exists in the "
                    + "repository "
                    + "with name 'web' in registry with id '000000000000'",
                of: live
            ) {
                try live.ecr.putImage(
                    repositoryName: "web", imageManifest: one.manifest, imageTag: tag)
            }
        }
    }

    @Test func anImageCanComeWithoutATag() throws {
        try live.push(one, to: "web", tag: nil)
        let ids = try live.ecr.listImages(repositoryName: "web").imageIds
        #expect(ids?.map(\.imageTag) == [nil])
    }

    @Test func aDigestThatIsGivenMustBeTheRightOne() throws {
        try live.push(one, to: "web", tag: "v1")
        try expectRefusal("ImageDigestDoesNotMatchException", of: live) {
            try live.ecr.putImage(
                repositoryName: "web", imageManifest: one.manifest, imageTag: "v2",
                imageDigest: two.digest)
        }
        try live.ecr.putImage(
            repositoryName: "web", imageManifest: one.manifest, imageTag: "v2",
            imageDigest: one.digest)
    }

    @Test func layersMustBeThereFirst() throws {
        let missing = [one.configurationDigest] + one.layers.map(\.digest)
        try expectRefusal(
            "LayersNotFoundException",
            "Layers with digests '[\(missing.joined(separator: ", "))]' required for pushing image "
                + "into repository with name 'web' in the registry with id '000000000000' do not "
                + "exist",
            of: live
        ) { try live.ecr.putImage(repositoryName: "web", imageManifest: one.manifest) }

        let check = try live.ecr.batchCheckLayerAvailability(
            repositoryName: "web", layerDigests: [missing[0], "what", ""])
        #expect(check.layers?.map(\.layerAvailability) == [.unavailable])
        #expect(check.failures?.map(\.failureCode) == [.invalidLayerDigest, .missingLayerDigest])
        try live.push(one, to: "web")
        let again = try live.ecr.batchCheckLayerAvailability(
            repositoryName: "web", layerDigests: one.layers.map(\.digest))
        #expect(again.layers?.map(\.layerAvailability) == [.available, .available])
        #expect(again.layers?.map(\.layerSize) == [30 * 1_048_576, 10 * 1_048_576])
    }

    static let badManifests: [(text: String, message: String)] = [
        (
            "{",
            "Invalid parameter at 'ImageManifest' failed to satisfy constraint: 'Invalid JSON "
                + "syntax'"
        ),
        (
            "[]",
            "Invalid parameter at 'ImageManifest' failed to satisfy constraint: 'Invalid JSON "
                + "syntax'"
        ),
        ("{}", "image manifest mediatype not provided in manifest or parameter"),
        (
            #"{"mediaType":"text/plain"}"#,
            "Invalid parameter at 'ImageManifest' failed to satisfy constraint: "
                + "'Media type text/plain is not supported by Drydock'"
        ),
        (
            #"{"mediaType":"application/vnd.oci.image.manifest.v1+json"}"#,
            "Invalid parameter at 'ImageManifest' failed to satisfy constraint: 'config is missing'"
        ),
        (
            #"{"mediaType":"application/vnd.oci.image.index.v1+json"}"#,
            "Invalid parameter at 'ImageManifest' failed to satisfy constraint: "
                + "'manifests is missing'"
        ),
    ]

    @Test(arguments: badManifests)
    func aManifestThatSaysNothingIsRefused(_ bad: (text: String, message: String)) throws {
        try expectRefusal("InvalidParameterException", bad.message, of: live) {
            try live.ecr.putImage(repositoryName: "web", imageManifest: bad.text)
        }
    }

    @Test func theMediaTypeMayStandBesideTheManifest() throws {
        try live.push(one, to: "web", tag: "v1")
        let type = "\"mediaType\":\"\(ImageBuild.manifestType)\",\"config\""
        let bare = one.manifest.replacing(type, with: "\"config\"")
        #expect(bare != one.manifest)
        let put = try live.ecr.putImage(
            repositoryName: "web", imageManifest: bare,
            imageManifestMediaType: ImageBuild.manifestType, imageTag: "v1")
        #expect(put.image?.imageManifestMediaType == ImageBuild.manifestType)
        #expect(put.image?.imageManifest == bare)
    }

    @Test(arguments: ["", "-a", ".a", "a b", "ü", String(repeating: "a", count: 129)])
    func aBadTagIsRefused(_ tag: String) throws {
        try expectRefusal(
            "InvalidParameterException",
            "Invalid parameter at 'imageTag' failed to satisfy constraint: "
                + "'must satisfy regular expression '[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}''",
            of: live
        ) {
            try live.ecr.putImage(
                repositoryName: "web", imageManifest: one.manifest, imageTag: tag)
        }
    }

    @Test func anIndexNeedsItsImagesAndIsAsLargeAsTheLargest() throws {
        let arm = ImageBuild(version: "one", compressedMebibytes: 50, architecture: "arm64")
        let index = """
            {"schemaVersion":2,"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[\
            {"digest":"\(one.digest)","platform":{"architecture":"amd64","os":"linux"}},\
            {"digest":"\(arm.digest)","platform":{"architecture":"arm64","os":"linux"}}]}
            """
        try live.push(one, to: "web", tag: nil)
        try expectRefusal(
            "ReferencedImagesNotFoundException",
            "Images with digests '[\(arm.digest)]' required for pushing image into repository with "
                + "name 'web' in the registry with id '000000000000' do not exist",
            of: live
        ) { try live.ecr.putImage(repositoryName: "web", imageManifest: index, imageTag: "v1") }

        try live.push(arm, to: "web", tag: nil)
        try live.ecr.putImage(repositoryName: "web", imageManifest: index, imageTag: "v1")
        let detail = try live.ecr.describeImages(
            repositoryName: "web", imageIds: [.init(imageTag: "v1")]
        ).imageDetails?.first
        #expect(detail?.imageSizeInBytes == 50 * 1_048_576 + arm.configuration.utf8.count)

        let registry = live.cloud.registry
        let found = try #require(registry.image(ImageReference("localhost/web:v1"), for: .standard))
        let chosen = registry.image(found, for: "arm64").map { registry.images[$0].digest }
        #expect(chosen == arm.digest)
        #expect(registry.image(found, for: "riscv64") == nil)

        let kept = try live.ecr.batchDeleteImage(
            repositoryName: "web", imageIds: [.init(imageDigest: one.digest)])
        #expect(kept.imageIds?.isEmpty == true)
        #expect(kept.failures?.map(\.failureCode) == [.imageReferencedByManifestList])
        #expect(
            kept.failures?.first?.failureReason
                == "Requested image referenced by manifest list: [\(SHA256.digest(of: index.utf8))]"
        )
        let gone = try live.ecr.batchDeleteImage(
            repositoryName: "web",
            imageIds: [.init(imageTag: "v1"), .init(imageDigest: one.digest)])
        #expect(gone.imageIds?.count == 2)
    }
}
