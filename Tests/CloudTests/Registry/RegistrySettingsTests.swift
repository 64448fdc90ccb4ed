import CloudAPI
import Digests
import Simulation
import Testing

@testable import Cloud

@Suite struct ScanTests {
    let live = LiveCloud()
    let image = ImageBuild(version: "one", compressedMebibytes: 1)

    init() throws { try live.ecr.createRepository(repositoryName: "web") }

    func findings() throws -> ECR.DescribeImageScanFindings.Output {
        try live.ecr.describeImageScanFindings(
            repositoryName: "web", imageId: .init(imageTag: "v1"))
    }

    @Test func aScanEndsAndFindsNothing() throws {
        try live.push(image, to: "web", tag: "v1")
        let begun = try live.ecr.startImageScan(
            repositoryName: "web", imageId: .init(imageTag: "v1"))
        #expect(begun.imageScanStatus?.status == .inProgress)
        #expect(begun.imageId?.imageDigest == image.digest)
        #expect(try findings().imageScanFindings == nil)
        live.run(for: .minutes(1))
        #expect(try findings().imageScanStatus?.status == .complete)
        #expect(try findings().imageScanFindings?.findings?.isEmpty == true)
        #expect(try findings().imageScanFindings?.findingSeverityCounts?.isEmpty == true)
    }

    @Test func oneScanADay() throws {
        try live.push(image, to: "web", tag: "v1")
        try live.ecr.startImageScan(repositoryName: "web", imageId: .init(imageTag: "v1"))
        live.run(for: .hours(23))
        try expectRefusal(
            "LimitExceededException",
            "The scan quota per image has been exceeded. Wait and try "
                + "again.", of: live
        ) { try live.ecr.startImageScan(repositoryName: "web", imageId: .init(imageTag: "v1")) }
        live.run(for: .hours(1))
        try live.ecr.startImageScan(repositoryName: "web", imageId: .init(imageTag: "v1"))
        #expect(try findings().imageScanStatus?.status == .inProgress)
    }

    @Test func aPushIsScannedIfTheRegistrySaysSo() throws {
        try live.ecr.putRegistryScanningConfiguration(
            scanType: .basic,
            rules: [
                .init(
                    scanFrequency: .scanOnPush,
                    repositoryFilters: [.init(filter: "w*", filterType: .wildcard)])
            ])
        #expect(
            try live.ecr.getRegistryScanningConfiguration().scanningConfiguration?.rules?.count
                == 1)
        try live.push(image, to: "web", tag: "v1")
        #expect(try findings().imageScanStatus?.status == .inProgress)

        try live.ecr.createRepository(repositoryName: "other")
        let all = try live.ecr.batchGetRepositoryScanningConfiguration(
            repositoryNames: ["web", "none", "other"])
        #expect(all.scanningConfigurations?.map(\.scanFrequency) == [.scanOnPush, .manual])
        #expect(all.scanningConfigurations?.first?.appliedScanFilters?.map(\.filter) == ["w*"])
        #expect(all.failures?.map(\.failureCode) == [.repositoryNotFound])
    }

    @Test func aPushIsScannedIfTheRepositorySaysSo() throws {
        try live.ecr.putImageScanningConfiguration(
            repositoryName: "web", imageScanningConfiguration: .init(scanOnPush: true))
        try live.push(image, to: "web", tag: "v1")
        #expect(try findings().imageScanStatus?.status == .inProgress)
    }

    @Test func neitherAnIndexNorAnArchivedImageIsScanned() throws {
        let digest = try live.push(image, to: "web", tag: "v1")
        try live.ecr.putImage(
            repositoryName: "web",
            imageManifest:
                #"{"mediaType":"application/vnd.oci.image.index.v1+json","manifests":[{"digest":""#
                + digest + #""}]}"#, imageTag: "index")
        try expectRefusal("UnsupportedImageTypeException", of: live) {
            try live.ecr.startImageScan(repositoryName: "web", imageId: .init(imageTag: "index"))
        }
        try live.ecr.batchDeleteImage(repositoryName: "web", imageIds: [.init(imageTag: "index")])
        try live.ecr.updateImageStorageClass(
            repositoryName: "web", imageId: .init(imageTag: "v1"), targetStorageClass: .archive)
        try expectRefusal("ImageArchivedException", of: live) {
            try live.ecr.startImageScan(repositoryName: "web", imageId: .init(imageTag: "v1"))
        }
    }
}

