import Simulation

extension Cloud {
    /// Writes the line with which a program says that it is up, where its definition has a log.
    ///
    /// Source of the stream's name: ecs.md section 7.14.
    mutating func log(of id: TaskID, container index: Int, _ profile: AppProfile) {
        let definition = containers.tasks[id].definition
        let container = containers.taskDefinitions[definition].containers[index]
        guard let options = container.logs else { return }
        let home = Place(
            account: containers.taskDefinitions[definition].place.account, region: options.region)
        let group: LogGroupID
        if let known = logs.group(named: options.group, in: home) {
            group = known
        } else {
            group = logs.createGroup(options.group, in: home, at: now)
        }
        let name = String(
            parts: options.streamPrefix ?? "ecs", "/", container.name, "/", naming.hex32(id))
        let stream =
            logs.stream(named: name, in: group) ?? logs.createStream(name, in: group, at: now)
        let port = profile.port ?? container.ports.first
        let version = profile.version.map { " (\($0))" } ?? ""
        let line = port.map { "Started\(version), listening on port \($0)" } ?? "Started\(version)"
        logs.append(Logs.Event(at: now, ingestedAt: now, message: line), to: stream)
    }
}
