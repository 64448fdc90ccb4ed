import Testing

@testable import Experiments

/// Each problem is one sentence that says where, what, and what to do instead.
@Suite struct ProblemTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var yaml: String
        var sentence: String
        init(_ yaml: String, _ sentence: String) { (self.yaml, self.sentence) = (yaml, sentence) }
        var testDescription: String { sentence }
    }

    static let cases = [
        // The file
        Case("", #"a.yaml: The scenario has no "name". Add it, such as name: my-scenario"#),
        Case("- a", "a.yaml, line 1: The scenario is a list. It has to be a group of keys, each followed by a colon."),
        Case("name: a\nname: b", #"a.yaml, line 2: "name" stands here on line 1 already. Keep one of the two."#),
        Case("name: a\nservice:\n  name: b\n  \"name\": c", #"a.yaml, line 3: "name" stands here twice. Keep one of the two."#),
        Case("name: a\n\ttitle: b", "a.yaml, line 2: This line is indented with a tab. Indent with spaces."),
        Case("name: a\ntitle: b: c", "a.yaml, line 2: This is not YAML: mapping values are not allowed in this context. Look at the indentation, the colons and the quotes around it."),
        Case("name: &a b\ntitle: *a", "a.yaml: Drydock reads no YAML anchors (&name) and aliases (*name). Write the value out each time; a later image takes over what it does not say itself."),
        Case("? [a]\n: b", "a.yaml, line 1: A key has to be a word. Put it in quotes if it is one."),
        Case("name: a\ntitle: a\u{1}b", "a.yaml, line 2: There is a character here that YAML does not allow. Type the text again."),

        // Keys
        Case("name: a\nservice:\n  name: b\n  desierdCount: 2", #"a.yaml, line 4: "desierdCount" is not a key of service. Did you mean "desiredCount"?"#),
        Case("name: a\nprobe: {speed: 3}", #"a.yaml, line 2: "speed" is not a key of probe. The keys are: period, keepAlive, from, expect."#),
        Case("name: a\nservise: {}", #"a.yaml, line 2: "servise" is not a key of a scenario. Did you mean "service"?"#),
        Case("name: a\ntiming: {capasity: 3s}", #"a.yaml, line 2: "capasity" is not a key of timing. Did you mean "capacity"?"#),
        Case("title: a", #"a.yaml, line 1: The scenario has no "name". Add it, such as name: my-scenario"#),
        Case("name: a\nsecurityGroups:\n  app:\n  - {port: 80}", #"a.yaml, line 4: securityGroups.app.1 has no "from". Add it, such as from: 0.0.0.0/0"#),

        // Types and values
        Case("name: a b", #"a.yaml, line 1: name is "a b". It has to be 1 to 32 letters, digits and hyphens, with no hyphen at the ends."#),
        Case("name: a\nservice: 3", #"a.yaml, line 2: service is "3". It has to be a group of keys, each followed by a colon."#),
        Case("name: a\nservice: {desiredCount: two}", #"a.yaml, line 2: service.desiredCount is "two". It has to be a whole number from 0 to 5000."#),
        Case("name: a\nservice: {desiredCount: -1}", #"a.yaml, line 2: service.desiredCount is "-1". It has to be a whole number from 0 to 5000."#),
        Case("name: a\nservice: {desiredCount: 1.5}", #"a.yaml, line 2: service.desiredCount is "1.5". It has to be a whole number from 0 to 5000."#),
        Case("name: a\nservice: {desiredCount: [1]}", "a.yaml, line 2: service.desiredCount is a list. It has to be a whole number from 0 to 5000."),
        Case("name: a\nservice: {assignPublicIp: ja}", #"a.yaml, line 2: service.assignPublicIp is "ja". It has to be true or false."#),
        Case("name: a\nservice: {subnets: privat}", #"a.yaml, line 2: service.subnets is "privat". It has to be private or public. Did you mean "private"?"#),
        Case("name: a\naccount: 12", #"a.yaml, line 2: account is "12". It has to be twelve digits in quotes, such as "123456789012"."#),
        Case("name: a\nnetwork: {vpc: 10.0.0.1/16}", #"a.yaml, line 2: network.vpc is "10.0.0.1/16", and the block of that size begins at 10.0.0.0. Write 10.0.0.0/16."#),
        Case("name: a\nnetwork: {vpc: 10.0.0.0}", #"a.yaml, line 2: network.vpc is "10.0.0.0". It has to be a block of addresses, such as 10.0.1.0/24."#),
        Case("name: a\nnetwork: {nat: maybe}", #"a.yaml, line 2: network.nat is "maybe". It has to be true, false or "one per zone"."#),
        Case("name: a\nimages: {v1: {size: 3 parsecs}}", #"a.yaml, line 2: images.v1.size is "3 parsecs", and "parsecs" is no unit of data. The units are MiB and GB, which is 1024 MiB."#),
        Case("name: a\ntask: {cpu: 0.3 vCPU}", #"a.yaml, line 2: task.cpu is "0.3 vCPU". It has to be an amount of CPU, such as 256 or 0.25 vCPU."#),
        Case("name: a\nprobe: {expect: 399-200}", #"a.yaml, line 2: probe.expect is "399-200". It has to be a number or a range, such as 100-599."#),

        // Durations
        Case("name: a\nhorizon: -5s", #"a.yaml, line 2: horizon is "-5s", and no duration is negative."#),
        Case("name: a\nhorizon: 5 weeks", #"a.yaml, line 2: horizon is "5 weeks", and "weeks" is no unit of time. The units are ms, s, m and h."#),
        Case("name: a\nhorizon: soon", #"a.yaml, line 2: horizon is "soon". It has to be a duration, such as 30s, 1.5s, 500ms or 2m."#),
        Case("name: a\nhorizon: 1000h", #"a.yaml, line 2: horizon is "1000h", which is more than Drydock plays: seven days."#),
        Case("name: a\nhorizon: 0s", "a.yaml, line 2: horizon has to be longer."),
        Case("name: a\nloadBalancer: {deregistrationDelay: 1.5s}", #"a.yaml, line 2: loadBalancer.deregistrationDelay is "1.5s". It has to be a whole number of seconds, from 0 to 3600."#),
        Case("name: a\ntiming: {capacity: {between: [9s, 2s]}}", "a.yaml, line 2: timing.capacity: The shortest duration, 9 s, is longer than the longest, 2 s."),
        Case("name: a\ntiming: {capacity: {between: [9s]}}", "a.yaml, line 2: timing.capacity.between is a list. It has to be a list of two: [10s, 18s]."),
        Case("name: a\ntiming: {capacity: {normal: {mean: 3s}}}", #"a.yaml, line 2: timing.capacity.normal has no "deviation". Add it, such as deviation: 2s"#),
        Case("name: a\ntiming: {capacity: {empirical: []}}", "a.yaml, line 2: timing.capacity: A list of measured durations needs at least one."),

        // What is not there
        Case("name: a\nsecurityGroups:\n  app:\n  - {port: 80, from: ap}", #"a.yaml, line 4: securityGroups.app.1.from names the security group "ap", which is not there. Did you mean "app"?"#),
        Case("name: a\nservice: {securityGroups: [web]}", #"a.yaml, line 2: service.securityGroups.1 names the security group "web", which is not there. The security groups are: load-balancer, app."#),
        Case("name: a\nimages: {v1: , v2: }\ndeploy:\n- push: v3", #"a.yaml, line 4: deploy.1.push names the version "v3", which is not there. Did you mean "v1"?"#),
        Case("name: a\ntask: {executionRole: boss}", #"a.yaml, line 2: task.executionRole names the role "boss", which is not there. The roles are: ecsTaskExecutionRole."#),
        Case("name: a\nnetwork: {privateSubnets: []}\nservice: {subnets: private}", "a.yaml, line 3: The service's tasks run in the private subnets, and there are none. Add network.privateSubnets, or set service.subnets to the other kind."),
        Case("name: a\nnetwork: {publicSubnets: []}", "a.yaml, line 2: A NAT gateway stands in a public subnet, and there is none. Add network.publicSubnets, or set network.nat to false."),
        Case("name: a\ndeploy:\n- updateService: {taskDefinition: 2}", "a.yaml, line 3: deploy.1.updateService.taskDefinition names revision 2, and there are 1 by then. Put a registerTaskDefinition before this step."),

        // Steps
        Case("name: a\ndeploy:\n- {push: v2, wait: 3s}", "a.yaml, line 3: deploy.1 has to do one thing, with something behind the colon: push, registerTaskDefinition, updateService, wait. Begin each step with a dash of its own."),
        Case("name: a\ndeploy:\n- wait: stady", #"a.yaml, line 3: deploy.1.wait is "stady". It has to be steady, or a duration such as 30s."#),
        Case("name: a\ndeploy:\n- reload: v2", #"a.yaml, line 3: "reload" is not a key of deploy.1. The keys are: push, registerTaskDefinition, updateService, wait."#),
    ]

    @Test(arguments: cases) func everyProblemNamesThePlaceAndTheWayOut(_ c: Case) {
        #expect(problem { _ = try Scenario(yaml: c.yaml, file: "a.yaml") } == c.sentence)
    }

    private func problem(_ body: () throws -> Void) -> String? {
        do { try body() } catch { return "\(error)" }
        return nil
    }

    static let settings = [
        ("service", #"a.yaml, --set service: This is not a setting. Write key=value: service.desiredCount=2."#),
        ("=2", #"a.yaml, --set =2: This is not a setting. Write key=value: service.desiredCount=2."#),
        ("a..b=2", #"a.yaml, --set a..b=2: "a..b" is not a path of keys with dots between them."#),
        ("service.desierdCount=2", #"a.yaml, --set service.desierdCount=2: "desierdCount" is not a key of service. Did you mean "desiredCount"?"#),
        ("service.desiredCount=x", #"a.yaml, --set service.desiredCount=x: service.desiredCount is "x". It has to be a whole number from 0 to 5000."#),
        ("name.first=x", #"a.yaml, --set name.first=x: name is "mine" and has no keys. Set all of it: name={...}."#),
        ("deploy.2.wait=3s", #"a.yaml, --set deploy.2.wait=3s: deploy is a list of 1. Count its parts from 1: deploy.1."#),
        ("horizon=[", "a.yaml, --set horizon=[: This is not YAML: did not find expected node content. Look at the indentation, the colons and the quotes around it."),
    ]

    @Test(arguments: settings) func aSettingIsRefusedLikeALineOfTheFile(
        setting: String, sentence: String
    ) throws {
        let yaml = "name: mine\ndeploy:\n- wait: 3s"
        let scenario = try Scenario(yaml: yaml, file: "a.yaml")
        #expect(problem { _ = try scenario.applying(setting: setting) } == sentence)
    }

    @Test func aSettingChangesWhatItNames() throws {
        let scenario = try Scenario(
            yaml: "name: mine\nimages: {v1: , \"1.0\": {size: 1}}\ndeploy:\n- wait: 3s",
            file: "a.yaml",
            settings: [
                "service.minimumHealthyPercent=50", "deploy.1.wait=9s", "images.1.0.size=2 MiB",
                "timing.capacity={between: [1s, 2s]}", "network.nat=false",
            ])
        #expect(scenario.service.settings.minimumHealthyPercent == 50)
        #expect(scenario.deploy[0].action == .wait(.seconds(9)))
        #expect(scenario.images[1].sizeMebibytes == 2)
        #expect(scenario.timing.capacity == .between(.seconds(1), .seconds(2)))
        #expect(scenario.network.nat == .none)
        let later = try scenario.applying(setting: "service.minimumHealthyPercent=")
        #expect(later.service.settings.minimumHealthyPercent == 100)
        #expect(later.deploy == scenario.deploy)
    }

    // MARK: anything at all

    @Test(arguments: UInt64(0)..<60) func noFileMakesItTrap(seed: UInt64) {
        var random = SplitMix(state: seed)
        let original = Array(Scenario.builtIn[0].yaml.utf8)
        let bits: [[UInt8]] = [
            "- ", ": ", "\n", "  ", "{", "}", "[", "]", "\"", "'", "&a ", "*a", "? ", "|\n", "#",
            "!!int ", "\t", "999999999999999999999", "-1", "~", "null", "\u{FEFF}", "\0", "%YAML",
            "---\n", "...\n", ".inf", "0x7fffffffffffffff", "e308", "h", "s", "½", "service",
        ].map { Array($0.utf8) }
        for _ in 0..<25 {
            var bytes = original
            for _ in 0..<random.below(8) + 1 {
                let at = random.below(bytes.count)
                let end = min(bytes.count, at + random.below(30))
                switch random.below(5) {
                case 0: bytes.removeSubrange(at..<end)
                case 1: bytes.insert(contentsOf: bits[random.below(bits.count)], at: at)
                case 2: bytes[at] = UInt8(truncatingIfNeeded: random.next())
                case 3: bytes.insert(contentsOf: bytes[at..<end], at: random.below(bytes.count))
                default:
                    // A value in place of another one, which leaves the file well formed.
                    let rest = bytes[at...]
                    guard let colon = rest.firstIndex(of: 58),
                        let line = bytes[colon...].firstIndex(of: 10)
                    else { continue }
                    bytes.replaceSubrange(
                        (colon + 1)..<line, with: [32] + bits[random.below(bits.count)])
                }
                if bytes.isEmpty { bytes = [10] }
            }
            do {
                _ = try Scenario(yaml: String(decoding: bytes, as: UTF8.self), file: "a.yaml")
            } catch {
                #expect("\(error)".hasPrefix("a.yaml"))
                #expect(!error.sentence.contains("\n"))
            }
        }
    }

    static let monsters: [String] = {
        func lines(_ count: Int, _ line: (Int) -> String) -> String {
            (0..<count).map(line).joined()
        }
        var monsters: [String] = []
        for (part, count) in [("[", 100_000), ("{a: ", 50_000), ("- ", 100_000), ("? ", 100_000)] {
            monsters.append(String(repeating: part, count: count))
        }
        for depth in [30, 700, 2000] {
            monsters.append(lines(depth) { String(repeating: " ", count: $0) + "a:\n" })
            monsters.append(lines(depth) { _ in "[" } + lines(depth) { _ in "]" })
        }
        monsters.append(String(repeating: "a", count: 300_000))
        monsters.append("name: " + String(repeating: "a", count: 200_000))
        monsters.append("a: &a [x, x]\n" + lines(40) { "a\($0): &a [*a, *a, *a, *a]\n" })
        monsters.append("a: &a [x, x]\n" + lines(40) { _ in "? &a [*a, *a, *a, *a]\n: 1\n" })
        monsters.append("name: a\ndeploy: [" + lines(5000) { _ in "{wait: 1s}, " } + "]")
        monsters.append("name: a\nimages: {" + lines(5000) { "v\($0): , " } + "}")
        return monsters
    }()

    @Test(arguments: monsters) func noMonsterMakesItHang(yaml: String) {
        #expect(throws: ScenarioProblem.self) { try Scenario(yaml: yaml, file: "a.yaml") }
    }
}

private struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
