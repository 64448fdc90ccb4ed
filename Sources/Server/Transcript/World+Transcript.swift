import Cloud
import CloudAPI
import Digests
import Simulation
import Wire

extension World {
    /// Carries a call out and writes it down.
    func performOnRecord(
        _ operation: any APIOperation, of call: WireCall, from sender: Sender, poll: Poll?
    ) throws(APIFailure) -> any Shape {
        assume(for: operation)
        let isRead = poll?.isRead ?? ReadOperations.contain(call.operation)
        let before = isRead ? nil : live.cloud
        let from = live.cloud.now
        let result: Result<any Shape, APIFailure>
        do throws(APIFailure) {
            if let poll {
                result = .success(
                    try performOnDemand(operation, of: call, from: sender, poll: poll))
            } else {
                result = .success(try perform(operation))
            }
        } catch {
            result = .failure(error)
        }
        let isWaiting = poll?.isWaiting ?? false
        var entry = Transcript.Call(
            number: transcript?.nextNumber ?? 0, service: call.service.id,
            operation: call.operation,
            input: operation, outcome: Self.outcome(of: result), accessKey: sender.accessKey,
            place: live.caller.place, from: from, to: live.cloud.now, isRead: isRead,
            isWaiting: isWaiting, before: before,
            after: isRead && !isWaiting ? nil : live.cloud, wire: call, sender: sender, poll: poll)
        if !isRead, case .success = result { entry.began = begun }
        transcript?.add(entry)
        return try result.get()
    }

    /// Takes an image in and writes that down, with what the image is made of.
    func onRecord<Value>(
        _ put: ECR.PutImage, as caller: Caller, _ body: () throws -> Value
    ) throws -> Value {
        guard let number = transcript?.nextNumber else { return try body() }
        live.caller = caller
        assume(for: put)
        let (before, from) = (live.cloud, live.cloud.now)
        let result = Result { try body() }
        var call = Transcript.Call(
            number: number, service: "ecr", operation: ECR.PutImage.name, input: put,
            outcome: .answered(ECR.PutImage.Output()), place: caller.place, from: from,
            to: live.cloud.now, isRead: false, isWaiting: false, before: before, after: live.cloud,
            sender: Sender(address: "registry"))
        switch result {
        case .success(let value):
            call.outcome = .answered(value as? ECR.PutImage.Output ?? output(of: put))
            call.blobs = blobs(of: put, for: caller)
        case .failure(let failure as APIFailure):
            // To push again what is there already is what docker does.
            let isThere = failure.code == "ImageAlreadyExistsException"
            call.outcome = isThere ? .answered(output(of: put)) : .refused(failure)
        case .failure: break
        }
        transcript?.add(call)
        return try result.get()
    }

    private func output(of put: ECR.PutImage) -> ECR.PutImage.Output {
        let digest = SHA256.digest(of: put.imageManifest.utf8)
        return ECR.PutImage.Output(
            image: ECR.Image(
                imageId: ECR.ImageIdentifier(imageDigest: digest, imageTag: put.imageTag)))
    }

    /// What the manifest names, as the repository has it.
    private func blobs(of put: ECR.PutImage, for caller: Caller) -> [Transcript.Blob] {
        Self.parts(of: put.imageManifest).compactMap { digest in
            guard let blob = try? live.cloud.blob(digest, in: put.repositoryName, as: caller) else {
                return nil
            }
            return Transcript.Blob(digest: digest, blob: blob)
        }
    }

    /// The digests of what a manifest says that its image is made of: the configuration, then the
    /// layers.
    static func parts(of manifest: String) -> [String] {
        guard let manifest = try? JSONReader.read(Array(manifest.utf8)) else { return [] }
        var parts = [manifest["config"]].compactMap { $0 }
        if case .list(let layers)? = manifest["layers"] { parts += layers }
        return parts.compactMap { part in
            if case .string(let digest)? = part["digest"] { digest } else { nil }
        }
    }

    /// Writes down a call that brings a part of a layer.
    func note(
        _ result: Result<any Shape, APIFailure>, of operation: String, from sender: Sender
    ) {
        guard let number = transcript?.nextNumber else { return }
        transcript?.add(
            .init(
                number: number, service: "ecr", operation: operation,
                outcome: Self.outcome(of: result), accessKey: sender.accessKey,
                place: live.caller.place, from: live.cloud.now, to: live.cloud.now, isRead: false,
                isWaiting: false, sender: sender))
    }

    private static func outcome(
        of result: Result<any Shape, APIFailure>
    ) -> Transcript.Outcome {
        switch result {
        case .success(let output): .answered(output)
        case .failure(let failure) where failure.status == 501: .lacking(failure)
        case .failure(let failure): .refused(failure)
        }
    }

    /// The deployments that the last operation began.
    private var begun: [DeploymentID] {
        live.cloud.facts.compactMap {
            if case .containers(.deploymentBegan(let id)) = $0 { id } else { nil }
        }
    }

    /// Lets be there what a call takes for granted, if that was asked for.
    func assume(for operation: any APIOperation) {
        guard let assume = settings.assume else { return }
        live.watch = { _ in self.takeNotice() }
        defer { live.watch = nil }
        let number = transcript?.nextNumber ?? 0
        for found in assume(operation, live) {
            transcript?.add(.init(kind: found.kind, name: found.name, call: number))
            if let service = found.service { recordings.leaveOut(service, in: live.cloud) }
        }
    }

    /// Writes down a call that was refused before it could be carried out.
    func note(
        _ failure: APIFailure, service: String, operation: String, from sender: Sender
    ) {
        guard let number = transcript?.nextNumber else { return }
        catchUp()
        let place = Place(
            account: settings.account, region: sender.region ?? settings.region)
        transcript?.add(
            .init(
                number: number, service: service, operation: operation,
                outcome: failure.isLack ? .lacking(failure) : .refused(failure),
                accessKey: sender.accessKey, place: place, from: live.cloud.now,
                to: live.cloud.now, isRead: ReadOperations.contain(operation), isWaiting: false,
                sender: sender))
    }

    func note(stray host: String, port: Int) {
        guard transcript != nil else { return }
        catchUp()
        transcript?.add(host, port: port, at: live.cloud.now)
    }

    func note(_ outcome: TrafficOutcome, of name: String) {
        guard transcript != nil else { return }
        let status: Int? =
            switch outcome {
            case .page(let page): page.status
            case .fixedResponse(let status, _, _), .redirect(let status, _), .failure(let status):
                status
            case .hangUp, .silence, .unknownName: nil
            }
        transcript?.add(.init(at: live.cloud.now, name: name, status: status))
    }

    func spend(_ nanoseconds: UInt64) { transcript?.spend(nanoseconds) }
}

extension APIFailure {
    /// Whether Drydock lacks what was asked for.
    fileprivate var isLack: Bool { status == 501 || code == "UnknownOperationException" }
}
