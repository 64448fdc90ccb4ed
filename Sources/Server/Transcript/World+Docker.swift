import Cloud
import CloudAPI
import Digests
import Simulation

extension World {
    func docker(_ call: DockerCall) -> DockerAnswer {
        catchUp()
        defer { setAlarm() }
        let token = Base64.encode("AWS:\(call.password)".utf8)
        guard let login = live.cloud.registryLogin(token) else {
            // Docker's words for a registry that answers 400. Source: ecr.md section 5.3; recalled.
            return DockerAnswer(
                problem: "Error response from daemon: login attempt to https://\(call.registry)/v2/"
                    + " failed with status: 400 Bad Request")
        }
        guard login.expiresAt > live.cloud.now else {
            return DockerAnswer(
                problem: "denied: Your authorization token has expired. Reauthenticate and try "
                    + "again.")
        }
        if call.kind == .login { return DockerAnswer() }
        let reference = ImageReference("\(call.registry)/\(call.repository)")
        var place = login.caller.place
        if case .ecr(let account, let region) = reference.registry {
            place = Place(account: account ?? place.account, region: region ?? place.region)
        }
        let operation = call.kind == .push ? "InitiateLayerUpload" : "BatchGetImage"
        guard place.account == login.caller.place.account else {
            let denial = denial(of: operation, call, login, place)
            note(
                APIFailure(code: "AccessDeniedException", message: denial), service: "ecr",
                operation: operation,
                from: Sender(region: place.region, address: "docker"))
            return DockerAnswer(problem: "denied: \(denial)")
        }
        live.caller = Caller(place: place, arn: login.caller.arn)
        do throws(APIFailure) {
            return call.kind == .push ? try push(call) : try pull(call)
        } catch {
            return DockerAnswer(problem: error.asDocker)
        }
    }

    /// Source: ecr.md section 5.4.
    private func denial(
        of operation: String, _ call: DockerCall, _ login: RegistryLogin, _ place: Place
    ) -> String {
        "User: \(login.caller.arn) is not authorized to perform: ecr:\(operation) on resource: "
            + "arn:aws:ecr:\(place.region):\(place.account):repository/\(call.repository) because "
            + "no resource-based policy allows the ecr:\(operation) action"
    }

    private func push(_ call: DockerCall) throws(APIFailure) -> DockerAnswer {
        guard let image = call.image else { return DockerAnswer(problem: "There is no image.") }
        let put = ECR.PutImage(
            repositoryName: call.repository, imageManifest: image.manifest, imageTag: call.tag)
        let caller = live.caller
        do {
            try onRecord(put, as: caller) { _ = try perform(put, with: image) }
        } catch let failure as APIFailure where failure.code == "ImageAlreadyExistsException" {
            // To push again what is there already is no failure. Source: ecr.md section 7.4.
        } catch let failure as APIFailure {
            throw failure
        } catch {
            preconditionFailure("an operation throws what AWS would answer, not \(error)")
        }
        // Of one that was pulled nobody else has the bytes, either.
        let missing =
            image.source == nil
            ? Self.parts(of: image.manifest).filter { blobs.sizeBytes(ofBlob: $0) == nil } : []
        return DockerAnswer(digest: SHA256.digest(of: image.manifest.utf8), missing: missing)
    }

    /// Hands over what the repository does not have, then the manifest.
    func perform(
        _ put: ECR.PutImage, with image: DockerCall.Image
    ) throws(APIFailure) -> any Shape {
        if let source = image.source {
            try copyBlobs(of: put, from: source)
            return try perform(put)
        }
        for layer in image.layers {
            try live.cloud.acceptBlob(
                layer.digest, Registry.Blob(sizeBytes: layer.sizeBytes), in: put.repositoryName,
                as: live.caller)
        }
        let bytes = Array(image.configuration.utf8)
        try live.cloud.acceptBlob(
            SHA256.digest(of: bytes),
            Registry.Blob(
                sizeBytes: bytes.count,
                configuration: try? Registry.ImageConfiguration(json: bytes)),
            in: put.repositoryName, as: live.caller)
        return try perform(put)
    }

    /// Lets a repository have what an image is made of that was pulled from another one.
    private func copyBlobs(of put: ECR.PutImage, from source: String) throws(APIFailure) {
        let reference = ImageReference(source)
        var place = live.caller.place
        if case .ecr(let account, let region) = reference.registry {
            place = Place(account: account ?? place.account, region: region ?? place.region)
        }
        let owner = Caller(place: place)
        for digest in Self.parts(of: put.imageManifest) {
            guard
                let blob = try live.cloud.blob(digest, in: reference.repository, as: owner)
            else { continue }
            try live.cloud.acceptBlob(digest, blob, in: put.repositoryName, as: live.caller)
        }
    }

    private func pull(_ call: DockerCall) throws(APIFailure) -> DockerAnswer {
        assume(for: ECR.BatchGetImage(repositoryName: call.repository, imageIds: []))
        var reference = ImageReference("\(call.registry)/\(call.repository)")
        (reference.tag, reference.digest) = (call.tag, call.digest)
        guard let id = live.cloud.registry.image(reference, for: live.caller.place) else {
            _ = try live.ecr.describeRepositories(repositoryNames: [call.repository])
            let name = "\(call.registry)/\(call.repository):\(call.tag ?? call.digest ?? "")"
            return DockerAnswer(
                problem: "Error response from daemon: manifest for \(name) not found: manifest "
                    + "unknown: Requested image not found")
        }
        let image = live.cloud.registry.images[id]
        return DockerAnswer(
            digest: image.digest, manifest: image.children.isEmpty ? image.manifest : nil,
            architecture: image.configuration.architecture,
            labels: image.configuration.profile.labels, sizeBytes: image.sizeBytes)
    }
}

extension APIFailure {
    /// The refusal as docker prints what the registry says. Source: ecr.md sections 5.5 and 5.6.
    fileprivate var asDocker: String {
        switch code {
        case "RepositoryNotFoundException": "name unknown: \(message)"
        case "ImageTagAlreadyExistsException": "tag invalid: \(message)"
        default: "denied: \(message)"
        }
    }
}
