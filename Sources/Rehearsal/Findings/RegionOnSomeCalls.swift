import Cloud
import CloudAPI
import Reports
import Server
import Simulation

extension Findings {
    /// Calls go to two regions, and in one of them something was not found that is in the other.
    @Sendable static func regionOnSomeCalls(_ scene: Scene) -> [Finding] {
        let regional = scene.calls.filter { $0.service != "iam" && $0.service != "sts" }
        var regions: [String] = []
        for call in regional where !regions.contains(call.place.region) {
            regions.append(call.place.region)
        }
        guard regions.count > 1,
            let miss = regional.first(where: { missesElsewhere($0, scene) })
        else { return [] }
        let lists = regions.map { region in
            let numbers = regional.filter { $0.place.region == region }.map {
                String($0.number)
            }
            return "\(region): \(numbers.prefix(12).joined(separator: ", "))"
        }.joined(separator: "; ")
        let (call, here) = (scene.name(miss), miss.place.region)
        let name = wanted(by: miss) ?? ""
        return [
            Finding(
                "region-on-some-calls",
                title: Bilingual(
                    "The calls go to \(regions.count) regions.",
                    "Die Aufrufe gehen in \(regions.count) Regionen."),
                evidence: Bilingual(
                    "\(call.english), did not find \(name) in \(here), and it is in the other. "
                        + "Calls by region: \(lists).",
                    "\(call.german), fand \(name) in \(here) nicht, und es ist in der anderen. "
                        + "Aufrufe nach Region: \(lists)."),
                remedy: Bilingual(
                    "Set AWS_DEFAULT_REGION once at the top of the script, instead of --region on "
                        + "some of the calls.",
                    "AWS_DEFAULT_REGION einmal oben im Skript setzen, statt --region bei manchen "
                        + "Aufrufen."),
                calls: [miss.number])
        ]
    }

    /// Whether what a call did not find is there, under the same name in another region.
    private static func missesElsewhere(_ call: Transcript.Call, _ scene: Scene) -> Bool {
        guard let name = wanted(by: call), didNotFind(call, name) else { return false }
        let (cloud, here) = (scene.end, call.place)
        func isElsewhere(_ place: Place) -> Bool {
            place.account == here.account && place.region != here.region
        }
        switch call.service {
        case "ecr":
            return cloud.registry.repositories.values.contains {
                $0.name == name && isElsewhere($0.place)
            }
        case "ecs":
            let isCluster = cloud.containers.clusters.values.contains {
                $0.name == name && isElsewhere($0.place)
            }
            let isService = cloud.containers.services.values.contains {
                $0.name == name && isElsewhere(cloud.containers.clusters[$0.cluster].place)
            }
            let isFamily = cloud.containers.taskDefinitions.values.contains {
                $0.family == name && isElsewhere($0.place)
            }
            return isCluster || isService || isFamily
        default: return false
        }
    }

    private static func didNotFind(_ call: Transcript.Call, _ name: String) -> Bool {
        switch call.outcome {
        case .refused(let failure):
            return failure.code.contains("NotFound")
                || failure.message == "Unable to describe task definition."
                || failure.message == "TaskDefinition not found."
        case .answered(let output as ECS.DescribeServices.Output):
            return output.failures?.isEmpty == false
        case .answered(let output as ECS.DescribeClusters.Output):
            return output.failures?.isEmpty == false
        case .answered, .lacking: return false
        }
    }

    /// The name that the refusal is about.
    private static func wanted(by call: Transcript.Call) -> String? {
        func last(_ name: String?) -> String? {
            name.flatMap { $0.split(separator: "/").last }.map {
                String($0.split(separator: ":")[0])
            }
        }
        let isCluster = call.failure?.code == "ClusterNotFoundException"
        switch call.input {
        case let ask as ECS.UpdateService: return last(isCluster ? ask.cluster : ask.service)
        case let ask as ECS.CreateService:
            return last(isCluster ? ask.cluster : ask.taskDefinition)
        case let ask as ECS.RunTask: return last(isCluster ? ask.cluster : ask.taskDefinition)
        case let ask as ECS.ListTasks: return last(isCluster ? ask.cluster : ask.serviceName)
        case let ask as ECS.DescribeServices:
            return last(isCluster ? ask.cluster : ask.services.first)
        case let ask as ECS.DescribeClusters: return last(ask.clusters?.first)
        case let ask as ECS.DescribeTaskDefinition: return last(ask.taskDefinition)
        case let ask as ECR.DescribeRepositories: return ask.repositoryNames?.first
        case let ask as ECR.DescribeImages: return ask.repositoryName
        case let ask as ECR.InitiateLayerUpload: return ask.repositoryName
        case let ask as ECR.PutImage: return ask.repositoryName
        default: return nil
        }
    }
}
