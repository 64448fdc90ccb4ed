import Cloud
import CloudAPI

/// What a call takes for granted: things that it names and does not make.
enum Wanted: Hashable {
    case cluster(String)
    /// - Parameter definition: What the call says that the service shall run, if it says so.
    case service(String, cluster: String, definition: String?)
    case repository(String)
    case family(String)
    case role(String)

    static func by(_ operation: any APIOperation) -> [Wanted] {
        switch operation {
        case let call as ECS.UpdateService:
            return services([call.service], in: call.cluster, definition: call.taskDefinition)
        case let call as ECS.DescribeServices: return services(call.services, in: call.cluster)
        case let call as ECS.ListTasks:
            return call.serviceName.map { services([$0], in: call.cluster) }
                ?? [aCluster(call.cluster)]
        case let call as ECS.DescribeClusters: return (call.clusters ?? []).map(aCluster)
        case let call as ECS.RunTask: return [aCluster(call.cluster)] + aFamily(call.taskDefinition)
        case let call as ECS.CreateService:
            return [aCluster(call.cluster)] + aFamily(call.taskDefinition)
        case let call as ECS.DescribeTaskDefinition: return aFamily(call.taskDefinition)
        case let call as ECS.ListTaskDefinitions: return aFamily(call.familyPrefix)
        case let call as ECS.RegisterTaskDefinition:
            return [call.executionRoleArn, call.taskRoleArn].compactMap { $0 }.map(aRole)
                + repositories(in: call.containerDefinitions) + aFamily(call.family)
        case let call as IAM.GetRole: return [aRole(call.roleName)]
        default: return repositories(named: operation).map { .repository($0) }
        }
    }

    private static func services(
        _ names: [String], in cluster: String?, definition: String? = nil
    ) -> [Wanted] {
        names.map { name in
            // The new form of an ARN names the cluster, too.
            let parts = name.split(separator: "/")
            let home = cluster ?? (parts.count == 3 ? String(parts[1]) : nil)
            return .service(last(name), cluster: last(home ?? "default"), definition: definition)
        }
    }

    private static func aCluster(_ name: String?) -> Wanted { .cluster(last(name ?? "default")) }

    private static func aRole(_ name: String) -> Wanted { .role(last(name)) }

    private static func aFamily(_ reference: String?) -> [Wanted] {
        reference.map { [.family(familyName(of: $0))] } ?? []
    }

    /// Without the number of the revision.
    static func familyName(of reference: String) -> String {
        String(last(reference).split(separator: ":")[0])
    }

    /// What stands behind the last slash: of an ARN, the name.
    private static func last(_ name: String) -> String {
        name.split(separator: "/").last.map(String.init) ?? name
    }

    private static func repositories(in containers: [ECS.ContainerDefinition]) -> [Wanted] {
        containers.compactMap { container in
            guard let image = container.image, case let reference = ImageReference(image),
                case .ecr = reference.registry
            else { return nil }
            return .repository(reference.repository)
        }
    }

    private static func repositories(named operation: any APIOperation) -> [String] {
        switch operation {
        case let call as ECR.DescribeRepositories: call.repositoryNames ?? []
        case let call as ECR.DescribeImages: [call.repositoryName]
        case let call as ECR.ListImages: [call.repositoryName]
        case let call as ECR.BatchGetImage: [call.repositoryName]
        case let call as ECR.BatchCheckLayerAvailability: [call.repositoryName]
        case let call as ECR.InitiateLayerUpload: [call.repositoryName]
        case let call as ECR.PutImage: [call.repositoryName]
        default: []
        }
    }
}
