import Cloud
import CloudAPI
import Simulation

/// The registry's requests, step by step. Each asks whom the cloud lets do what, by the names of
/// ECR's own calls. Source: ecr.md section 5.14.
extension World {
    enum Turned: Error, Hashable, Sendable {
        /// No token, one that this cloud has not given out, or one of another region.
        case stranger
        case expired
    }

    /// Looks at the token that a request brings.
    ///
    /// - Parameter home: The registry that was asked, if its name says which; otherwise it is that
    ///   of whoever asks.
    func admit(
        _ authorization: String?, home: RegistryHome?
    ) -> Result<RegistryVisitor, Turned> {
        catchUp()
        defer { setAlarm() }
        let words = (authorization ?? "").split(separator: " ")
        guard words.count == 2, words[0].lowercased() == "basic",
            let login = live.cloud.registryLogin(String(words[1])),
            home == nil || home?.region == login.caller.place.region
        else { return .failure(.stranger) }
        guard live.cloud.now < login.expiresAt else { return .failure(.expired) }
        return .success(
            RegistryVisitor(
                caller: login.caller, account: home?.account ?? login.caller.place.account))
    }

    /// Carries out an operation for someone who is not the sender of a call.
    private func perform<O: Handled>(
        _ operation: O, as caller: Caller
    ) throws(APIFailure) -> O.Output {
        if !O.isRead { try checkWritable() }
        let output = try live.cloud.perform(operation, as: caller)
        if !live.cloud.facts.isEmpty { takeNotice() }
        if !O.isRead { try journal(.call(operation, as: caller)) }
        return output
    }

    /// Makes the repository that somebody is about to push to, if a template says so.
    private func wantRepository(
        _ name: String, for visitor: RegistryVisitor
    ) throws(APIFailure) {
        guard visitor.account == visitor.caller.place.account else { return }
        try checkWritable()
        live.cloud.createOnPush(name, as: visitor.caller)
        guard !live.cloud.facts.isEmpty else { return }
        takeNotice()
        try journal(.registry(.wanted(repository: name, by: visitor.caller)))
    }

    // MARK: layers

    /// Makes the repository first if a template says so. Source: ecr.md section 16.2.
    func startUpload(
        in name: String, for visitor: RegistryVisitor
    ) throws(APIFailure) -> String {
        if transcript != nil {
            live.caller = visitor.caller
            assume(for: ECR.InitiateLayerUpload(repositoryName: name))
        }
        try wantRepository(name, for: visitor)
        let upload = try perform(
            ECR.InitiateLayerUpload(registryId: visitor.account, repositoryName: name),
            as: visitor.caller)
        for name in blobs.abandoned(allBut: Self.mostIdleUploads) { drop(upload: name) }
        setAlarm()
        return upload.uploadId ?? ""
    }

    /// Of uploads that nobody comes back to so many are kept.
    private static let mostIdleUploads = 1000

    /// How much of an upload has come.
    func uploadedBytes(
        _ id: String, in name: String, for visitor: RegistryVisitor
    ) throws(APIFailure) -> Int {
        try live.cloud.uploadedBytes(
            id, to: name, of: visitor.account, as: visitor.caller)
    }

    /// Takes note of how much of an upload has come. One that has no place in the cloud any more,
    /// because it is complete or its repository has gone, is given up.
    func note(_ id: String, sizeBytes: Int, in name: String, for visitor: RegistryVisitor) {
        do throws(APIFailure) {
            try change(
                .grown(
                    upload: id, repository: name, account: visitor.account, sizeBytes: sizeBytes,
                    by: visitor.caller))
        } catch {
            drop(upload: id)
        }
    }

    func drop(upload id: String) {
        try? change(.dropped(upload: id))
        blobs.drop(id)
    }

    /// Gives a layer its place, here and in the cloud.
    func complete(
        _ id: String, _ upload: BlobUpload, as digest: String, in name: String,
        for visitor: RegistryVisitor
    ) throws {
        let completed = Registry.Change.completed(
            upload: id, repository: name, account: visitor.account, digest: digest,
            sizeBytes: upload.sizeBytes, by: visitor.caller)
        try checkWritable()
        try live.cloud.apply(completed)
        do {
            try blobs.place(upload, as: digest, named: id)
        } catch {
            live.cloud.dropBlob(digest, from: name, in: visitor.place)
            throw error
        }
        // Not before the bytes have their place: what is written down must be there.
        try journal(.registry(completed))
    }

    func mount(
        _ digest: String, from source: String, to name: String, for visitor: RegistryVisitor
    ) throws(APIFailure) -> Bool {
        try wantRepository(name, for: visitor)
        let isThere = try live.cloud.mountBlob(
            digest, from: source, to: name, of: visitor.account, as: visitor.caller)
        if isThere {
            try journal(
                .registry(
                    .mounted(
                        digest: digest, from: source, repository: name, account: visitor.account,
                        by: visitor.caller)))
        }
        return isThere
    }

