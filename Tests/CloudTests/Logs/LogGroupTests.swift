import CloudAPI
import Simulation
import Testing

@testable import Cloud

@Suite struct LogGroupTests {
    let live = LiveCloud()
    let arn = "arn:aws:logs:us-east-1:000000000000:log-group:/ecs/web"

    @Test func aNewGroupIsDescribed() throws {
        live.run(for: .milliseconds(1500))
        try live.logs.createLogGroup(logGroupName: "/ecs/web", tags: ["team": "one"])
        let group = try #require(try live.logs.describeLogGroups().logGroups?.first)
        #expect(group.logGroupName == "/ecs/web")
        #expect(group.creationTime == 1_767_225_601_500)
        #expect(group.arn == arn + ":*")
        #expect(group.logGroupArn == arn)
        #expect(group.retentionInDays == nil)
        #expect(group.storedBytes == 0)
        #expect(group.metricFilterCount == 0)
        #expect(group.logGroupClass == .standard)
        try expectRefusal(
            "ResourceAlreadyExistsException", "The specified log group already exists", of: live
        ) { try live.logs.createLogGroup(logGroupName: "/ecs/web") }
    }

    static let bad: [(CloudWatchLogs.CreateLogGroup, message: String)] = [
        (
            .init(logGroupName: ""),
            "1 validation error detected: Value '' at 'logGroupName' failed to satisfy constraint: "
                + "Member must have length greater than or equal to 1"
        ),
        (
            .init(logGroupName: "a b"),
            "1 validation error detected: Value 'a b' at 'logGroupName' failed to satisfy "
                + "constraint: Member must satisfy regular expression pattern: "
                + "[\\.\\-_/#A-Za-z0-9]+"
        ),
        (.init(logGroupName: "aws/ecs"), "Log groups starting with AWS/ are reserved for AWS."),
        (
            .init(logGroupName: "a", logGroupClass: "FAST"),
            "1 validation error detected: Value 'FAST' at 'logGroupClass' failed to satisfy "
                + "constraint: Member must satisfy enum value set: [STANDARD, INFREQUENT_ACCESS, "
                + "DELIVERY]"
        ),
    ]

    @Test(arguments: bad)
    func aBadGroupIsRefused(_ call: CloudWatchLogs.CreateLogGroup, _ message: String) throws {
        try expectRefusal("InvalidParameterException", message, of: live) {
            _ = try live.perform(call)
        }
    }

    @Test func groupsAreListedByNameAndFoundByPrefixOrPattern() throws {
        for name in ["c", "a1", "b", "a2", "A3"] {
            try live.logs.createLogGroup(logGroupName: name)
        }
        func names(
            prefix: String? = nil, pattern: String? = nil
        ) throws -> [String?]? {
            try live.logs.describeLogGroups(
                logGroupNamePrefix: prefix, logGroupNamePattern: pattern
            ).logGroups?.map(\.logGroupName)
        }
        #expect(try names() == ["A3", "a1", "a2", "b", "c"])
        #expect(try names(prefix: "a") == ["a1", "a2"])
        #expect(try names(pattern: "A") == ["A3", "a1", "a2"])
        let first = try live.logs.describeLogGroups(limit: 2)
        try live.logs.deleteLogGroup(logGroupName: "a1")
        let rest = try live.logs.describeLogGroups(nextToken: first.nextToken, limit: 3)
        #expect(rest.logGroups?.map(\.logGroupName) == ["a2", "b", "c"])
        #expect(rest.nextToken == nil)
        let elsewhere = LiveCloud(
            live.cloud, as: Caller(place: Place(account: "000000000000", region: "eu-west-1")))
        #expect(try elsewhere.logs.describeLogGroups().logGroups?.isEmpty == true)

        for (call, message) in [
            (
                CloudWatchLogs.DescribeLogGroups(logGroupNamePrefix: "a", logGroupNamePattern: "b"),
                "LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters."
            ),
            (
                .init(limit: 51),
                "1 validation error detected: Value '51' at 'limit' failed to satisfy constraint: "
                    + "Member must have value less than or equal to 50"
            ),
            (.init(nextToken: "?"), "The specified nextToken is invalid."),
        ] {
            try expectRefusal("InvalidParameterException", message, of: live) {
                _ = try live.perform(call)
            }
        }
    }

