import CloudAPI
import Foundation
import Simulation
import Testing

@testable import Cloud

/// Repositories that come back in another cloud.
@Suite struct SavedRepositoryTests {
    let live = LiveCloud()
    let one = ImageBuild(version: "one", compressedMebibytes: 1)
    let two = ImageBuild(version: "two", compressedMebibytes: 1)

    init() throws {
        try live.ecr.createRepository(
            repositoryName: "web", imageTagMutability: .immutableWithExclusion,
            imageTagMutabilityExclusionFilters: [.init(filterType: .wildcard, filter: "latest")])
        try live.push(one, to: "web")
        live.run(for: .minutes(90))
        try live.push(two, to: "web")
        try live.push(two, to: "web", tag: "v2")
        try live.ecr.updateImageStorageClass(
            repositoryName: "web", imageId: .init(imageDigest: one.digest),
            targetStorageClass: .archive)
    }

    func saved() throws -> Registry.SavedRepository {
        let id = try live.cloud.repository(
            named: "web", of: Place.standard.account, as: live.caller, to: ECR.ListImages.name)
        let data = try JSONEncoder().encode(live.cloud.saved(id))
        return try JSONDecoder().decode(Registry.SavedRepository.self, from: data)
    }

    func restored(_ cloud: Cloud, without missing: String? = nil) throws -> (LiveCloud, [String]) {
        let other = LiveCloud(cloud)
        let manifests = [one.digest: one.manifest, two.digest: two.manifest]
        let left = other.cloud.restore(
            try saved(), manifest: { $0.digest == missing ? nil : manifests[$0.digest] },
            configuration: { image, digest in
                [one, two].first { $0.configurationDigest == digest }.map {
                    var configuration = Registry.ImageConfiguration()
                    configuration.profile = $0.profile
                    return configuration
                }
            })
        return (other, left)
    }

    /// What a user sees of it.
    func seen(_ live: LiveCloud) throws -> [String] {
        let filter = ECR.DescribeImagesFilter(imageStatus: .any)
        let repository = try live.ecr.describeRepositories(repositoryNames: ["web"]).repositories
        let images = try live.ecr.describeImages(repositoryName: "web", filter: filter).imageDetails
        return ["\(repository!)", "\(images!)"]
    }

    @Test func aRepositoryComesBackAsItWas() throws {
        let (other, left) = try restored(Cloud(epoch: live.cloud.calendar(live.cloud.now)))
        #expect(left == [])
        #expect(try seen(other) == seen(live))
        let image = try #require(
            other.cloud.registry.image(ImageReference("localhost/web:v2"), for: .standard))
        #expect(other.cloud.registry.images[image].configuration.profile.version == "two")
        #expect(other.cloud.registry.images[image].pushedAt < .start + .seconds(1))
        try expectRefusal("ImageTagAlreadyExistsException", of: other) {
            try other.push(one, to: "web", tag: "v2")
        }
    }

    @Test func nothingLiesInTheFuture() throws {
        let (other, _) = try restored(Cloud())
        for image in other.cloud.registry.images.values { #expect(image.pushedAt <= .start) }
    }

    @Test func anImageWhoseManifestIsMissingIsLeftOutWithItsBlobs() throws {
        let (other, left) = try restored(Cloud(), without: one.digest)
        #expect(left == [one.digest])
        #expect(
            other.cloud.referencedDigests()
                == [two.digest, two.configurationDigest, two.layers[0].digest])
    }

    @Test func aLifecyclePolicyGoesOnWhereItWas() throws {
        try live.ecr.putLifecyclePolicy(
            repositoryName: "web",
            lifecyclePolicyText: RegistryWorld.policy(
                #"{"rulePriority":1,"selection":{"tagStatus":"any","countType":"sinceImagePushed","#
                    + #""countUnit":"days","countNumber":2},"action":{"type":"expire"}}"#))
        live.run(for: .hours(30))
        let (other, _) = try restored(Cloud(epoch: live.cloud.calendar(live.cloud.now)))
        other.run(for: .hours(17))
        #expect(try other.ecr.describeImages(repositoryName: "web").imageDetails?.count == 1)
        other.run(for: .hours(2))
        #expect(try other.ecr.describeImages(repositoryName: "web").imageDetails?.isEmpty == true)
    }
}
