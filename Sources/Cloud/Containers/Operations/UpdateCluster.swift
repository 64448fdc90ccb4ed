import CloudAPI

/// What is left out stays as it was. Source: ecs.md sections 3.12 to 3.14.
extension ECS.UpdateCluster: Handled {
    public func perform(on cloud: inout Cloud, as caller: Caller) throws(APIFailure) -> Output {
        let id = try cloud.cluster(cluster, for: caller)
        try cloud.checkInsights(settings ?? [])

        if let value = settings?.first(where: { $0.name == .containerInsights })?.value {
            cloud.containers.clusters[id].containerInsights = value
        }
        if let configuration {
            cloud.containers.clusters[id].configuration = Wired(configuration)
        }
        // An empty name takes the default away. Source: the model.
        if let namespace = serviceConnectDefaults?.namespace {
            cloud.containers.clusters[id].serviceConnectNamespace =
                namespace.isEmpty ? nil : namespace
        }

        return Output(
            cluster: ECS.Cluster(id, in: cloud, include: [.settings, .configurations, .tags]))
    }
}

extension Cloud {
    /// Source of the values: ecs.md section 3.12. The text: assumed.
    func checkInsights(_ settings: [ECS.ClusterSetting]) throws(APIFailure) {
        for setting in settings where setting.name == .containerInsights {
            guard ["enabled", "disabled", "enhanced"].contains(setting.value) else {
                throw .settingValueInvalid(
                    "containerInsights", ["enabled", "disabled", "enhanced"])
            }
        }
    }
}
