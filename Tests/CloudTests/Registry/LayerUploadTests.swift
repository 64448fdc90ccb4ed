import CloudAPI
import Digests
import Foundation
import Simulation
import Testing

@testable import Cloud

/// An image that comes as an SDK brings it: layers in parts, then a manifest.
@Suite struct LayerUploadTests {
    let live = LiveCloud()
    let layer = Array("the bytes of a layer".utf8)
    let configuration = Array(
        #"{"architecture":"arm64","config":{"Labels":{"drydock.boot":"7"}}}"#.utf8)

    init() throws { try live.ecr.createRepository(repositoryName: "web") }

    @discardableResult
    func upload(_ bytes: [UInt8], to repository: String = "web") throws -> String {
        let id = try live.ecr.initiateLayerUpload(repositoryName: repository).uploadId!
        let size = 5_242_880
        for start in stride(from: 0, to: bytes.count, by: size) {
            let end = min(bytes.count, start + size)
            let answer = try live.ecr.uploadLayerPart(
                repositoryName: repository, uploadId: id, partFirstByte: start,
                partLastByte: end - 1, layerPartBlob: Array(bytes[start..<end]))
            #expect(answer.lastByteReceived == end - 1)
        }
        return try live.ecr.completeLayerUpload(
            repositoryName: repository, uploadId: id, layerDigests: [SHA256.digest(of: bytes)]
        ).layerDigest!
    }

    var manifest: String {
        func descriptor(_ bytes: [UInt8]) -> String {
            #"{"digest":"\#(SHA256.digest(of: bytes))","size":\#(bytes.count)}"#
        }
        return #"{"schemaVersion":2,"mediaType":"\#(ImageBuild.manifestType)","#
            + #""config":\#(descriptor(configuration)),"layers":[\#(descriptor(layer))]}"#
    }

    @Test func anImageComesInPartsAndGoesOutWhole() throws {
        let digest = try upload(layer)
        try upload(configuration)
        let known = try live.ecr.batchCheckLayerAvailability(
            repositoryName: "web", layerDigests: [digest])
        #expect(known.layers?.map(\.layerAvailability) == [.available])
        #expect(known.layers?.map(\.layerSize) == [layer.count])
        try live.ecr.putImage(repositoryName: "web", imageManifest: manifest, imageTag: "v1")

        let detail = try live.ecr.describeImages(repositoryName: "web").imageDetails?.first
        #expect(detail?.imageSizeInBytes == layer.count + configuration.count)
        let image = try #require(
            live.cloud.registry.image(ImageReference("localhost/web:v1"), for: .standard))
        let read = live.cloud.registry.images[image].configuration
        #expect(read.architecture == "arm64")
        #expect(read.profile.bootCPUSeconds == 7)

        live.cloud.registryHost = "localhost:4566"
        let url = try live.ecr.getDownloadUrlForLayer(repositoryName: "web", layerDigest: digest)
            .downloadUrl!
        #expect(url.hasPrefix("http://localhost:4566/v2/web/blobs/\(digest)?"))
        let query = String(url.split(separator: "?")[1])
        let address = live.cloud.layerAddress(query: query, repository: "web", digest: digest)
        #expect(address?.place == .standard)
        #expect(live.cloud.layerBytes(digest) == layer)
    }

    @Test func anAddressIsGoodForItsLayerAndAnHour() throws {
        let digest = try upload(layer)
        let other = try upload(configuration)
        try live.ecr.putImage(repositoryName: "web", imageManifest: manifest)
        let url = try live.ecr.getDownloadUrlForLayer(repositoryName: "web", layerDigest: digest)
            .downloadUrl!
        let query = String(url.split(separator: "?")[1])
        func isGood(_ query: String, _ digest: String) -> Bool {
            live.cloud.layerAddress(query: query, repository: "web", digest: digest) != nil
        }
        #expect(isGood(query, digest))
        #expect(!isGood(query, other))
        #expect(!isGood(query.replacing("us-east-1", with: "eu-west-1"), digest))
        #expect(!isGood("expires=9223372036854775807&registry=a.b&signature=", digest))
        #expect(!isGood("expires=-1&registry=a.b&signature=", digest))
        #expect(!isGood("", digest))
        live.run(for: .minutes(59))
        #expect(isGood(query, digest))
        live.run(for: .minutes(2))
        #expect(!isGood(query, digest))
    }

