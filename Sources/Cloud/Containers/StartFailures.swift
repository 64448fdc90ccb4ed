import Simulation

/// Why a task cannot start, and how long it takes from its creation until it is STOPPED.
struct StartFailure {
    var reason: String
    var takes: Spread
}

extension Cloud {
    /// What keeps a task from starting, looked at when it would begin to pull.
    ///
    /// In the order in which Fargate gets there: the token, the manifest, the layers, the log
    /// stream. Source of the texts: ecs.md sections 11.3 and 11.4, vpc.md section 8.
    ///
    /// - Returns: `nil` if nothing does.
    func startFailure(of id: TaskID) -> StartFailure? {
        startFailure(of: id, containers.taskDefinitions[containers.tasks[id].definition])
    }

    private func startFailure(
        of id: TaskID, _ definition: Containers.TaskDefinition
    ) -> StartFailure? {
        guard let interface = containers.tasks[id].interface else { return nil }
        for index in definition.containers.indices {
            let reference = definition.containers[index].image
            if let reason = pathProblem(from: interface, to: reference, definition.place) {
                return StartFailure(reason: reason, takes: timing.unreachableRegistry)
            }
            if let reason = imageProblem(of: id, container: index, definition) {
                return StartFailure(reason: reason, takes: timing.missingImage)
            }
        }
        return logFailure(of: definition, from: interface)
    }

    // MARK: the way to the registry

    private func pathProblem(
        from interface: InterfaceID, to reference: ImageReference, _ place: Place
    ) -> String? {
        guard case .ecr(_, let region) = reference.registry else {
            guard network.blockerToInternet(from: interface, port: 443) != nil else { return nil }
            return manifestUnreachable(reference, timeout(from: interface, to: nil))
        }
        let home = region ?? place.region
        if network.blocker(from: interface, toService: "ecr.api") != nil {
            return tokenUnreachable(home, timeout(from: interface, to: "ecr.api"))
        }
        if network.blocker(from: interface, toService: "ecr.dkr") != nil {
            return manifestUnreachable(reference, timeout(from: interface, to: "ecr.dkr"))
        }
        if network.blocker(from: interface, toService: "s3") != nil {
            return layersUnreachable(home, timeout(from: interface, to: nil))
        }
        return nil
    }

    /// The end of the text: the address that was dialled. With private DNS it is the endpoint's;
    /// any other is of a block that RFC 5737 keeps for documents.
    private func timeout(from interface: InterfaceID, to service: String?) -> String {
        let endpoint = service.flatMap { network.endpoint(for: $0, from: interface) }
        let address = endpoint.map { network.interfaces[$0].address.description } ?? "198.51.100.1"
        return "dial tcp \(address):443: i/o timeout"
    }

    private func tokenUnreachable(_ region: String, _ timeout: String) -> String {
        "ResourceInitializationError: unable to pull secrets or registry auth: The task cannot "
            + "pull registry auth from Amazon ECR: There is a connection issue between the task "
            + "and Amazon ECR. Check your task network configuration. operation error ECR: "
            + "GetAuthorizationToken, exceeded maximum number of attempts, 3, https response "
            + "error StatusCode: 0, RequestID: , request send failed, Post "
            + "\"https://api.ecr.\(region).amazonaws.com/\": \(timeout)"
    }

    private func manifestUnreachable(_ reference: ImageReference, _ timeout: String) -> String {
        let (host, name) = (reference.host, reference.repository)
        let tag = reference.tag ?? "latest"
        return
            "CannotPullContainerError: pull image manifest has been retried 5 time(s): failed to "
            + "resolve ref \(host)/\(name):\(tag): failed to do request: Head "
            + "\"https://\(host)/v2/\(name)/manifests/\(tag)\": \(timeout)"
    }

    private func layersUnreachable(_ region: String, _ timeout: String) -> String {
        let bucket = "prod-\(region)-starport-layer-bucket.s3.\(region).amazonaws.com"
        return "CannotPullContainerError: ref pull has been retried 5 time(s): failed to copy: "
            + "httpReadSeeker: failed open: failed to do request: Get \"https://\(bucket)/\": "
            + timeout
    }

    // MARK: the image

    /// An image of another registry than ECR is taken to exist. Assumed: Drydock has no other.
    private func imageProblem(
        of id: TaskID, container index: Int, _ definition: Containers.TaskDefinition
    ) -> String? {
        let reference = definition.containers[index].image
        guard case .ecr = reference.registry else { return nil }
        guard let (image, _) = image(of: id, container: index) else {
            return "CannotPullContainerError: pull image manifest has been retried 7 time(s): "
                + "failed to resolve ref \(reference.text): \(reference.text): not found"
        }
        guard mayPull(image, definition) else {
            let tag = reference.digest ?? reference.tag ?? "latest"
            return "CannotPullContainerError: pull image manifest has been retried 1 time(s): "
                + "failed to resolve ref \(reference.text): pulling from host \(reference.host) "
                + "failed with status code [manifests \(tag)]: 403 Forbidden"
        }
        let wanted = definition.isARM ? "arm64" : "amd64"
        guard registry.image(image, for: wanted) != nil else {
            return "CannotPullContainerError: image Manifest does not contain descriptor matching "
                + "platform 'linux/\(wanted)'"
        }
        return nil
    }

    /// Whether the policy of the repository lets the execution role have the image.
    /// Source: ecr.md section 12.4.
    private func mayPull(_ image: ImageID, _ definition: Containers.TaskDefinition) -> Bool {
        let caller = Caller(place: definition.place, arn: definition.executionRole)
        return ["BatchGetImage", "GetDownloadUrlForLayer"].allSatisfy { action in
            (try? registry.check(caller, may: action, in: registry.images[image].repository)) != nil
        }
    }

    // MARK: the log stream

    private func logFailure(
        of definition: Containers.TaskDefinition, from interface: InterfaceID
    ) -> StartFailure? {
        let start = "ResourceInitializationError: failed to validate logger args: "
        for container in definition.containers {
            guard let options = container.logs else { continue }
            if network.blocker(from: interface, toService: "logs") != nil {
                return StartFailure(
                    reason: start + "The task cannot find the Amazon CloudWatch log group defined "
                        + "in the task definition. There is a connection issue between the task "
                        + "and Amazon CloudWatch. Check your network configuration. : signal: "
                        + "killed",
                    takes: timing.unreachableRegistry)
            }
            let home = Place(account: definition.place.account, region: options.region)
            guard !options.createsGroup, logs.group(named: options.group, in: home) == nil else {
                continue
            }
            return StartFailure(
                reason: start + "create stream has been retried 1 times: failed to create "
                    + "Cloudwatch log stream: ResourceNotFoundException: The specified log group "
                    + "does not exist.",
                takes: timing.missingImage)
        }
        return nil
    }
}
