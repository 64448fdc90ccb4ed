import CloudAPI
import OrderedCollections
import Simulation

extension Logs {
    func find(group name: String, for caller: Caller) throws(APIFailure) -> LogGroupID {
        guard let id = group(named: name, in: caller.place) else {
            try Self.check(groupName: name)
            throw .logGroupNotFound
        }
        return id
    }

    /// A group by name or by identifier, which is a name or an ARN; one of them must be there.
    func find(
        group name: String?, or identifier: String?, for caller: Caller
    ) throws(APIFailure) -> LogGroupID {
        switch (name, identifier) {
        case (let name?, nil): return try find(group: name, for: caller)
        case (nil, let identifier?) where identifier.hasPrefix("arn:"):
            return try find(arn: identifier, for: caller)
        case (nil, let identifier?): return try find(group: identifier, for: caller)
        case (nil, nil):
            throw .invalidLogParameter("Either logGroupName or logGroupIdentifier is required.")
        case (_?, _?):
            throw .invalidLogParameter(
                "logGroupName and logGroupIdentifier are mutually exclusive parameters.")
        }
    }

    func find(arn: String, for caller: Caller) throws(APIFailure) -> LogGroupID {
        let parts = arn.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 7 || parts.count == 8 && parts[7] == "*", parts[2] == "logs",
            parts[5] == "log-group",
            caller.place == Place(account: parts[4], region: parts[3]),
            let id = group(named: parts[6], in: caller.place)
        else { throw .logGroupNotFound }
        return id
    }

    func find(stream name: String, in group: LogGroupID) throws(APIFailure) -> LogStreamID {
        guard let id = stream(named: name, in: group) else { throw .logStreamNotFound }
        return id
    }

    // MARK: values. Source of the limits: surroundings.md section 4.2.

    static func check(groupName name: String) throws(APIFailure) {
        try check(length: name, of: "logGroupName")
        let isPlain = name.utf8.allSatisfy { byte in
            48...57 ~= byte || 65...90 ~= byte || 97...122 ~= byte || ".-_/#".utf8.contains(byte)
        }
        guard isPlain else {
            throw .invalidLogParameter(
                name, at: "logGroupName",
                "satisfy regular expression pattern: [\\.\\-_/#A-Za-z0-9]+")
        }
    }

    static func check(streamName name: String) throws(APIFailure) {
        try check(length: name, of: "logStreamName")
        guard !name.utf8.contains(where: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "*") })
        else {
            throw .invalidLogParameter(
                name, at: "logStreamName", "satisfy regular expression pattern: [^:*]*")
        }
    }

    private static func check(length name: String, of field: String) throws(APIFailure) {
        guard !name.isEmpty else {
            throw .invalidLogParameter(name, at: field, "have length greater than or equal to 1")
        }
        guard name.utf8.count <= 512 else {
            throw .invalidLogParameter(name, at: field, "have length less than or equal to 512")
        }
    }

    static func limit(
        _ limit: Int?, upTo most: Int, or standard: Int
    ) throws(APIFailure) -> Int {
        guard let limit else { return standard }
        guard limit >= 1 else {
            throw .invalidLogParameter(limit, at: "limit", "have value greater than or equal to 1")
        }
        guard limit <= most else {
            throw .invalidLogParameter(
                limit, at: "limit", "have value less than or equal to \(most)")
        }
        return limit
    }

    static func last(_ token: String?) throws(APIFailure) -> String? {
        guard let token else { return nil }
        guard let page = PageToken(token) else {
            throw .invalidLogParameter("The specified nextToken is invalid.")
        }
        return page.last
    }
}

extension [ResourceTag] {
    /// With these tags too; one that is there gets the new value.
    func adding(_ new: OrderedDictionary<String, String>) throws(APIFailure) -> [ResourceTag] {
        var all = self
        for (key, value) in new {
            guard (1...128).contains(key.count) else {
                throw .invalidLogParameter(key, at: "tags", "have keys of 1 to 128 characters")
            }
            guard value.count <= 256 else {
                throw .invalidLogParameter(
                    value, at: "tags", "have length less than or equal to 256")
            }
            if let place = all.firstIndex(where: { $0.key == key }) {
                all[place].value = value
            } else {
                all.append(ResourceTag(key, value))
            }
        }
        guard all.count <= 50 else { throw .tooManyLogTags }
        return all
    }

    var asDictionary: OrderedDictionary<String, String> {
        OrderedDictionary(uniqueKeysWithValues: map { ($0.key, $0.value) })
    }
}
