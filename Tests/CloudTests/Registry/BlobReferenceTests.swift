import CloudAPI
import Digests
import Simulation
import Testing

@testable import Cloud

/// Bytes that somebody else keeps, and what the cloud knows of them.
@Suite struct BlobReferenceTests {
    let live = LiveCloud()
    let account = Place.standard.account

    init() throws { try live.ecr.createRepository(repositoryName: "web") }

    func known(_ digest: String, in repository: String = "web") throws -> Bool {
        try live.cloud.blob(digest, in: repository, as: live.caller) != nil
    }

    @Test func aBlobGoesWithTheLastImageThatIsMadeOfIt() throws {
        let (one, two) = (
            ImageBuild(version: "one", compressedMebibytes: 8),
            ImageBuild(version: "two", compressedMebibytes: 8)
        )
        #expect(one.layers[0] == two.layers[0])
        try live.push(one, to: "web", tag: "one")
        try live.push(two, to: "web", tag: "two")
        try live.ecr.batchDeleteImage(repositoryName: "web", imageIds: [.init(imageTag: "one")])
        #expect(try known(one.layers[0].digest))
        #expect(try !known(one.layers[1].digest))
        #expect(try !known(one.configurationDigest))
        let kept = Set([two.digest, two.configurationDigest] + two.layers.map(\.digest))
        #expect(live.cloud.referencedDigests() == kept)
        try live.ecr.batchDeleteImage(repositoryName: "web", imageIds: [.init(imageTag: "two")])
        #expect(live.cloud.referencedDigests() == [])
    }

    @Test func aLayerThatAManifestNamesTwiceIsHeldUntilTheImageGoes() throws {
        let bytes = Array("again".utf8)
        let digest = SHA256.digest(of: bytes)
        try live.cloud.acceptBlob(digest, .init(sizeBytes: 5), in: "web", as: live.caller)
        let part = #"{"digest":"\#(digest)","size":5}"#
        let manifest =
            #"{"mediaType":"\#(ImageBuild.manifestType)","config":\#(part),"layers":[\#(part),"#
            + #"\#(part)]}"#
        try live.ecr.putImage(repositoryName: "web", imageManifest: manifest, imageTag: "a")
        try live.ecr.putImage(repositoryName: "web", imageManifest: manifest + " ", imageTag: "b")
        try live.ecr.batchDeleteImage(repositoryName: "web", imageIds: [.init(imageTag: "a")])
        #expect(try known(digest))
        try live.ecr.batchDeleteImage(repositoryName: "web", imageIds: [.init(imageTag: "b")])
        #expect(try !known(digest))
    }

    @Test func anUploadIsCompletedWithWhatTheEdgeHasCounted() throws {
        let upload = try live.ecr.initiateLayerUpload(repositoryName: "web").uploadId!
        try live.cloud.setUploadedBytes(
            upload, to: "web", of: account, sizeBytes: 3, as: live.caller)
        #expect(live.cloud.openUploads == [upload])
        let size = try live.cloud.uploadedBytes(upload, to: "web", of: account, as: live.caller)
        #expect(size == 3)
        let digest = SHA256.digest(of: [1, 2, 3])
        try live.cloud.completeUpload(
            upload, to: "web", of: account, digest: digest, sizeBytes: 3, as: live.caller)
        #expect(try live.cloud.blob(digest, in: "web", as: live.caller)?.sizeBytes == 3)
        #expect(live.cloud.openUploads == [])
        try expectRefusal("UploadNotFoundException", of: live) {
            try live.cloud.completeUpload(
                upload, to: "web", of: account, digest: digest, sizeBytes: 3, as: live.caller)
        }
    }

    @Test func nothingIsNoLayer() throws {
        let upload = try live.ecr.initiateLayerUpload(repositoryName: "web").uploadId!
        try expectRefusal("EmptyUploadException", of: live) {
            try live.cloud.completeUpload(
                upload, to: "web", of: account, digest: SHA256.digest(of: []), sizeBytes: 0,
                as: live.caller)
        }
    }

    @Test func aBlobIsMountedOnlyWhereThatIsEnabled() throws {
        try live.ecr.createRepository(repositoryName: "other")
        let digest = SHA256.digest(of: [1])
        try live.cloud.acceptBlob(digest, .init(sizeBytes: 1), in: "web", as: live.caller)
        func mount(from source: String) throws -> Bool {
            try live.cloud.mountBlob(
                digest, from: source, to: "other", of: account, as: live.caller)
        }
        #expect(try !mount(from: "web"))
        try live.ecr.putAccountSetting(name: "BLOB_MOUNTING", value: "ENABLED")
        #expect(try !mount(from: "none"))
        #expect(try mount(from: "web"))
        #expect(try known(digest, in: "other"))
    }

    @Test func pushingTheSameAgainIsAFailureOnlyUnderAnImmutableTag() throws {
        let image = ImageBuild(version: "one", compressedMebibytes: 1)
        try live.push(image, to: "web", tag: "a")
        let before = try saved(live.cloud)
        try live.push(image, to: "web", tag: "a")
        #expect(try saved(live.cloud) == before)
        try live.ecr.putImageTagMutability(repositoryName: "web", imageTagMutability: .immutable)
        try expectRefusal(
            "ImageTagAlreadyExistsException",
            "The image tag 'a' already exists in the 'web' repository and cannot be overwritten "
                + "because the repository is immutable.", of: live
        ) { try live.push(image, to: "web", tag: "a") }
    }

    @Test func changesAndDeletionsAreFacts() throws {
        let image = ImageBuild(version: "one", compressedMebibytes: 1)
        try live.push(image, to: "web", tag: "a")
        let id = try live.cloud.repository(
            named: "web", of: account, as: live.caller, to: ECR.ListImages.name)
        #expect(live.cloud.facts == [.registry(.repositoryChanged(id))])
        try live.ecr.putImageTagMutability(repositoryName: "web", imageTagMutability: .immutable)
        #expect(live.cloud.facts == [.registry(.repositoryChanged(id))])
        try live.ecr.batchDeleteImage(repositoryName: "web", imageIds: [.init(imageTag: "none")])
        #expect(live.cloud.facts == [])
        try live.ecr.batchDeleteImage(repositoryName: "web", imageIds: [.init(imageTag: "a")])
        #expect(
            live.cloud.facts == [
                .registry(.repositoryChanged(id)), .registry(.imagesDeleted(id)),
            ])
        try live.ecr.deleteRepository(repositoryName: "web")
        #expect(live.cloud.facts == [.registry(.repositoryDeleted(id))])
    }

    @Test func strangersCannotMakeUpALoginWhereThereIsASecret() throws {
        func token() throws -> String {
            try live.ecr.getAuthorizationToken().authorizationData![0].authorizationToken!
        }
        let open = try token()
        #expect(live.cloud.registryLogin(open) != nil)
        live.cloud.registrySecret = "known to nobody"
        #expect(live.cloud.registryLogin(open) == nil)
        let secret = try token()
        #expect(live.cloud.registryLogin(secret)?.caller == live.caller)
        live.cloud.registrySecret = "known to nobody else"
        #expect(live.cloud.registryLogin(secret) == nil)
    }
}
