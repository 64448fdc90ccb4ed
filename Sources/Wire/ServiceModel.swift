import CloudAPI

/// What is looked up of a service for every request, made once when the service is first called.
struct ServiceModel: Sendable {
    /// Every operation AWS has.
    let operationNames: Set<String>
    /// Those there are types for.
    let types: [String: any APIOperation.Type]
    let rules: RequestRules

    private init(_ service: APIService) {
        operationNames = Set(service.allOperationNames)
        types = Dictionary(uniqueKeysWithValues: service.operations.map { ($0.name, $0) })
        rules = RequestRules(service.constraints)
    }

    static func of(_ service: APIService) -> ServiceModel {
        switch service {
        case .ecs: ecs
        case .ecr: ecr
        case .elbv2: elbv2
        case .ec2: ec2
        case .sts: sts
        case .iam: iam
        case .cloudWatchLogs: cloudWatchLogs
        case .cloudWatch: cloudWatch
        case .applicationAutoScaling: applicationAutoScaling
        default: ServiceModel(service)
        }
    }

    private static let ecs = ServiceModel(.ecs)
    private static let ecr = ServiceModel(.ecr)
    private static let elbv2 = ServiceModel(.elbv2)
    private static let ec2 = ServiceModel(.ec2)
    private static let sts = ServiceModel(.sts)
    private static let iam = ServiceModel(.iam)
    private static let cloudWatchLogs = ServiceModel(.cloudWatchLogs)
    private static let cloudWatch = ServiceModel(.cloudWatch)
    private static let applicationAutoScaling = ServiceModel(.applicationAutoScaling)
}
