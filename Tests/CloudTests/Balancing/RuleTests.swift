import CloudAPI
import Simulation
import Testing

@testable import Cloud

/// Which requests meet which conditions, and where they go.
@Suite struct RuleTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let condition: Balancing.Condition
        let request: Balancing.Request
        let holds: Bool
        var testDescription: String { "\(condition) for \(request)" }
        init(_ condition: Balancing.Condition, _ request: Balancing.Request, _ holds: Bool) {
            (self.condition, self.request, self.holds) = (condition, request, holds)
        }
    }

    static let cases: [Case] = [
        Case(.host(["example.com"]), .init(host: "Example.COM"), true),
        Case(.host(["example.com"]), .init(host: "example.com:8080"), true),
        Case(.host(["*.example.com"]), .init(host: "www.example.com"), true),
        Case(.host(["*.example.com"]), .init(host: "example.com"), false),
        Case(.host(["a.com", "b.com"]), .init(host: "b.com"), true),
        Case(.host(["test?.com"]), .init(host: "test1.com"), true),
        Case(.host(["test?.com"]), .init(host: "test.com"), false),
        Case(.path(["/img/*"]), .init(path: "/img/a/b.png"), true),
        Case(.path(["/img/*"]), .init(path: "/img/"), true),
        Case(.path(["/img/*"]), .init(path: "/img"), false),
        Case(.path(["/img/*"]), .init(path: "/IMG/a"), false),
        Case(.path(["/img/*/pics"]), .init(path: "/img/x/y/pics"), true),
        Case(.path(["*a*b*c"]), .init(path: "/xaybzabc"), true),
        Case(.path(["*a*b*c"]), .init(path: "/xaybzab"), false),
        Case(.path(["/a"]), .init(path: "/a", query: "b=c"), true),
        Case(
            .header(name: "User-Agent", ["*Chrome*"]),
            .init(headers: [.init("user-agent", "my chrome 1")]), true),
        Case(.header(name: "X-A", ["1"]), .init(headers: [.init("X-B", "1")]), false),
        Case(
            .header(name: "X-A", ["1"]),
            .init(headers: [.init("X-A", "2"), .init("X-A", "1")]), true),
        Case(.method(["GET", "HEAD"]), .init(method: "HEAD"), true),
        Case(.method(["GET"]), .init(method: "get"), false),
        Case(.query([.init("version", "v1")]), .init(query: "a=b&Version=V1"), true),
        Case(.query([.init("", "*example*")]), .init(query: "x=an-example-it-is"), true),
        Case(.query([.init("version", "v1")]), .init(query: "version=v2&x=v1"), false),
        Case(.query([.init("q", "a\\*b")]), .init(query: "q=a*b"), true),
        Case(.query([.init("q", "a\\*b")]), .init(query: "q=axb"), false),
        Case(.query([.init("q", "*")]), .init(query: "q"), true),
        Case(.source(["192.0.2.0/24"]), .init(source: IPv4Address("192.0.2.9")!), true),
        Case(
            .source(["192.0.2.0/24", "10.0.0.0/8"]), .init(source: IPv4Address("10.1.2.3")!), true),
        Case(.source(["192.0.2.0/24"]), .init(), false),
        Case(.source(["2001:db8::/32"]), .init(), false),
    ]

    @Test(arguments: cases) func condition(_ c: Case) {
        #expect(c.condition.holds(for: c.request) == c.holds)
    }

    /// Two groups with programs of their own behind one listener.
    private func site() throws -> (
        site: Site, listener: String, groups: [String], programs: [[InterfaceID]]
    ) {
        let site = Site()
        let all = try site.makeAll()
        let other = try site.makeTargetGroup("other")
        let programs = [[site.start(), site.start(in: 1), site.start()], [site.start(in: 1)]]
        try site.live.elbv2.createRule(
            listenerArn: all.listener, conditions: [.init(field: "path-pattern", values: ["/b*"])],
            priority: 20, actions: [.init(type: .forward, targetGroupArn: other)])
        for (group, members) in zip([all.group, other], programs) {
            for program in members { try site.register(program, in: group) }
        }
        site.live.run(for: .seconds(10))
        return (site, all.listener, [all.group, other], programs)
    }

    @Test func theRuleWithTheLowestPriorityWinsAndTheDefaultComesLast() throws {
        let (site, listener, _, programs) = try site()
        func answers(_ path: String) -> [Balancing.Share] {
            site.live.cloud.answers(
                to: .internet, at: site.listenerID(listener), request: .init(path: path))
        }
        #expect(answers("/").count == 3)
        #expect(answers("/blue").map(\.reply) == [.by(programs[1][0])])
        let rule = try site.live.elbv2.createRule(
            listenerArn: listener, conditions: [.init(field: "path-pattern", values: ["/bl*"])],
            priority: 10,
            actions: [.init(type: .fixedResponse, fixedResponseConfig: .init(statusCode: "418"))]
        ).rules![0].ruleArn!
        #expect(answers("/blue").map(\.reply) == [.byLoadBalancer(status: 418)])
        #expect(answers("/brown").map(\.reply) == [.by(programs[1][0])])
        try site.live.elbv2.setRulePriorities(
            rulePriorities: [.init(ruleArn: rule, priority: 30)])
        #expect(answers("/blue").map(\.reply) == [.by(programs[1][0])])
    }

    @Test func aRuleOnTheSourceTellsClientsInsideFromThoseOutside() throws {
        let (site, listener, groups, programs) = try site()
        try site.live.elbv2.createRule(
            listenerArn: listener,
            conditions: [.init(field: "source-ip", sourceIpConfig: .init(values: ["10.0.0.0/8"]))],
            priority: 1, actions: [.init(type: .forward, targetGroupArn: groups[1])])
        let id = site.listenerID(listener)
        let inside = site.live.cloud.answers(to: .interface(programs[0][0]), at: id)
        #expect(inside.map(\.reply) == [.by(programs[1][0])])
        #expect(site.live.cloud.answers(to: .internet, at: id).count == 3)
    }

    @Test func weightsDivideRequestsAndAnEmptyGroupKeepsItsShare() throws {
        let (site, listener, groups, programs) = try site()
        let empty = try site.makeTargetGroup("empty")
        func setWeights(_ weights: [Int]) throws {
            let tuples = zip(groups + [empty], weights).map {
                ELBv2.TargetGroupTuple(targetGroupArn: $0, weight: $1)
            }
            try site.live.elbv2.modifyListener(
                listenerArn: listener,
                defaultActions: [.init(type: .forward, forwardConfig: .init(targetGroups: tuples))])
        }
        try setWeights([6, 3, 1])
        let answers = site.answers(listener)
        #expect(abs(answers[.by(programs[0][0])]! - 0.2) < 1e-9)
        #expect(abs(answers[.by(programs[1][0])]! - 0.3) < 1e-9)
        #expect(abs(answers[.byLoadBalancer(status: 503)]! - 0.1) < 1e-9)
        try setWeights([0, 0, 0])
        #expect(site.answers(listener) == [.byLoadBalancer(status: 503): 1])
    }

    /// Over a whole number of rounds, the router sends as many requests to each target as the
    /// probabilities say, and never many in a row to one of several groups.
    @Test(arguments: [[1, 1], [9, 1], [90, 10], [3, 2], [1, 0], [999, 1], [7, 5]])
    func theRouterKeepsTheWeights(_ weights: [Int]) throws {
        let (site, listener, groups, _) = try site()
        try site.live.elbv2.modifyListener(
            listenerArn: listener,
            defaultActions: [
                .init(
                    type: .forward,
                    forwardConfig: .init(
                        targetGroups: zip(groups, weights).map {
                            .init(targetGroupArn: $0, weight: $1)
                        }))
            ])
        let cloud = site.live.cloud
        let id = site.listenerID(listener)
        let rounds = UInt64(weights.reduce(0, +) * 3)
        var counts: [TargetID: Int] = [:]
        var (longest, run, before) = (0, 0, TargetGroupID(rawValue: 99))
        for counter in 0..<rounds {
            guard
                case .target(let target) = cloud.route(
                    .init(), at: id, node: 0, counter: counter)
            else { continue }
            counts[target, default: 0] += 1
            let group = cloud.balancing.targets[target].group
            run = group == before ? run + 1 : 1
            (longest, before) = (max(longest, run), group)
        }
        for (target, count) in counts {
            let found = cloud.balancing.targets[target]
            let interface = cloud.network.interface(at: found.address, in: site.vpc)!
            let share = cloud.answers(to: .internet, at: id).first { $0.reply == .by(interface) }!
            #expect(abs(Double(count) - share.probability * Double(rounds)) < 1e-6)
        }
        if weights == [90, 10] { #expect(longest <= 11) }
    }

    @Test func theRouterTellsRedirectsAndFixedResponses() throws {
        let (site, listener, _, _) = try site()
        let id = site.listenerID(listener)
        try site.live.elbv2.modifyListener(
            listenerArn: listener,
            defaultActions: [
                .init(
                    type: .redirect,
                    redirectConfig: .init(
                        protocol: "HTTPS", port: "443", path: "/new/#{path}", statusCode: .http301))
            ])
        let request = Balancing.Request(host: "a.example:80", path: "/x/y", query: "q=1")
        #expect(
            site.live.cloud.route(request, at: id, node: 0, counter: 0)
                == .redirect(status: 301, location: "https://a.example:443/new/x/y?q=1"))
        try site.live.elbv2.modifyListener(
            listenerArn: listener,
            defaultActions: [
                .init(
                    type: .fixedResponse,
                    fixedResponseConfig: .init(
                        messageBody: "no", statusCode: "404", contentType: "text/plain"))
            ])
        #expect(
            site.live.cloud.route(request, at: id, node: 1, counter: 7)
                == .fixedResponse(status: 404, contentType: "text/plain", body: "no"))
    }
}