@Suite struct ArchiveTests {
    let live = LiveCloud()
    let image = ImageBuild(version: "one", compressedMebibytes: 1)

    init() throws {
        try live.ecr.createRepository(repositoryName: "web")
        try live.push(image, to: "web", tag: "v1")
    }

    func change(to target: ECR.TargetStorageClass) throws -> ECR.ImageStatus? {
        try live.ecr.updateImageStorageClass(
            repositoryName: "web", imageId: .init(imageTag: "v1"), targetStorageClass: target
        ).imageStatus
    }

    func canBePulled() throws -> Bool {
        let reference = ImageReference("localhost/web:v1")
        let got = try live.ecr.batchGetImage(
            repositoryName: "web", imageIds: [.init(imageTag: "v1")])
        let isThere = live.cloud.registry.image(reference, for: .standard) != nil
        #expect(isThere == (got.images?.count == 1))
        if !isThere { #expect(got.failures?.map(\.failureCode) == [.imageInaccessible]) }
        return isThere
    }

    @Test func anArchivedImageComesBackAfterAWhile() throws {
        #expect(try canBePulled())
        #expect(try change(to: .archive) == .archived)
        #expect(try !canBePulled())
        #expect(try live.ecr.listImages(repositoryName: "web").imageIds?.isEmpty == true)
        let hidden = try live.ecr.listImages(
            repositoryName: "web", filter: .init(imageStatus: .archived))
        #expect(hidden.imageIds?.count == 1)
        try expectRefusal("ImageStorageClassUpdateNotSupportedException", of: live) {
            _ = try change(to: .archive)
        }
        #expect(try change(to: .standard) == .activating)
        #expect(try !canBePulled())
        live.run(for: .minutes(20))
        #expect(try canBePulled())
        let detail = try live.ecr.describeImages(repositoryName: "web").imageDetails?.first
        #expect(detail?.imageStatus == .active)
        #expect(detail?.lastActivatedAt != nil && detail?.lastArchivedAt != nil)
    }
}

@Suite struct ReplicationTests {
    let live = LiveCloud()
    let image = ImageBuild(version: "one", compressedMebibytes: 1)
    let other = LiveCloud()

    init() throws {
        try live.ecr.createRepository(repositoryName: "prod/web")
        try live.ecr.createRepository(repositoryName: "dev/web")
        try live.ecr.putReplicationConfiguration(
            replicationConfiguration: .init(rules: [
                .init(
                    destinations: [
                        .init(region: "eu-west-1", registryId: "000000000000"),
                        .init(region: "us-east-1", registryId: "111122223333"),
                    ],
                    repositoryFilters: [.init(filter: "prod/", filterType: .prefixMatch)])
            ]))
    }

    func elsewhere(
        _ place: Place, _ body: (LiveCloud) throws -> Void
    ) throws {
        try body(LiveCloud(live.cloud, as: Caller(place: place)))
    }

    func statuses() throws -> [ECR.ReplicationStatus?] {
        try live.ecr.describeImageReplicationStatus(
            repositoryName: "prod/web", imageId: .init(imageTag: "v1")
        ).replicationStatuses!.map(\.status)
    }

    @Test func aPushArrivesInOtherRegistries() throws {
        #expect(try live.ecr.describeRegistry().replicationConfiguration?.rules?.count == 1)
        try live.push(image, to: "prod/web", tag: "v1")
        try live.push(image, to: "dev/web", tag: "v1")
        #expect(try statuses() == [.inProgress, .inProgress])
        live.run(for: .minutes(30))
        #expect(try statuses() == [.complete, .complete])
        for place in [
            Place(account: "000000000000", region: "eu-west-1"),
            Place(account: "111122223333", region: "us-east-1"),
        ] {
            try elsewhere(place) { there in
                let names = try there.ecr.describeRepositories().repositories?.map(\.repositoryName)
                #expect(names == ["prod/web"])
                let details = try there.ecr.describeImages(repositoryName: "prod/web").imageDetails
                #expect(details?.map(\.imageDigest) == [image.digest])
                #expect(details?.map(\.imageTags) == [["v1"]])
            }
        }
    }

