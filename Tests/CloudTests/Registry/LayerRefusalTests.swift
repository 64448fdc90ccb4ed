import CloudAPI
import Digests
import Simulation
import Testing

@testable import Cloud

/// Source: ecr.md sections 6.4 and 13.
@Suite struct LayerRefusalTests {
    let live = LiveCloud()

    init() throws { try live.ecr.createRepository(repositoryName: "web") }

    private func open(_ bytes: [UInt8]) throws -> String {
        let id = try live.ecr.initiateLayerUpload(repositoryName: "web").uploadId!
        try live.ecr.uploadLayerPart(
            repositoryName: "web", uploadId: id, partFirstByte: 0, partLastByte: bytes.count - 1,
            layerPartBlob: bytes)
        return id
    }

    @Test func aLayerHasTheDigestOfItsBytes() throws {
        let id = try open([1, 2, 3])
        try expectRefusal(
            "InvalidLayerException",
            "The layer digest calculation performed by Amazon ECR upon receipt of the image layer "
                + "does not match the digest specified.", of: live
        ) {
            try live.ecr.completeLayerUpload(
                repositoryName: "web", uploadId: id, layerDigests: [SHA256.digest(of: [1, 2])])
        }
    }

    @Test func aLayerIsThereOnce() throws {
        let digest = SHA256.digest(of: [1, 2, 3])
        let first = try open([1, 2, 3])
        let second = try open([1, 2, 3])
        try live.ecr.completeLayerUpload(
            repositoryName: "web", uploadId: first, layerDigests: [digest])
        try expectRefusal(
            "LayerAlreadyExistsException",
            "Layer with digest '\(digest)' already exists in the repository with name 'web' in "
                + "registry with id '000000000000'", of: live
        ) {
            try live.ecr.completeLayerUpload(
                repositoryName: "web", uploadId: second, layerDigests: [digest])
        }
    }

    @Test func aRegistryHasFiftyCacheRules() throws {
        for number in 0..<50 {
            try live.ecr.createPullThroughCacheRule(
                ecrRepositoryPrefix: "quay\(number)", upstreamRegistryUrl: "quay.io")
        }
        try expectRefusal(
            "LimitExceededException", APIFailure.registryLimitExceeded.message, of: live
        ) {
            try live.ecr.createPullThroughCacheRule(
                ecrRepositoryPrefix: "quay50", upstreamRegistryUrl: "quay.io")
        }
    }
}
