import Cloud
import CloudAPI
import Simulation

/// A cloud that somebody finds: what is in it before the first call.
public enum StartingPoint: Sendable {
    /// A new account: nothing but what AWS puts into it.
    case empty
    /// The account of a class: with the one role that its students may use.
    case learnerLab
    /// The first version of a scenario, steady.
    case scenario(Scenario)

    /// - Parameters:
    ///   - seed: Decides delays and choices.
    ///   - idSeed: Decides ids.
    ///   - epoch: The calendar instant of the clock's start.
    ///   - place: Whose it is; a scenario is played there instead of where it says itself.
    /// - Throws: What is wrong with the scenario.
    public func cloud(
        seed: UInt64, idSeed: UInt64, epoch: Timestamp, place: Place
    ) throws(ScenarioProblem) -> Cloud {
        switch self {
        case .empty: return Cloud(seed: seed, idSeed: idSeed, epoch: epoch)
        case .learnerLab:
            let live = LiveCloud(
                Cloud(seed: seed, idSeed: idSeed, epoch: epoch), as: Caller(place: place))
            Self.makeLabRole(on: live)
            return live.cloud
        case .scenario(let scenario):
            let moved = try scenario.applying(setting: "region=\(place.region)")
                .applying(setting: "account=\"\(place.account)\"")
            return try ScenarioSetup(moved, seed: seed, idSeed: idSeed, epoch: epoch).live.cloud
        }
    }

    /// The role that the accounts of AWS Academy have, with the instance profile of the same name:
    /// services take it on, and it may do most things. Which policies hang on it differs from class
    /// to class; here those that containers need. Assumed.
    private static func makeLabRole(on live: LiveCloud) {
        let services = ["ecs-tasks", "ecs", "ec2", "lambda", "codedeploy", "elasticloadbalancing"]
        let principals = services.map { "\"\($0).amazonaws.com\"" }.joined(separator: ",")
        let trust = """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow",\
            "Principal":{"Service":[\(principals)]},"Action":"sts:AssumeRole"}]}
            """
        do {
            try live.iam.createRole(roleName: "LabRole", assumeRolePolicyDocument: trust)
            for policy in [
                "service-role/AmazonECSTaskExecutionRolePolicy",
                "AmazonEC2ContainerRegistryReadOnly", "AmazonSSMManagedInstanceCore",
            ] {
                try live.iam.attachRolePolicy(
                    roleName: "LabRole", policyArn: "arn:aws:iam::aws:policy/\(policy)")
            }
            try live.iam.createInstanceProfile(instanceProfileName: "LabInstanceProfile")
            try live.iam.addRoleToInstanceProfile(
                instanceProfileName: "LabInstanceProfile", roleName: "LabRole")
        } catch {
            preconditionFailure("a new account takes a role, and did not: \(error)")
        }
    }
}