    @Test func aTagThatMustNotMoveStopsTheCopy() throws {
        let place = Place(account: "000000000000", region: "eu-west-1")
        let there = LiveCloud(live.cloud, as: Caller(place: place))
        try there.ecr.createRepository(repositoryName: "prod/web", imageTagMutability: .immutable)
        try there.push(
            ImageBuild(version: "two", compressedMebibytes: 1), to: "prod/web", tag: "v1")
        live.cloud = there.cloud
        try live.push(image, to: "prod/web", tag: "v1")
        live.run(for: .minutes(30))
        #expect(try statuses() == [.failed, .complete])
    }

    @Test func whatIsDeletedMeanwhileDoesNotArrive() throws {
        try live.push(image, to: "prod/web", tag: "v1")
        try live.ecr.batchDeleteImage(repositoryName: "prod/web", imageIds: [.init(imageTag: "v1")])
        live.run(for: .minutes(30))
        try elsewhere(Place(account: "000000000000", region: "eu-west-1")) { there in
            let repositories = try there.ecr.describeRepositories().repositories
            #expect(repositories?.isEmpty == true)
        }
    }

    @Test func aTemplateSaysHowTheOtherRepositoryIsMade() throws {
        let place = Place(account: "000000000000", region: "eu-west-1")
        let there = LiveCloud(live.cloud, as: Caller(place: place))
        try there.ecr.createRepositoryCreationTemplate(
            prefix: "ROOT", imageTagMutability: .mutable, appliedFor: [.replication])
        try there.ecr.createRepositoryCreationTemplate(
            prefix: "prod", resourceTags: [.init(key: "by", value: "template")],
            imageTagMutability: .immutable, appliedFor: [.replication])
        live.cloud = there.cloud
        try live.push(image, to: "prod/web", tag: "v1")
        live.run(for: .minutes(30))
        try elsewhere(place) { there in
            let made = try #require(try there.ecr.describeRepositories().repositories?.first)
            #expect(made.imageTagMutability == .immutable)
            let tags = try there.ecr.listTagsForResource(resourceArn: made.repositoryArn!).tags
            #expect(tags?.map(\.value) == ["template"])
        }
    }
}

@Suite struct RegistrySettingsTests {
    let live = LiveCloud()

