import CloudAPI
import Digests
import Simulation
import Testing

@testable import Cloud

/// The catalogue of ecr.md section 3 and what the operations of sections 6 to 17 refuse besides.
@Suite struct RegistryRefusalTests {
    private typealias Case = RegistryRefusal

    @Test(arguments: layers + images + policies + settings)
    func refusal(_ c: RegistryRefusal) throws { try c.check() }

    private static let ghost = "sha256:" + String(repeating: "0", count: 64)
    private static let absent =
        "The repository with name 'none' does not exist in the registry with id '000000000000'"
    private static func parameter(_ field: String, _ detail: String) -> String {
        "Invalid parameter at '\(field)' failed to satisfy constraint: '\(detail)'"
    }

    static let layers: [RegistryRefusal] = [
        Case("an upload to no repository", "RepositoryNotFoundException", absent) {
            try $0.ecr.initiateLayerUpload(repositoryName: "none")
        },
        Case("a part to no repository", "RepositoryNotFoundException", absent) {
            try $0.ecr.uploadLayerPart(
                repositoryName: "none", uploadId: $0.upload, partFirstByte: 0, partLastByte: 0,
                layerPartBlob: [1])
        },
        Case(
            "a part of an unknown upload", "UploadNotFoundException",
            "The upload could not be found, or the specified upload ID is not valid for this "
                + "repository."
        ) {
            try $0.ecr.uploadLayerPart(
                repositoryName: "web", uploadId: "x", partFirstByte: 0, partLastByte: 0,
                layerPartBlob: [1])
        },
        Case(
            "a part that begins too late", "InvalidLayerPartException",
            "The layer part size is not valid, or the first byte specified is not consecutive to "
                + "the last byte of a previous layer part upload."
        ) {
            try $0.ecr.uploadLayerPart(
                repositoryName: "web", uploadId: $0.upload, partFirstByte: 1, partLastByte: 1,
                layerPartBlob: [1])
        },
        Case("a part without bytes", "InvalidLayerPartException") {
            try $0.ecr.uploadLayerPart(
                repositoryName: "web", uploadId: $0.upload, partFirstByte: 0, partLastByte: -1,
                layerPartBlob: [])
        },
        Case(
            "the end of an upload without parts", "EmptyUploadException",
            "The specified layer upload does not contain any layer parts."
        ) {
            try $0.ecr.completeLayerUpload(
                repositoryName: "web", uploadId: $0.upload, layerDigests: [ghost])
        },
        Case("the end of an unknown upload", "UploadNotFoundException") {
            try $0.ecr.completeLayerUpload(
                repositoryName: "web", uploadId: "x", layerDigests: [ghost])
        },
        Case("the end of an upload without a digest", "InvalidParameterException") {
            try $0.ecr.completeLayerUpload(
                repositoryName: "web", uploadId: $0.upload, layerDigests: [])
        },
        Case(
            "the address of an unknown layer", "LayersNotFoundException",
            "The specified layers could not be found, or the specified layer is not valid for "
                + "this repository."
        ) { try $0.ecr.getDownloadUrlForLayer(repositoryName: "web", layerDigest: ghost) },
        Case(
            "the address of what is no digest", "InvalidParameterException",
            parameter(
                "layerDigest", "must satisfy regular expression '[a-zA-Z0-9-_+.]+:[a-fA-F0-9]+'")
        ) { try $0.ecr.getDownloadUrlForLayer(repositoryName: "web", layerDigest: "x") },
        Case("a manifest of unknown layers", "LayersNotFoundException") {
            try $0.ecr.putImage(
                repositoryName: "web",
                imageManifest: ImageBuild(version: "other", compressedMebibytes: 9).manifest)
        },
        Case(
            "a manifest that is no JSON", "InvalidParameterException",
            parameter("ImageManifest", "Invalid JSON syntax")
        ) { try $0.ecr.putImage(repositoryName: "web", imageManifest: "{") },
        Case(
            naming: "an index of unknown images", "ReferencedImagesNotFoundException",
            { _ in
                "Images with digests '[\(ghost)]' required for pushing image into repository with "
                    + "name 'web' in the registry with id '000000000000' do not exist"
            }
        ) {
            try $0.ecr.putImage(
                repositoryName: "web",
                imageManifest: #"{"mediaType":"application/vnd.oci.image.index.v1+json","#
                    + #""manifests":[{"digest":"\#(ghost)"}]}"#)
        },
        Case("referrers of what is no digest", "InvalidParameterException") {
            try $0.ecr.listImageReferrers(repositoryName: "web", subjectId: .init(imageDigest: ""))
        },
    ]

    static let images: [RegistryRefusal] = [
        Case(
            "a scan of an unknown image", "ImageNotFoundException",
            "The image with imageId {imageDigest:'null', imageTag:'v9'} does not exist within the "
                + "repository with name 'web' in the registry with id '000000000000'"
        ) { try $0.ecr.startImageScan(repositoryName: "web", imageId: .init(imageTag: "v9")) },
        Case(
            naming: "findings without a scan", "ScanNotFoundException",
            {
                "Image scan does not exist for the image with '{imageDigest:'\($0.one.digest)', "
                    + "imageTag:'v1'}' in the repository with name 'web' in the registry with id "
                    + "'000000000000'"
            }
        ) {
            try $0.ecr.describeImageScanFindings(
                repositoryName: "web", imageId: .init(imageTag: "v1"))
        },
        Case("the replication of an unknown image", "ImageNotFoundException") {
            try $0.ecr.describeImageReplicationStatus(
                repositoryName: "web", imageId: .init(imageDigest: ghost))
        },
        Case("the signature of an unknown image", "ImageNotFoundException") {
            try $0.ecr.describeImageSigningStatus(
                repositoryName: "web", imageId: .init(imageDigest: ghost))
        },
        Case(
            "an image without a name", "InvalidParameterException",
            "Invalid request parameters: both tag and digest cannot be null"
        ) { try $0.ecr.startImageScan(repositoryName: "web", imageId: .init()) },
        Case(
            "an active image to the standard class", "ImageStorageClassUpdateNotSupportedException"
        ) {
            try $0.ecr.updateImageStorageClass(
                repositoryName: "web", imageId: .init(imageTag: "v1"), targetStorageClass: .standard
            )
        },
        Case("a storage class that is none", "InvalidParameterException") {
            try $0.ecr.updateImageStorageClass(
                repositoryName: "web", imageId: .init(imageTag: "v1"), targetStorageClass: "x")
        },
        Case(
            naming: "a tag that points there already", "ImageAlreadyExistsException",
            {
                "Image with digest '\($0.one.digest)' and tag 'v1' already exists in the "
                    + "repository with name 'web' in registry with id '000000000000'"
            }
        ) {
            try $0.ecr.putImage(
                repositoryName: "web", imageManifest: $0.one.manifest, imageTag: "v1")
        },
        Case(
            "a repository with images", "RepositoryNotEmptyException",
            "The repository with name 'web' in registry with id '000000000000' cannot be deleted "
                + "because it still contains images"
        ) { try $0.ecr.deleteRepository(repositoryName: "web") },
        Case(
            "a repository twice", "RepositoryAlreadyExistsException",
            "The repository with name 'web' already exists in the registry with id '000000000000'"
        ) { try $0.ecr.createRepository(repositoryName: "web") },
    ]

    static let policies: [RegistryRefusal] = [
        Case(
            "a preview of no policy", "LifecyclePolicyNotFoundException",
            "Lifecycle policy does not exist for the repository with name 'web' in the registry "
                + "with id '000000000000'"
        ) { try $0.ecr.startLifecyclePolicyPreview(repositoryName: "web") },
        Case(
            "a preview of what is no policy", "InvalidParameterException",
            parameter(
                "LifecyclePolicyText",
                "Lifecycle policy validation failure: object has missing required properties "
                    + #"(["rules"])"#)
        ) {
            try $0.ecr.startLifecyclePolicyPreview(
                repositoryName: "web",
                lifecyclePolicyText: "{" + String(repeating: " ", count: 100) + "}")
        },
        Case(
            "a preview that nobody began", "LifecyclePolicyPreviewNotFoundException",
            "There is no dry run for this repository."
        ) { try $0.ecr.getLifecyclePolicyPreview(repositoryName: "web") },
        Case("a storage class in a policy that is none", "InvalidParameterException") {
            try $0.ecr.putLifecyclePolicy(
                repositoryName: "web",
                lifecyclePolicyText: $0.policy.replacing(
                    #""tagStatus""#, with: #""storageClass":"cold","tagStatus""#))
        },
        Case(
            "no policy of a repository", "RepositoryPolicyNotFoundException",
            "Repository policy does not exist for the repository with name 'web' in the registry "
                + "with id '000000000000'"
        ) { try $0.ecr.getRepositoryPolicy(repositoryName: "web") },
        Case(
            "no policy of the registry", "RegistryPolicyNotFoundException",
            "Registry policy does not exist in the registry with id '000000000000'"
        ) { try $0.ecr.getRegistryPolicy() },
    ]

    static let settings: [RegistryRefusal] = [
        Case(
            "a copy to where the image is", "InvalidParameterException",
            parameter(
                "replicationConfiguration",
                "Replication destination cannot be the same as the source registry")
        ) {
            try $0.ecr.putReplicationConfiguration(
                replicationConfiguration: .init(rules: [
                    .init(destinations: [
                        .init(region: "us-east-1", registryId: "000000000000")
                    ])
                ]))
        },
        Case("eleven rules of replication", "InvalidParameterException") {
            try $0.ecr.putReplicationConfiguration(
                replicationConfiguration: .init(
                    rules: Array(repeating: .init(destinations: []), count: 11)))
        },
        Case("enhanced scanning", "UnsupportedOperationException") {
            try $0.ecr.putRegistryScanningConfiguration(scanType: .enhanced)
        },
        Case("continuous basic scanning", "InvalidParameterException") {
            try $0.ecr.putRegistryScanningConfiguration(
                scanType: .basic, rules: [.init(scanFrequency: .continuousScan)])
        },
        Case("scanning settings of no repository", "InvalidParameterException") {
            try $0.ecr.batchGetRepositoryScanningConfiguration(repositoryNames: [])
        },
        Case("an account setting that is none", "InvalidParameterException") {
            try $0.ecr.putAccountSetting(name: "COLOUR", value: "red")
        },
        Case("an account setting's value that is none", "InvalidParameterException") {
            try $0.ecr.putAccountSetting(name: "BLOB_MOUNTING", value: "MAYBE")
        },
        Case("an account setting of no name", "InvalidParameterException") {
            try $0.ecr.getAccountSetting(name: "")
        },
        Case("no signing configuration", "SigningConfigurationNotFoundException") {
            try $0.ecr.getSigningConfiguration()
        },
        Case("no signing configuration to delete", "SigningConfigurationNotFoundException") {
            try $0.ecr.deleteSigningConfiguration()
        },
        Case("an exclusion twice", "ExclusionAlreadyExistsException") {
            try $0.ecr.registerPullTimeUpdateExclusion(principalArn: $0.profile)
        },
        Case("an exclusion of nobody", "InvalidParameterException") {
            try $0.ecr.registerPullTimeUpdateExclusion(principalArn: "me")
        },
        Case("an exclusion that is not there", "ExclusionNotFoundException") {
            try $0.ecr.deregisterPullTimeUpdateExclusion(principalArn: "me")
        },
        Case("a cache rule twice", "PullThroughCacheRuleAlreadyExistsException") {
            try $0.ecr.createPullThroughCacheRule(
                ecrRepositoryPrefix: "quay", upstreamRegistryUrl: "quay.io")
        },
        Case("a cache rule for an unknown registry", "UnsupportedUpstreamRegistryException") {
            try $0.ecr.createPullThroughCacheRule(
                ecrRepositoryPrefix: "other", upstreamRegistryUrl: "example.com")
        },
        Case("a cache rule that wants a secret", "InvalidParameterException") {
            try $0.ecr.createPullThroughCacheRule(
                ecrRepositoryPrefix: "hub", upstreamRegistryUrl: "registry-1.docker.io")
        },
        Case("a cache rule with a bad prefix", "InvalidParameterException") {
            try $0.ecr.createPullThroughCacheRule(
                ecrRepositoryPrefix: "A!", upstreamRegistryUrl: "quay.io")
        },
        Case("the change of no cache rule", "PullThroughCacheRuleNotFoundException") {
            try $0.ecr.updatePullThroughCacheRule(ecrRepositoryPrefix: "none")
        },
        Case("the test of no cache rule", "PullThroughCacheRuleNotFoundException") {
            try $0.ecr.validatePullThroughCacheRule(ecrRepositoryPrefix: "none")
        },
        Case("the end of no cache rule", "PullThroughCacheRuleNotFoundException") {
            try $0.ecr.deletePullThroughCacheRule(ecrRepositoryPrefix: "none")
        },
        Case("a cache rule that is asked for by name", "PullThroughCacheRuleNotFoundException") {
            try $0.ecr.describePullThroughCacheRules(ecrRepositoryPrefixes: ["quay", "none"])
        },
        Case("a template twice", "TemplateAlreadyExistsException") {
            try $0.ecr.createRepositoryCreationTemplate(prefix: "team", appliedFor: [.replication])
        },
        Case("a template for nothing", "InvalidParameterException") {
            try $0.ecr.createRepositoryCreationTemplate(prefix: "other", appliedFor: [])
        },
        Case("a template with filters it cannot have", "InvalidParameterException") {
            try $0.ecr.createRepositoryCreationTemplate(
                prefix: "other", imageTagMutability: .immutable,
                imageTagMutabilityExclusionFilters: [.init(filterType: .wildcard, filter: "a*")],
                appliedFor: [.replication])
        },
        Case("the change of no template", "TemplateNotFoundException") {
            try $0.ecr.updateRepositoryCreationTemplate(prefix: "none")
        },
        Case("the end of no template", "TemplateNotFoundException") {
            try $0.ecr.deleteRepositoryCreationTemplate(prefix: "none")
        },
        Case("a page that begins nowhere", "InvalidParameterException") {
            try $0.ecr.describeRepositoryCreationTemplates(nextToken: "!")
        },
    ]
}
