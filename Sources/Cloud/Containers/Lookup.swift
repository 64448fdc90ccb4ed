import CloudAPI
import Simulation

/// Finding what a caller names, by short name or by ARN. Source: ecs.md section 2.2.
extension Cloud {
    /// The cluster a call is for; `default` if it names none.
    func cluster(_ reference: String?, for caller: Caller) throws(APIFailure) -> ClusterID {
        guard let id = findCluster(reference ?? "default", for: caller) else {
            throw .clusterNotFound
        }
        guard containers.clusters[id].isActive else { throw .clusterInactive }
        return id
    }

    /// The same for calls that also see INACTIVE ones, or that do not mind a wrong name.
    func findCluster(_ reference: String, for caller: Caller) -> ClusterID? {
        var name = reference
        if reference.hasPrefix("arn:") {
            guard let rest = resource(ofARN: reference, service: "ecs", in: caller.place),
                rest.hasPrefix("cluster/")
            else { return nil }
            name = String(rest.dropFirst("cluster/".count))
        }
        return containers.clusterIDs[PlacedName(name, in: caller.place)]
    }

    /// A service of a cluster, by name or ARN; those that are INACTIVE too.
    func findService(_ reference: String, in cluster: ClusterID, for caller: Caller) -> ServiceID? {
        var name = reference
        if reference.hasPrefix("arn:") {
            guard let rest = resource(ofARN: reference, service: "ecs", in: caller.place) else {
                return nil
            }
            let parts = rest.parts(separatedBy: "/")
            // The older form has no cluster in it.
            guard parts[0] == "service", parts.count == 2 || parts.count == 3 else { return nil }
            if parts.count == 3, parts[1] != containers.clusters[cluster].name { return nil }
            name = parts.last!
        }
        return containers.clusters[cluster].serviceIDs[name]
    }

    func service(
        _ reference: String, in cluster: ClusterID, for caller: Caller
    ) throws(APIFailure) -> ServiceID {
        guard let id = findService(reference, in: cluster, for: caller) else {
            throw .serviceNotFound
        }
        return id
    }

    /// A task of a cluster, by id or ARN, as long as it can be described.
    func findTask(_ reference: String, in cluster: ClusterID, for caller: Caller) -> TaskID? {
        var text = reference
        if reference.hasPrefix("arn:") {
            guard let rest = resource(ofARN: reference, service: "ecs", in: caller.place) else {
                return nil
            }
            let parts = rest.parts(separatedBy: "/")
            guard parts[0] == "task", parts.count == 2 || parts.count == 3 else { return nil }
            if parts.count == 3, parts[1] != containers.clusters[cluster].name { return nil }
            text = parts.last!
        }
        guard let id = naming.taskID(hex32: text), containers.tasks.contains(id),
            containers.tasks[id].cluster == cluster
        else { return nil }
        return id
    }

    /// How a task definition may be named.
    struct TaskDefinitionName {
        var family: String
        /// `nil`: the latest ACTIVE one.
        var revision: Int?
    }

    /// Reads `family`, `family:revision` or an ARN.
    func taskDefinitionName(
        _ reference: String, for caller: Caller
    ) throws(APIFailure) -> TaskDefinitionName? {
        var text = reference[...]
        if reference.hasPrefix("arn:") {
            guard let rest = resource(ofARN: reference, service: "ecs", in: caller.place),
                rest.hasPrefix("task-definition/")
            else { return nil }
            text = rest.dropFirst("task-definition/".count)
        }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2 else {
            return parts.count == 1 ? TaskDefinitionName(family: String(text)) : nil
        }
        guard let revision = Int(parts[1]), revision > 0 else {
            throw .revisionInvalid(String(parts[1]))
        }
        return TaskDefinitionName(family: String(parts[0]), revision: revision)
    }

    /// The revision a caller names, ACTIVE or not; without a number the latest ACTIVE one.
    func findTaskDefinition(
        _ reference: String, for caller: Caller
    ) throws(APIFailure) -> TaskDefinitionID? {
        guard let name = try taskDefinitionName(reference, for: caller),
            let family = containers.families[PlacedName(name.family, in: caller.place)]
        else { return nil }
        guard let revision = name.revision else {
            return family.revisions.reversed().lazy.compactMap { $0 }.first {
                containers.taskDefinitions[$0].isActive
            }
        }
        return revision <= family.revisions.count ? family.revisions[revision - 1] : nil
    }
}