    @Test func cacheRulesAreKeptAndPaged() throws {
        for prefix in ["b", "a", "c"] {
            try live.ecr.createPullThroughCacheRule(
                ecrRepositoryPrefix: "\(prefix)\(prefix)", upstreamRegistryUrl: "public.ecr.aws")
        }
        let first = try live.ecr.describePullThroughCacheRules(maxResults: 2)
        let rest = try live.ecr.describePullThroughCacheRules(nextToken: first.nextToken)
        #expect(
            (first.pullThroughCacheRules! + rest.pullThroughCacheRules!).map(\.ecrRepositoryPrefix)
                == ["aa", "bb", "cc"])
        #expect(first.pullThroughCacheRules?.first?.upstreamRegistry == .ecrPublic)
        #expect(first.pullThroughCacheRules?.first?.upstreamRepositoryPrefix == "ROOT")
        #expect(
            try live.ecr.validatePullThroughCacheRule(ecrRepositoryPrefix: "aa").isValid == true)
        try live.ecr.updatePullThroughCacheRule(
            ecrRepositoryPrefix: "aa", credentialArn: "arn:aws:secretsmanager:x")
        #expect(
            try live.ecr.validatePullThroughCacheRule(ecrRepositoryPrefix: "aa").isValid == false)
        try live.ecr.deletePullThroughCacheRule(ecrRepositoryPrefix: "aa")
        #expect(try live.ecr.describePullThroughCacheRules().pullThroughCacheRules?.count == 2)
    }

    @Test func aPushMakesTheRepositoryThatATemplateDescribes() throws {
        try live.ecr.createRepositoryCreationTemplate(
            prefix: "team", imageTagMutability: .immutableWithExclusion,
            imageTagMutabilityExclusionFilters: [.init(filterType: .wildcard, filter: "latest*")],
            appliedFor: [.createOnPush])
        let made = ["teams/web", "team/UPPER", "team/web", "team/web"].map {
            live.cloud.createOnPush($0, as: live.caller)
        }
        #expect(made == [false, false, true, true])
        let all = try live.ecr.describeRepositories().repositories
        #expect(all?.map(\.repositoryName) == ["team/web"])
        #expect(all?.first?.imageTagMutability == .immutableWithExclusion)
        #expect(all?.first?.imageTagMutabilityExclusionFilters?.map(\.filter) == ["latest*"])
    }

    @Test func templatesAreChangedAndTakenAway() throws {
        try live.ecr.createRepositoryCreationTemplate(
            prefix: "team", description: "one", appliedFor: [.replication])
        live.run(for: .seconds(5))
        let changed = try live.ecr.updateRepositoryCreationTemplate(
            prefix: "team", description: "two"
        ).repositoryCreationTemplate
        #expect(changed?.description == "two")
        #expect(changed?.appliedFor == [.replication])
        #expect(changed?.createdAt != changed?.updatedAt)
        let all = try live.ecr.describeRepositoryCreationTemplates(prefixes: ["team", "none"])
        #expect(all.repositoryCreationTemplates?.map(\.prefix) == ["team"])
        try live.ecr.deleteRepositoryCreationTemplate(prefix: "team")
        let left = try live.ecr.describeRepositoryCreationTemplates()
        #expect(left.repositoryCreationTemplates?.isEmpty == true)
    }

    @Test func settingsOfTheAccountAreKept() throws {
        #expect(
            try live.ecr.getAccountSetting(name: "BASIC_SCAN_TYPE_VERSION").value == "AWS_NATIVE")
        try live.ecr.putAccountSetting(name: "BASIC_SCAN_TYPE_VERSION", value: "CLAIR")
        #expect(try live.ecr.getAccountSetting(name: "BASIC_SCAN_TYPE_VERSION").value == "CLAIR")
    }

    @Test func nothingIsSigned() throws {
        try live.ecr.createRepository(repositoryName: "web")
        try live.push(ImageBuild(version: "one", compressedMebibytes: 1), to: "web", tag: "v1")
        func status() throws -> [ECR.ImageSigningStatus] {
            try live.ecr.describeImageSigningStatus(
                repositoryName: "web", imageId: .init(imageTag: "v1")
            ).signingStatuses!
        }
        #expect(try status().isEmpty)
        let rules = ECR.SigningConfiguration(rules: [.init(signingProfileArn: "arn:aws:signer:x")])
        try live.ecr.putSigningConfiguration(signingConfiguration: rules)
        #expect(try live.ecr.getSigningConfiguration().signingConfiguration?.rules?.count == 1)
        #expect(try status().map(\.status) == [.failed])
        #expect(try status().map(\.failureReason) == ["Drydock does not sign images."])
        try live.ecr.deleteSigningConfiguration()
        #expect(try status().isEmpty)
    }

    @Test func exclusionsAreKept() throws {
        let role = "arn:aws:iam::000000000000:role/a"
        try live.ecr.registerPullTimeUpdateExclusion(principalArn: role)
        #expect(try live.ecr.listPullTimeUpdateExclusions().pullTimeUpdateExclusions == [role])
        try live.ecr.deregisterPullTimeUpdateExclusion(principalArn: role)
        #expect(try live.ecr.listPullTimeUpdateExclusions().pullTimeUpdateExclusions == [])
    }

    @Test func whatSaysSomethingOfAnImageIsListed() throws {
        try live.ecr.createRepository(repositoryName: "web")
        let image = ImageBuild(version: "one", compressedMebibytes: 1)
        let digest = try live.push(image, to: "web", tag: "v1")
        let signature =
            String(image.manifest.dropLast())
            + #","artifactType":"text/note","subject":{"digest":"\#(digest)"},"#
            + #""annotations":{"a":"b"}}"#
        let put = try live.ecr.putImage(repositoryName: "web", imageManifest: signature)
        func referrers(
            _ types: [String]? = nil
        ) throws -> [ECR.ImageReferrer] {
            try live.ecr.listImageReferrers(
                repositoryName: "web", subjectId: .init(imageDigest: digest),
                filter: .init(artifactTypes: types)
            ).referrers!
        }
        #expect(try referrers().map(\.digest) == [put.image?.imageId?.imageDigest])
        #expect(try referrers().first?.annotations == ["a": "b"])
        #expect(try referrers().first?.size == signature.utf8.count)
        #expect(try referrers(["text/note"]).count == 1)
        #expect(try referrers(["text/other"]).isEmpty)
        try live.ecr.batchDeleteImage(
            repositoryName: "web", imageIds: [.init(imageDigest: put.image?.imageId?.imageDigest)])
        #expect(try referrers().isEmpty)
    }
}
