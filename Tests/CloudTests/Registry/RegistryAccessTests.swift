import CloudAPI
import Simulation
import Testing

@testable import Cloud

/// What the policy of a repository says to whom. Source: ecr.md section 12.
@Suite struct RegistryAccessTests {
    static let other = "222222222222"

    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        var statements: [String]
        var arn = "arn:aws:iam::222222222222:role/reader"
        /// The ending of the refusal; `nil` if there is none.
        var refusal: String?
        var isOwn = false

        init(_ name: String, _ statements: String..., refusal: String? = nil) {
            (testDescription, self.statements, self.refusal) = (name, statements, refusal)
        }

        func own() -> Case {
            var copy = self
            copy.isOwn = true
            copy.arn = "arn:aws:iam::000000000000:role/reader"
            return copy
        }
    }

    static let denied = "with an explicit deny in a resource-based policy"
    static let missing =
        "because no resource-based policy allows the ecr:ListImages action"

    static func statement(_ effect: String, _ principal: String, _ action: String) -> String {
        #"{"Effect":"\#(effect)","Principal":\#(principal),"Action":"\#(action)"}"#
    }

    static let cases = [
        Case("another account needs a policy", refusal: missing),
        Case(
            "an account is everyone in it",
            statement("Allow", #"{"AWS":"222222222222"}"#, "ecr:ListImages")),
        Case(
            "so is its root",
            statement("Allow", #"{"AWS":"arn:aws:iam::222222222222:root"}"#, "ecr:List*")),
        Case(
            "a role is itself",
            statement("Allow", #"{"AWS":["arn:aws:iam::222222222222:role/reader"]}"#, "ecr:*")),
        Case(
            "and not another one",
            statement("Allow", #"{"AWS":"arn:aws:iam::222222222222:role/writer"}"#, "ecr:*"),
            refusal: missing),
        Case("a star is everyone", statement("Allow", #""*""#, "ECR:listimages")),
        Case(
            "another action is not this one",
            statement("Allow", #""*""#, "ecr:PutImage"), refusal: missing),
        Case(
            "what is denied is not allowed", statement("Allow", #""*""#, "ecr:*"),
            statement("Deny", #"{"AWS":"222222222222"}"#, "ecr:ListImages"), refusal: denied),
        Case("its own account needs no policy").own(),
        Case("nor one that allows it", statement("Allow", #""*""#, "ecr:PutImage")).own(),
        Case(
            "but one that denies counts", statement("Deny", #""*""#, "ecr:ListImages"),
            refusal: denied
        ).own(),
    ]

    @Test(arguments: cases) func policy(_ c: Case) throws {
        let live = LiveCloud()
        try live.ecr.createRepository(repositoryName: "web")
        if !c.statements.isEmpty {
            let list = c.statements.joined(separator: ",")
            try live.ecr.setRepositoryPolicy(
                repositoryName: "web",
                policyText: #"{"Version":"2012-10-17","Statement":[\#(list)]}"#)
        }
        let account = Place.standard.account
        live.caller = Caller(
            place: Place(account: c.isOwn ? account : Self.other, region: "us-east-1"), arn: c.arn)
        let call = { try live.ecr.listImages(registryId: account, repositoryName: "web") }
        guard let ending = c.refusal else {
            _ = try call()
            return
        }
        try expectRefusal(
            "AccessDeniedException",
            "User: \(c.arn) is not authorized to perform: ecr:ListImages on resource: "
                + "arn:aws:ecr:us-east-1:\(account):repository/web \(ending)", of: live
        ) { _ = try call() }
    }

    /// The reason why a task stopped that runs the image of a repository of this account.
    private func reason(_ account: String, policy: String?) throws -> String? {
        let dock = try Dock()
        let own = dock.live.caller
        dock.live.caller = Caller(place: Place(account: account, region: "us-east-1"))
        if account != own.place.account {
            try dock.live.ecr.createRepository(repositoryName: "app")
        }
        try dock.live.push(ImageBuild(compressedMebibytes: 1), to: "app")
        if let policy {
            try dock.live.ecr.setRepositoryPolicy(
                repositoryName: "app",
                policyText: #"{"Version":"2012-10-17","Statement":[\#(policy)]}"#)
        }
        dock.live.caller = own
        let container = Dock.container {
            $0.image = "\(account).dkr.ecr.us-east-1.amazonaws.com/app"
        }
        try dock.define("app", [container])
        let task = try dock.ecs.runTask(
            cluster: "c", launchType: .fargate, networkConfiguration: dock.network,
            taskDefinition: "app"
        ).tasks!.first!.taskArn!
        dock.live.run(for: .minutes(3))
        return try dock.ecs.describeTasks(cluster: "c", tasks: [task]).tasks?.first?.stoppedReason
    }

    /// Source of the text: ecs.md section 11.3.
    private static func forbidden(_ account: String) -> String {
        "CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to "
            + "resolve ref \(account).dkr.ecr.us-east-1.amazonaws.com/app: pulling from host "
            + "\(account).dkr.ecr.us-east-1.amazonaws.com failed with status code [manifests "
            + "latest]: 403 Forbidden"
    }

    @Test func aTaskPullsWhatItsExecutionRoleMayHave() throws {
        let role = #"{"AWS":"arn:aws:iam::000000000000:role/execution"}"#
        let pull = Self.statement("Allow", role, "ecr:*")
        #expect(try reason(Self.other, policy: pull) == nil)
        #expect(try reason(Self.other, policy: nil) == Self.forbidden(Self.other))
        let own = Place.standard.account
        #expect(try reason(own, policy: nil) == nil)
        let closed = Self.statement("Deny", role, "ecr:BatchGetImage")
        #expect(try reason(own, policy: closed) == Self.forbidden(own))
    }
}
