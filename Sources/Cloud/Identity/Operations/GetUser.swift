import CloudAPI

/// Drydock keeps no users: the one that there is is the caller.
extension IAM.GetUser: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let account = caller.place.account
        let start = "arn:aws:iam::\(account):user/"
        let isUser = caller.arn.hasPrefix(start)
        let name = isUser ? caller.arn.split(separator: "/").last.map(String.init) : nil
        if let userName, userName != name { throw .userNotFound(userName) }
        guard isUser || caller.arn == "arn:aws:iam::\(account):root" else {
            throw .identityValidation(
                "Must specify userName when calling with non-User credentials")
        }
        return Output(
            user: IAM.User(
                path: isUser ? String(caller.arn.pathOfPolicy) : "/", userName: name ?? "root",
                userId: cloud.userID(of: caller), arn: caller.arn,
                createDate: cloud.calendar(.start)))
    }
}
