import CloudAPI
import Simulation
import Testing

@testable import Cloud

@Suite struct RepositoryTests {
    let live = LiveCloud()

    @Test func aNewRepositoryIsMutableAndEncryptedWithAES256() throws {
        live.run(for: .seconds(90))
        let made = try #require(
            try live.ecr.createRepository(repositoryName: "team/web").repository)
        #expect(made.repositoryArn == "arn:aws:ecr:us-east-1:000000000000:repository/team/web")
        #expect(made.registryId == "000000000000")
        #expect(made.repositoryUri == "000000000000.dkr.ecr.us-east-1.amazonaws.com/team/web")
        #expect(made.createdAt == Timestamp(seconds: 1_767_225_690))
        #expect(made.imageTagMutability == .mutable)
        #expect(made.imageTagMutabilityExclusionFilters == nil)
        #expect(made.imageScanningConfiguration?.scanOnPush == false)
        #expect(made.encryptionConfiguration?.encryptionType == .aes256)
        #expect(made.encryptionConfiguration?.kmsKey == nil)
    }

    @Test func theHostOfAServerReplacesThatOfAWS() throws {
        live.cloud.registryHost = "localhost:4566"
        let made = try live.ecr.createRepository(repositoryName: "web").repository
        #expect(made?.repositoryUri == "localhost:4566/web")
        let login = try live.ecr.getAuthorizationToken().authorizationData
        #expect(login?.first?.proxyEndpoint == "http://localhost:4566")
    }

    @Test func aKeyThatIsNotNamedIsTheOneThatAWSManages() throws {
        let made = try live.ecr.createRepository(
            repositoryName: "web", encryptionConfiguration: .init(encryptionType: .kms)
        ).repository
        let key = try #require(made?.encryptionConfiguration?.kmsKey)
        #expect(key.hasPrefix("arn:aws:kms:us-east-1:000000000000:key/"))
        #expect(key.count == 75)
    }

    static let badNames: [(name: String, complaint: String)] =
        [
            ("a", "Member must have length greater than or equal to 2"),
            (
                String(repeating: "a", count: 257),
                "Member must have length less than or equal to 256"
            ),
        ]
        + ["Web", "-web", "web-", "web//one", "/web", "web/", "a___b", "a..b", "a b", "a._b"].map {
            (
                $0,
                "must satisfy regular expression "
                    + "'[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(\\/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*'"
            )
        }

    @Test(arguments: badNames) func aBadNameIsRefused(_ bad: (name: String, complaint: String))
        throws
    {
        try expectRefusal(
            "InvalidParameterException",
            "Invalid parameter at 'repositoryName' failed to satisfy constraint: "
                + "'\(bad.complaint)'",
            of: live
        ) { try live.ecr.createRepository(repositoryName: bad.name) }
    }

    @Test(arguments: ["ab", "a.b", "a_b", "a__b", "a---b", "0/1/2", "team-1/web.app"])
    func aGoodNameIsTaken(_ name: String) throws {
        #expect(
            try live.ecr.createRepository(repositoryName: name).repository?.repositoryName == name)
    }

    @Test func aNameIsTakenOnce() throws {
        try live.ecr.createRepository(repositoryName: "web")
        try expectRefusal(
            "RepositoryAlreadyExistsException",
            "The repository with name 'web' already exists in the registry with id '000000000000'",
            of: live
        ) { try live.ecr.createRepository(repositoryName: "web") }
    }

    @Test func anotherAccountOrRegionDoesNotSeeIt() throws {
        try live.ecr.createRepository(repositoryName: "web")
        for place in [
            Place(account: "000000000000", region: "eu-central-1"),
            Place(account: "111122223333", region: "us-east-1"),
        ] {
            let other = LiveCloud(live.cloud, as: Caller(place: place))
            #expect(try other.ecr.describeRepositories().repositories?.isEmpty == true)
            try other.ecr.createRepository(repositoryName: "web")
        }
        try expectRefusal(
            "RepositoryNotFoundException",
            "The repository with name 'web' does not exist in the registry with id '111122223333'",
            of: live
        ) { try live.ecr.listImages(registryId: "111122223333", repositoryName: "web") }
        try expectRefusal(
            "InvalidParameterException",
            "Invalid parameter at 'registryId' failed to satisfy constraint: "
                + "'must satisfy regular expression '[0-9]{12}''",
            of: live
        ) { try live.ecr.listImages(registryId: "me", repositoryName: "web") }
    }

    @Test func describeFindsByNameOrGoesThroughAllInPages() throws {
        for number in 0..<5 { try live.ecr.createRepository(repositoryName: "web\(number)") }
        let named = try live.ecr.describeRepositories(repositoryNames: ["web3", "web1"])
        #expect(named.repositories?.map(\.repositoryName) == ["web3", "web1"])

        let first = try live.ecr.describeRepositories(maxResults: 2)
        #expect(first.repositories?.map(\.repositoryName) == ["web0", "web1"])
        // What goes between two pages makes nothing appear twice.
        try live.ecr.deleteRepository(repositoryName: "web1")
        let second = try live.ecr.describeRepositories(nextToken: first.nextToken, maxResults: 3)
        #expect(second.repositories?.map(\.repositoryName) == ["web2", "web3", "web4"])
        #expect(second.nextToken == nil)
    }

    @Test func describeRefusesWhatIsNotThere() throws {
        try expectRefusal(
            "RepositoryNotFoundException",
            "The repository with name 'web' does not exist in the registry with id '000000000000'",
            of: live
        ) { try live.ecr.describeRepositories(repositoryNames: ["web"]) }
        for (refused, field, complaint) in [
            (
                ECR.DescribeRepositories(repositoryNames: []), "repositoryNames",
                "Member must have length greater than or equal to 1"
            ),
            (
                ECR.DescribeRepositories(maxResults: 0), "maxResults",
                "Member must have value greater than or equal to 1"
            ),
            (
                ECR.DescribeRepositories(maxResults: 1001), "maxResults",
                "Member must have value less than or equal to 1000"
            ),
            (ECR.DescribeRepositories(nextToken: "?"), "nextToken", "Invalid token"),
            (
                ECR.DescribeRepositories(repositoryNames: ["web"], maxResults: 5), "maxResults",
                "cannot be used with repositoryNames"
            ),
        ] {
            try expectRefusal(
                "InvalidParameterException",
                "Invalid parameter at '\(field)' failed to satisfy constraint: '\(complaint)'",
                of: live
            ) { _ = try live.perform(refused) }
        }
    }

    @Test func onlyAnEmptyRepositoryIsDeletedWithoutForce() throws {
        try live.ecr.createRepository(repositoryName: "web")
        try live.push(ImageBuild(), to: "web")
        try expectRefusal(
            "RepositoryNotEmptyException",
            "The repository with name 'web' in registry with id '000000000000' cannot be deleted "
                + "because it still contains images",
            of: live
        ) { try live.ecr.deleteRepository(repositoryName: "web") }
        let gone = try live.ecr.deleteRepository(repositoryName: "web", force: true)
        #expect(gone.repository?.repositoryName == "web")
        #expect(try live.ecr.describeRepositories().repositories?.isEmpty == true)
        try live.ecr.createRepository(repositoryName: "web")
        #expect(try live.ecr.listImages(repositoryName: "web").imageIds?.isEmpty == true)
    }

    @Test func tagsAreAddedReplacedAndRemoved() throws {
        let arn = "arn:aws:ecr:us-east-1:000000000000:repository/web"
        try live.ecr.createRepository(
            repositoryName: "web", tags: [.init(key: "team", value: "one")])
        try live.ecr.tagResource(
            resourceArn: arn,
            tags: [.init(key: "team", value: "two"), .init(key: "stage", value: "test")])
        let tags = try live.ecr.listTagsForResource(resourceArn: arn).tags
        #expect(tags?.map { "\($0.key ?? "")=\($0.value ?? "")" } == ["team=two", "stage=test"])
        try live.ecr.untagResource(resourceArn: arn, tagKeys: ["team", "none"])
        #expect(try live.ecr.listTagsForResource(resourceArn: arn).tags?.map(\.key) == ["stage"])

        try expectRefusal("TooManyTagsException", of: live) {
            try live.ecr.tagResource(
                resourceArn: arn, tags: (0..<50).map { .init(key: "key\($0)", value: "") })
        }
        try expectRefusal("InvalidTagParameterException", of: live) {
            try live.ecr.tagResource(resourceArn: arn, tags: [.init(key: "aws:x", value: "")])
        }
        for bad in ["web", "arn:aws:s3:us-east-1:000000000000:repository/web"] {
            try expectRefusal(
                "InvalidParameterException",
                "Invalid parameter at 'resourceArn' failed to satisfy constraint: 'Invalid ARN'",
                of: live
            ) { try live.ecr.listTagsForResource(resourceArn: bad) }
        }
        try expectRefusal("RepositoryNotFoundException", of: live) {
            try live.ecr.listTagsForResource(resourceArn: arn + "2")
        }
    }

    @Test func scanningAndTheRegistryAreDescribed() throws {
        try live.ecr.createRepository(
            repositoryName: "web", imageScanningConfiguration: .init(scanOnPush: true))
        let put = try live.ecr.putImageScanningConfiguration(
            repositoryName: "web", imageScanningConfiguration: .init(scanOnPush: false))
        #expect(put.imageScanningConfiguration?.scanOnPush == false)
        let registry = try live.ecr.describeRegistry()
        #expect(registry.registryId == "000000000000")
        #expect(registry.replicationConfiguration?.rules?.isEmpty == true)
    }

    @Test func aTokenSaysWhoseItIs() throws {
        let data = try #require(try live.ecr.getAuthorizationToken().authorizationData)
        #expect(
            data.map(\.proxyEndpoint) == ["https://000000000000.dkr.ecr.us-east-1.amazonaws.com"])
        #expect(data[0].expiresAt == Timestamp(seconds: 1_767_225_600 + 43_200))
        let token = try #require(data[0].authorizationToken)
        let text = String(decoding: Base64.decode(token) ?? [], as: UTF8.self)
        #expect(text.hasPrefix("AWS:"))
        let login = try #require(live.cloud.registryLogin(token))
        #expect(login.caller == live.caller)
        #expect(login.expiresAt == .start + .hours(12))
        #expect(Cloud(idSeed: 2).registryLogin(token) == nil)
        #expect(live.cloud.registryLogin("QVdTOnBhc3N3b3Jk") == nil)

        let two = try live.ecr.getAuthorizationToken(registryIds: ["111122223333", "000000000000"])
        #expect(
            two.authorizationData?.map { $0.proxyEndpoint?.prefix(20) } == [
                "https://111122223333", "https://000000000000",
            ])
    }
}
