import Simulation

/// Why a task cannot start, and how long it takes from its creation until it is STOPPED.
struct StartFailure {
    var reason: String
    var takes: Spread
}

extension Cloud {
    /// What keeps a task from starting, looked at when it would begin to pull; `nil` if nothing does.
    ///
    /// In the order in which Fargate gets there: the token, the image, the log stream.
    /// Source of the texts: ecs.md sections 11.3 and 11.4, vpc.md section 8.
    func startFailure(of id: TaskID) -> StartFailure? {
        let task = containers.tasks[id]
        let definition = containers.taskDefinitions[task.definition]
        guard let interface = task.interface else { return nil }
        let isCutOff = network.blockerToInternet(from: interface, port: 443) != nil
        for index in definition.containers.indices {
            let reference = definition.containers[index].image
            if isCutOff {
                return StartFailure(
                    reason: unreachable(reference, definition.place), takes: timing.unreachableRegistry)
            }
            if let reason = imageProblem(of: id, container: index, definition) {
                return StartFailure(reason: reason, takes: timing.missingImage)
            }
        }
        for container in definition.containers {
            guard let options = container.logs, !options.createsGroup else { continue }
            let home = Place(account: definition.place.account, region: options.region)
            if logs.group(named: options.group, in: home) == nil {
                return StartFailure(
                    reason: "ResourceInitializationError: failed to validate logger args: create "
                        + "stream has been retried 1 times: failed to create Cloudwatch log stream: "
                        + "ResourceNotFoundException: The specified log group does not exist.",
                    takes: timing.missingImage)
            }
        }
        return nil
    }

    /// The addresses in the texts are those of a documentation block: RFC 5737.
    private func unreachable(_ reference: ImageReference, _ place: Place) -> String {
        switch reference.registry {
        case .ecr(_, let region):
            "ResourceInitializationError: unable to pull secrets or registry auth: The task cannot "
                + "pull registry auth from Amazon ECR: There is a connection issue between the task "
                + "and Amazon ECR. Check your task network configuration. operation error ECR: "
                + "GetAuthorizationToken, exceeded maximum number of attempts, 3, https response "
                + "error StatusCode: 0, RequestID: , request send failed, Post "
                + "\"https://api.ecr.\(region ?? place.region).amazonaws.com/\": dial tcp "
                + "198.51.100.1:443: i/o timeout"
        case .other(let host):
            "CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to "
                + "resolve ref \(host)/\(reference.repository):\(reference.tag ?? "latest"): failed "
                + "to do request: Head \"https://\(host)/v2/\(reference.repository)/manifests/"
                + "\(reference.tag ?? "latest")\": dial tcp 198.51.100.1:443: i/o timeout"
        }
    }

    /// An image of another registry than ECR is taken to exist. Assumed: Drydock has no other.
    private func imageProblem(
        of id: TaskID, container index: Int, _ definition: Containers.TaskDefinition
    ) -> String? {
        let reference = definition.containers[index].image
        guard case .ecr = reference.registry else { return nil }
        guard let (image, _) = image(of: id, container: index) else {
            return "CannotPullContainerError: pull image manifest has been retried 7 time(s): failed "
                + "to resolve ref \(reference.text): \(reference.text): not found"
        }
        let architecture = registry.images[image].configuration.architecture
        let wanted = definition.isARM ? "arm64" : "amd64"
        guard architecture == wanted else {
            return "CannotPullContainerError: image Manifest does not contain descriptor matching "
                + "platform 'linux/\(wanted)'"
        }
        return nil
    }
}