    @Test func streamsAreListedByNameOrByTheirLastEvent() throws {
        try live.logs.createLogGroup(logGroupName: "g")
        for (name, time) in [("b", 3), ("c", 1), ("a", 2), ("d", nil)] as [(String, Int?)] {
            try live.logs.createLogStream(logGroupName: "g", logStreamName: name)
            guard let time else { continue }
            try live.logs.putLogEvents(
                logGroupName: "g", logStreamName: name,
                logEvents: [.init(timestamp: 1_767_225_600_000 + time, message: "x")])
        }
        func names(_ call: CloudWatchLogs.DescribeLogStreams) throws -> [String?] {
            var (call, names) = (call, [String?]())
            repeat {
                let page = try live.perform(call)
                names += page.logStreams?.map(\.logStreamName) ?? []
                call.nextToken = page.nextToken
            } while call.nextToken != nil
            return names
        }
        #expect(try names(.init(logGroupName: "g", limit: 1)) == ["a", "b", "c", "d"])
        #expect(
            try names(.init(logGroupName: "g", descending: true, limit: 3)) == ["d", "c", "b", "a"])
        #expect(try names(.init(logGroupName: "g", logStreamNamePrefix: "b")) == ["b"])
        #expect(
            try names(.init(logGroupName: "g", orderBy: .lastEventTime, limit: 2))
                == ["d", "c", "a", "b"])
        #expect(
            try names(.init(logGroupName: "g", orderBy: .lastEventTime, descending: true))
                == ["b", "a", "c", "d"])
        let stream = try live.logs.describeLogStreams(
            logGroupIdentifier: "arn:aws:logs:us-east-1:000000000000:log-group:g", limit: 1
        ).logStreams?.first
        #expect(stream?.arn == "arn:aws:logs:us-east-1:000000000000:log-group:g:log-stream:a")
        #expect(stream?.firstEventTimestamp == 1_767_225_600_002)
        #expect(stream?.lastEventTimestamp == 1_767_225_600_002)
        #expect(stream?.lastIngestionTime == 1_767_225_600_000)
        #expect(stream?.uploadSequenceToken?.count == 56)
        #expect(try live.logs.describeLogGroups().logGroups?.first?.storedBytes == 81)

        try live.logs.deleteLogStream(logGroupName: "g", logStreamName: "a")
        #expect(try names(.init(logGroupName: "g")) == ["b", "c", "d"])
        #expect(try live.logs.describeLogGroups().logGroups?.first?.storedBytes == 54)
    }

    @Test func aListOfStreamsThatMakesNoSenseIsRefused() throws {
        try live.logs.createLogGroup(logGroupName: "g")
        for (call, code, message) in [
            (
                CloudWatchLogs.DescribeLogStreams(
                    logGroupName: "g", logStreamNamePrefix: "a", orderBy: .lastEventTime),
                "InvalidParameterException",
                "Cannot order by LastEventTime with a logStreamNamePrefix."
            ),
            (
                .init(), "InvalidParameterException",
                "Either logGroupName or logGroupIdentifier is required."
            ),
            (
                .init(logGroupName: "g", logGroupIdentifier: "g"), "InvalidParameterException",
                "logGroupName and logGroupIdentifier are mutually exclusive parameters."
            ),
            (
                .init(logGroupName: "none"), "ResourceNotFoundException",
                "The specified log group does not exist."
            ),
        ] {
            try expectRefusal(code, message, of: live) { _ = try live.perform(call) }
        }
    }

    @Test func whatIsNotThereIsRefused() throws {
        let group = "The specified log group does not exist."
        let calls: [(LiveCloud) throws -> Void] = [
            { try $0.logs.deleteLogGroup(logGroupName: "g") },
            { try $0.logs.createLogStream(logGroupName: "g", logStreamName: "s") },
            { try $0.logs.putRetentionPolicy(logGroupName: "g", retentionInDays: 1) },
            { try $0.logs.getLogEvents(logGroupName: "g", logStreamName: "s") },
            { try $0.logs.filterLogEvents(logGroupName: "g") },
            { try $0.logs.listTagsForResource(resourceArn: "arn:aws:logs:x") },
        ]
        for call in calls {
            try expectRefusal("ResourceNotFoundException", group, of: live) { try call(live) }
        }
        try live.logs.createLogGroup(logGroupName: "g")
        try live.logs.createLogStream(logGroupName: "g", logStreamName: "s")
        try expectRefusal(
            "ResourceAlreadyExistsException", "The specified log stream already exists", of: live
        ) { try live.logs.createLogStream(logGroupName: "g", logStreamName: "s") }
        try expectRefusal("InvalidParameterException", of: live) {
            try live.logs.createLogStream(logGroupName: "g", logStreamName: "a:b")
        }
        for call in [
            { try $0.logs.deleteLogStream(logGroupName: "g", logStreamName: "t") },
            { try $0.logs.getLogEvents(logGroupName: "g", logStreamName: "t") },
            { try $0.logs.filterLogEvents(logGroupName: "g", logStreamNames: ["s", "t"]) },
        ] as [(LiveCloud) throws -> Void] {
            try expectRefusal(
                "ResourceNotFoundException", "The specified log stream does not exist.", of: live
            ) { try call(live) }
        }
    }

    @Test func aProtectedGroupStays() throws {
        try live.logs.createLogGroup(logGroupName: "g", deletionProtectionEnabled: true)
        try expectRefusal("ValidationException", of: live) {
            try live.logs.deleteLogGroup(logGroupName: "g")
        }
    }

    @Test func retentionTakesCertainNumbersOfDays() throws {
        try live.logs.createLogGroup(logGroupName: "g")
        try live.logs.putRetentionPolicy(logGroupName: "g", retentionInDays: 7)
        #expect(try live.logs.describeLogGroups().logGroups?.first?.retentionInDays == 7)
        try expectRefusal(
            "InvalidParameterException",
            "1 validation error detected: Value '2' at 'retentionInDays' failed to satisfy "
                + "constraint: Member must satisfy enum value set: [1, 3, 5, 7, 14, 30, 60, 90, "
                + "120, "
                + "150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653]",
            of: live
        ) { try live.logs.putRetentionPolicy(logGroupName: "g", retentionInDays: 2) }
        try live.logs.deleteRetentionPolicy(logGroupName: "g")
        #expect(try live.logs.describeLogGroups().logGroups?.first?.retentionInDays == nil)
    }

    @Test func tagsAreKeptUnderTheARNAndUnderTheName() throws {
        try live.logs.createLogGroup(logGroupName: "/ecs/web", tags: ["a": "1"])
        try live.logs.tagResource(resourceArn: arn, tags: ["b": "2"])
        try live.logs.tagLogGroup(logGroupName: "/ecs/web", tags: ["a": "3"])
        #expect(try live.logs.listTagsForResource(resourceArn: arn).tags == ["a": "3", "b": "2"])
        try live.logs.untagResource(resourceArn: arn, tagKeys: ["a"])
        #expect(try live.logs.listTagsLogGroup(logGroupName: "/ecs/web").tags == ["b": "2"])
        try live.logs.untagLogGroup(logGroupName: "/ecs/web", tags: ["b"])
        #expect(try live.logs.listTagsLogGroup(logGroupName: "/ecs/web").tags == [:])
        try expectRefusal("TooManyTagsException", of: live) {
            try live.logs.tagResource(
                resourceArn: arn,
                tags: .init(uniqueKeysWithValues: (0..<51).map { ("k\($0)", "") }))
        }
        try expectRefusal("InvalidParameterException", of: live) {
            try live.logs.tagResource(resourceArn: arn, tags: ["": "x"])
        }
    }

    @Test func queriesAreHonestlyRefused() throws {
        try expectRefusal("UnsupportedOperationException", of: live) {
            try live.logs.startQuery(startTime: 0, endTime: 1, queryString: "fields @message")
        }
        try expectRefusal("ResourceNotFoundException", of: live) {
            try live.logs.getQueryResults(queryId: "x")
        }
    }
}
