import CloudAPI
import Digests
import Simulation
import Testing

@testable import Cloud

/// A repository with two images, an open upload, a scan, a preview and settings of the registry.
struct RegistryWorld {
    let live = LiveCloud()
    let one = ImageBuild(version: "one", compressedMebibytes: 1)
    let two = ImageBuild(version: "two", compressedMebibytes: 1)
    let upload: String
    let policy = RegistryWorld.policy(
        #"{"rulePriority":1,"description":"keep none for long","#
            + #""selection":{"tagStatus":"untagged","countType":"sinceImagePushed","#
            + #""countUnit":"days","countNumber":1},"action":{"type":"expire"}}"#)

    var ecr: ECRClient<LiveCloud> { live.ecr }
    var profile: String { "arn:aws:iam::000000000000:role/reader" }

    init() throws {
        try live.ecr.createRepository(repositoryName: "web")
        try live.push(one, to: "web", tag: "v1")
        try live.push(two, to: "web", tag: "v2")
        upload = try live.ecr.initiateLayerUpload(repositoryName: "web").uploadId!
        try live.ecr.createRepositoryCreationTemplate(prefix: "team", appliedFor: [.createOnPush])
        try live.ecr.createPullThroughCacheRule(
            ecrRepositoryPrefix: "quay", upstreamRegistryUrl: "quay.io")
        try live.ecr.registerPullTimeUpdateExclusion(principalArn: profile)
    }

    static func policy(_ rules: String...) -> String {
        #"{"rules":[\#(rules.joined(separator: ","))]}"#
    }
}

struct RegistryRefusal: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let code: String
    let message: (@Sendable (RegistryWorld) -> String)?
    let call: @Sendable (RegistryWorld) throws -> Void

    init(
        _ name: String, _ code: String, _ message: String? = nil,
        _ call: @escaping @Sendable (RegistryWorld) throws -> Void
    ) {
        (testDescription, self.code, self.call) = (name, code, call)
        if let message { self.message = { _ in message } } else { self.message = nil }
    }

    /// Of a refusal that names something of the world.
    init(
        naming name: String, _ code: String,
        _ message: @escaping @Sendable (RegistryWorld) -> String,
        _ call: @escaping @Sendable (RegistryWorld) throws -> Void
    ) {
        (testDescription, self.code, self.message, self.call) = (name, code, message, call)
    }

    func check() throws {
        let world = try RegistryWorld()
        try expectRefusal(code, message?(world), of: world.live) { try call(world) }
    }
}