    /// What is known of a layer, and the path under which its bytes are to be had for an hour.
    func blob(
        _ digest: String, in name: String, isPull: Bool, for visitor: RegistryVisitor
    ) throws -> (Registry.Blob, path: String) {
        let action =
            isPull ? ECR.GetDownloadUrlForLayer.name : ECR.BatchCheckLayerAvailability.name
        guard
            let blob = try live.cloud.blob(
                digest, in: name, of: visitor.account, as: visitor.caller, to: action)
        else { throw RegistryRefusal.blobUnknown }
        return (blob, live.cloud.layerPath(digest, in: name, of: visitor.place))
    }

    /// Whether this is the query of an address that was given out for a layer.
    func isAddress(_ query: String, of digest: String, in name: String) -> Bool {
        catchUp()
        defer { setAlarm() }
        return live.cloud.layerAddress(query: query, repository: name, digest: digest) != nil
    }

    // MARK: images

    /// Takes an image in, as docker brings it. Again what is there already is no failure.
    func push(_ received: ReceivedManifest, as caller: Caller) throws {
        try onRecord(received.put, as: caller) {
            try prepare(received, as: caller)
            try change(.manifest(Wired(received.put), by: caller))
            try keep(received)
        }
        setAlarm()
    }

    /// Takes an image in, as a call brings it.
    func put(
        _ received: ReceivedManifest, as caller: Caller
    ) throws -> ECR.PutImage.Output {
        try onRecord(received.put, as: caller) {
            try prepare(received, as: caller)
            let output = try perform(received.put, as: caller)
            try keep(received)
            return output
        }
    }

    /// Tells the cloud what the configuration of the image says.
    private func prepare(_ received: ReceivedManifest, as caller: Caller) throws {
        guard let digest = received.configurationDigest, let result = received.configuration,
            var blob = try live.cloud.blob(
                digest, in: received.put.repositoryName, of: received.put.registryId, as: caller,
                to: ECR.PutImage.name)
        else { return }
        switch result {
        case .failure(let failure): throw APIFailure.manifestRefused(failure.description)
        case .success(let configuration):
            blob.configuration = configuration
            try change(
                .blob(
                    digest: digest, blob, repository: received.put.repositoryName,
                    account: received.put.registryId, by: caller))
        }
    }

    private func keep(_ received: ReceivedManifest) throws {
        guard let bytes = received.bytes else { return }
        try blobs.place(bytes, as: received.digest)
    }

    /// An image by tag or digest, and what was pushed.
    ///
    /// - Parameter isPull: Whether somebody means to run it; that is noted.
    func image(
        _ reference: String, in name: String, isPull: Bool, for visitor: RegistryVisitor
    ) throws -> (digest: String, mediaType: String, manifest: String) {
        let isDigest = reference.contains(":")
        let output = try perform(
            ECR.BatchGetImage(
                registryId: visitor.account, repositoryName: name,
                imageIds: [
                    .init(
                        imageDigest: isDigest ? reference : nil,
                        imageTag: isDigest ? nil : reference)
                ]), as: visitor.caller)
        guard let image = output.images?.first, let digest = image.imageId?.imageDigest,
            let manifest = image.imageManifest
        else { throw RegistryRefusal.manifestUnknown }
        if isPull {
            // A pull is no reason to fail: when it was is all that would be missing.
            try? change(
                .pulled(digest: digest, repository: name, home: visitor.place, by: visitor.caller))
        }
        return (digest, image.imageManifestMediaType ?? "", manifest)
    }

    func delete(
        _ id: ECR.ImageIdentifier, in name: String, for visitor: RegistryVisitor
    ) throws {
        let output = try perform(
            ECR.BatchDeleteImage(
                registryId: visitor.account, repositoryName: name, imageIds: [id]),
            as: visitor.caller)
        setAlarm()
        guard let failure = output.failures?.first else { return }
        switch failure.failureCode {
        case .imageNotFound?: throw RegistryRefusal.manifestUnknown
        // The text is ECR's; status and code: assumed.
        case .imageReferencedByManifestList?:
            throw RegistryRefusal(403, "DENIED", failure.failureReason ?? "")
        default: throw RegistryRefusal(400, "TAG_INVALID", failure.failureReason ?? "")
        }
    }

    // MARK: lists

    func tags(
        of name: String, after last: String?, atMost most: Int, for visitor: RegistryVisitor
    ) throws(APIFailure) -> (tags: [String], hasMore: Bool) {
        let id = try live.cloud.repository(
            named: name, of: visitor.account, as: visitor.caller, to: ECR.ListImages.name)
        return live.cloud.registry.tags(of: id, after: last, atMost: most)
    }

    func names(
        after last: String?, atMost most: Int, for visitor: RegistryVisitor
    ) -> (names: [String], hasMore: Bool) {
        guard visitor.account == visitor.caller.place.account else { return ([], false) }
        return live.cloud.registry.names(in: visitor.place, after: last, atMost: most)
    }

    /// All of them: the registry's own list has no pages.
    func referrers(
        of digest: String, in name: String, for visitor: RegistryVisitor
    ) throws(APIFailure) -> [ECR.ImageReferrer] {
        var all: [ECR.ImageReferrer] = []
        var token: String?
        repeat {
            let page = try perform(
                ECR.ListImageReferrers(
                    registryId: visitor.account, repositoryName: name,
                    subjectId: .init(imageDigest: digest), nextToken: token, maxResults: 50),
                as: visitor.caller)
            all += page.referrers ?? []
            token = page.nextToken
        } while token != nil
        return all
    }
}
