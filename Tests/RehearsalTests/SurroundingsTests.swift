import Testing

@testable import Rehearsal

@Suite struct SurroundingsTests {
    static let own = [
        "AWS_ACCESS_KEY_ID": "AKIAREAL", "AWS_SECRET_ACCESS_KEY": "real", "AWS_SESSION_TOKEN": "t",
        "AWS_PROFILE": "prod", "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://169.254.170.2/x",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/x", "AWS_ROLE_ARN": "arn", "AWS_CA_BUNDLE": "x",
        "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS": "true", "AWS_ENDPOINT_URL_ECS": "https://real",
        "AWS_USE_FIPS_ENDPOINT": "true", "AWS_WEB_IDENTITY_TOKEN_FILE": "/token",
        "HTTPS_PROXY": "http://10.0.0.1:3128", "all_proxy": "socks5://x", "NO_PROXY": "*",
        "PATH": "/usr/bin", "HOME": "/tmp/me",
    ]

    @Test func nothingOfARealAccountIsLeft() {
        let environment = ChildEnvironment(
            from: Self.own,
            in: .init(
                endpoint: "http://127.0.0.1:4000", region: "eu-west-1", accessKey: "KEY",
                configFile: "/t/config", credentialsFile: "/t/credentials", programs: "/t/programs")
        ).variables
        let values = environment.filter { $0.key.hasPrefix("AWS_") }
        #expect(
            values == [
                "AWS_ENDPOINT_URL": "http://127.0.0.1:4000", "AWS_ACCESS_KEY_ID": "KEY",
                "AWS_SECRET_ACCESS_KEY": ProfileFiles.secret, "AWS_DEFAULT_REGION": "eu-west-1",
                "AWS_REGION": "eu-west-1", "AWS_CONFIG_FILE": "/t/config",
                "AWS_SHARED_CREDENTIALS_FILE": "/t/credentials",
                "AWS_EC2_METADATA_DISABLED": "true", "AWS_DISABLE_HOST_PREFIX_INJECTION": "true",
                "AWS_PAGER": "", "AWS_PROFILE": "prod",
            ])
        let proxies = environment.filter { $0.key.lowercased().hasSuffix("_proxy") }
        #expect(
            proxies == [
                "http_proxy": "http://127.0.0.1:4000", "https_proxy": "http://127.0.0.1:4000",
                "HTTP_PROXY": "http://127.0.0.1:4000", "HTTPS_PROXY": "http://127.0.0.1:4000",
                "no_proxy": "127.0.0.1", "NO_PROXY": "127.0.0.1",
            ])
        #expect(environment["PATH"] == "/t/programs:/usr/bin")
        #expect(environment["HOME"] == "/tmp/me")
    }

    @Test func profilesKeepNamesAndRegionsOnly() {
        let files = ProfileFiles(
            config: """
                [default]
                region = eu-central-1
                output = json
                [profile prod]
                region=us-west-2
                role_arn = arn:aws:iam::123456789012:role/admin
                source_profile = default
                credential_process = give-keys
                [sso-session corporate]
                region = us-east-1
                [services local]
                """,
            credentials: """
                [default]
                aws_access_key_id = AKIAREAL
                aws_secret_access_key = real
                [ci]
                aws_access_key_id = AKIACI
                """,
            named: ["stage", "prod"])
        #expect(files.profiles.map(\.name) == ["default", "prod", "ci", "stage"])
        let written = files.config(region: "eu-north-1") + files.credentials
        for secret in ["AKIAREAL", "AKIACI", "real", "role_arn", "credential_process", "sso"] {
            #expect(!written.contains(secret), "\(secret)")
        }
        #expect(files.config(region: "eu-north-1").contains("[profile stage]\nregion = eu-north-1"))
        #expect(files.config(region: "eu-north-1").contains("[profile prod]\nregion = us-west-2"))
        #expect(files.region(of: nil) == "eu-central-1" && files.region(of: "prod") == "us-west-2")
        #expect(files.profile(withKey: ProfileFiles.accessKey(of: 1)) == "prod")
        #expect(files.profile(withKey: ProfileFiles.accessKey(of: 0)) == nil)
        #expect(files.profile(withKey: "AKIAREAL") == nil)
    }

    @Test(
        arguments: [
            ("aws ecs list-clusters --profile prod", ["prod"], nil),
            ("AWS_PROFILE='team.a' aws s3 ls; aws --profile=b x", ["b", "team.a"], nil),
            ("boto3.Session(profile_name=\"ops\")", ["ops"], nil),
            ("docker push 123456789012.dkr.ecr.us-east-1.amazonaws.com/a", [], "123456789012"),
            ("ACCOUNT_ID=210987654321\nrole=arn:aws:iam::210987654321:role/x", [], "210987654321"),
            ("account: \"111122223333\" and 444455556666.dkr.ecr.x", [], nil),
            ("phone=123456789012", [], nil),
        ] as [(String, [String], String?)])
    func readsNamesOffAScript(text: String, profiles: [String], account: String?) {
        let script = ScriptText([text])
        #expect(script.profiles == profiles)
        #expect(script.account == account)
    }

    @Test func findsPrograms() {
        #expect(ProgramPath.find("sh", in: "/nowhere:/bin") == .program("/bin/sh"))
        #expect(ProgramPath.find("sh", in: "/nowhere") == .nothing)
        #expect(ProgramPath.find("/bin/sh", in: "") == .program("/bin/sh"))
        #expect(ProgramPath.find("passwd", in: "/etc") == .notExecutable("/etc/passwd"))
        #expect(ProgramPath.find("/etc", in: "") == .notExecutable("/etc"))
    }
}
