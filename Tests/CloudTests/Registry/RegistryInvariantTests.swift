import CloudAPI
import Foundation
import Simulation
import Testing

@testable import Cloud

@Suite struct RegistryInvariantTests {
    /// Whatever is pushed, tagged and deleted, in whatever order.
    @Test(arguments: UInt64(0)..<20)
    func tagsAndDigestsLeadToWhereTheImagesSayTheyAre(seed: UInt64) throws {
        let live = LiveCloud()
        try live.ecr.createRepository(repositoryName: "web")
        var word = seed &* 0x9E37_79B9_7F4A_7C15 | 1
        func next(_ count: Int) -> Int {
            word ^= word << 13
            word ^= word >> 7
            word ^= word << 17
            return Int(word >> 33) % count
        }
        for _ in 0..<200 {
            let image = ImageBuild(version: "v\(next(6))", compressedMebibytes: 1)
            let tag = [nil, "t\(next(5))"][next(2)]
            switch next(3) {
            case 0:
                try live.ecr.batchDeleteImage(
                    repositoryName: "web",
                    imageIds: [
                        tag.map { .init(imageTag: $0) } ?? .init(imageDigest: image.digest)
                    ])
            default: try live.push(image, to: "web", tag: tag)
            }
            try check(live)
        }
        let read = try JSONDecoder().decode(Cloud.self, from: saved(live.cloud))
        #expect(try saved(read) == saved(live.cloud))
    }

    func check(_ live: LiveCloud) throws {
        let registry = live.cloud.registry
        let repository = try #require(registry.repositories.values.first { _ in true })
        #expect(repository.images == repository.images.sorted())
        #expect(repository.imageByDigest.count == repository.images.count)
        var tags = 0
        for id in repository.images {
            let image = registry.images[id]
            #expect(!image.isDeleted)
            #expect(repository.imageByDigest[image.digest] == id)
            for tag in image.tags { #expect(repository.imageByTag[tag] == id) }
            tags += image.tags.count
        }
        #expect(repository.imageByTag.count == tags)
        let described = try live.ecr.describeImages(repositoryName: "web").imageDetails
        #expect(described?.count == repository.images.count)
    }
}