    @Test func bytesAreSavedWithTheCloud() throws {
        let digest = try upload(layer)
        let first = [UInt8](repeating: 7, count: 5_242_880)
        let open = try live.ecr.initiateLayerUpload(repositoryName: "web").uploadId!
        try live.ecr.uploadLayerPart(
            repositoryName: "web", uploadId: open, partFirstByte: 0,
            partLastByte: first.count - 1, layerPartBlob: first)
        live.cloud = try JSONDecoder().decode(Cloud.self, from: saved(live.cloud))
        #expect(live.cloud.layerBytes(digest) == layer)
        let part = try live.ecr.uploadLayerPart(
            repositoryName: "web", uploadId: open, partFirstByte: first.count,
            partLastByte: first.count, layerPartBlob: [3])
        #expect(part.lastByteReceived == first.count)
        let whole = SHA256.digest(of: first + [3])
        try live.ecr.completeLayerUpload(
            repositoryName: "web", uploadId: open, layerDigests: [whole])
        #expect(live.cloud.layerBytes(whole) == first + [3])
    }

    @Test func partsButTheLastHaveFiveMebibytes() throws {
        let part = [UInt8](repeating: 7, count: 5_242_880)
        let whole = part + part + [1]
        let digest = try upload(whole)
        #expect(live.cloud.layerBytes(digest)?.count == whole.count)

        let id = try live.ecr.initiateLayerUpload(repositoryName: "web").uploadId!
        try live.ecr.uploadLayerPart(
            repositoryName: "web", uploadId: id, partFirstByte: 0, partLastByte: 0,
            layerPartBlob: [1])
        try live.ecr.uploadLayerPart(
            repositoryName: "web", uploadId: id, partFirstByte: 1, partLastByte: 1,
            layerPartBlob: [2])
        try expectRefusal(
            "LayerPartTooSmallException", "Layer parts must be at least 5 MiB in size.", of: live
        ) {
            try live.ecr.completeLayerUpload(
                repositoryName: "web", uploadId: id, layerDigests: [SHA256.digest(of: [1, 2])])
        }
    }

    @Test func aPartThatDoesNotFitSaysWhereToGoOn() throws {
        let id = try live.ecr.initiateLayerUpload(repositoryName: "web").uploadId!
        try live.ecr.uploadLayerPart(
            repositoryName: "web", uploadId: id, partFirstByte: 0, partLastByte: 2,
            layerPartBlob: [1, 2, 3])
        for (first, last) in [(2, 3), (4, 5), (3, 9), (3, 3), (Int.max, Int.max)] {
            let failure = #expect(throws: APIFailure.self) {
                try live.ecr.uploadLayerPart(
                    repositoryName: "web", uploadId: id, partFirstByte: first, partLastByte: last,
                    layerPartBlob: [1, 2])
            }
            #expect(failure?.code == "InvalidLayerPartException")
            #expect(failure?.members.last == .init("lastValidByteReceived", 2))
        }
    }

    @Test func anUploadBelongsToItsRepository() throws {
        try live.ecr.createRepository(repositoryName: "other")
        let id = try live.ecr.initiateLayerUpload(repositoryName: "other").uploadId!
        try expectRefusal("UploadNotFoundException", of: live) {
            try live.ecr.uploadLayerPart(
                repositoryName: "web", uploadId: id, partFirstByte: 0, partLastByte: 0,
                layerPartBlob: [1])
        }
        try live.ecr.deleteRepository(repositoryName: "other")
        try live.ecr.createRepository(repositoryName: "other")
        try expectRefusal("UploadNotFoundException", of: live) {
            try live.ecr.completeLayerUpload(
                repositoryName: "other", uploadId: id, layerDigests: [SHA256.digest(of: [1])])
        }
    }

    @Test func onlyLayersOfAnImageHaveAnAddress() throws {
        let digest = try upload(layer)
        try upload(configuration)
        try expectRefusal("LayerInaccessibleException", of: live) {
            try live.ecr.getDownloadUrlForLayer(repositoryName: "web", layerDigest: digest)
        }
        let put = try live.ecr.putImage(repositoryName: "web", imageManifest: manifest)
        try live.ecr.getDownloadUrlForLayer(repositoryName: "web", layerDigest: digest)
        try live.ecr.batchDeleteImage(
            repositoryName: "web", imageIds: [.init(imageDigest: put.image!.imageId!.imageDigest)])
        try expectRefusal("LayersNotFoundException", of: live) {
            try live.ecr.getDownloadUrlForLayer(repositoryName: "web", layerDigest: digest)
        }
        #expect(live.cloud.layerBytes(digest) == nil)
    }

    @Test func aConfigurationWithALabelThatMakesNoSenseIsRefused() throws {
        let wrong = Array(#"{"config":{"Labels":{"drydock.boot":"soon"}}}"#.utf8)
        try upload(layer)
        try upload(wrong)
        let text = manifest.replacing(
            SHA256.digest(of: configuration), with: SHA256.digest(of: wrong))
        try expectRefusal("InvalidParameterException", of: live) {
            try live.ecr.putImage(repositoryName: "web", imageManifest: text)
        }
    }
}
