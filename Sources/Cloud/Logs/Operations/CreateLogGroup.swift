import CloudAPI

extension CloudWatchLogs.CreateLogGroup: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        try Logs.check(groupName: logGroupName)
        guard !logGroupName.lowercased().hasPrefix("aws/") else {
            throw .invalidLogParameter("Log groups starting with AWS/ are reserved for AWS.")
        }
        let classes: [CloudWatchLogs.LogGroupClass?] = [
            nil, .standard, .infrequentAccess, .delivery,
        ]
        guard classes.contains(logGroupClass) else {
            throw .invalidLogParameter(
                logGroupClass?.rawValue ?? "", at: "logGroupClass",
                "satisfy enum value set: [STANDARD, INFREQUENT_ACCESS, DELIVERY]")
        }
        let tags = try [ResourceTag]().adding(tags ?? [:])
        guard cloud.logs.group(named: logGroupName, in: caller.place) == nil else {
            throw .logGroupExists
        }

        let id = cloud.logs.createGroup(logGroupName, in: caller.place, at: cloud.now)
        cloud.logs.groups[id].kmsKey = kmsKeyId
        cloud.logs.groups[id].storageClass = logGroupClass?.rawValue ?? "STANDARD"
        cloud.logs.groups[id].isProtected = deletionProtectionEnabled ?? false
        cloud.logs.groups[id].tags = tags

        return Output()
    }
}
