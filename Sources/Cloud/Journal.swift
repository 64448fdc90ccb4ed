import CloudAPI
import Simulation

/// What changes a cloud from outside, as a value: a journal keeps it with the instant at which it
/// came, and a replay does it again.
///
/// Together with the seed these are all that a cloud is made of. What happens in between follows
/// from them.
public enum Change: Sendable {
    case call(any Handled, as: Caller)
    /// A place is met for the first time, and gets the default VPC that AWS gives every account.
    case defaultVpc(in: Place)
    case registry(Registry.Change)
}

extension Registry {
    /// What changes in a registry otherwise than by ECR's own calls, and those of them whose bytes
    /// lie elsewhere.
    public enum Change: Sendable, Codable {
        /// Docker is about to push to a repository that may have to be made first.
        case wanted(repository: String, by: Caller)
        case grown(
            upload: String, repository: String, account: String, sizeBytes: Int, by: Caller)
        case completed(
            upload: String, repository: String, account: String, digest: String, sizeBytes: Int,
            by: Caller)
        case dropped(upload: String)
        case mounted(
            digest: String, from: String, repository: String, account: String, by: Caller)
        case blob(digest: String, Blob, repository: String, account: String?, by: Caller)
        case manifest(Wired<ECR.PutImage>, by: Caller)
        case pulled(digest: String, repository: String, home: Place, by: Caller)
        /// `UploadLayerPart`, without its bytes.
        case part(Wired<ECR.UploadLayerPart>, sizeBytes: Int, by: Caller)
        /// `CompleteLayerUpload`, of a layer that has this digest.
        case layer(Wired<ECR.CompleteLayerUpload>, digest: String, by: Caller)
        /// Under which host docker reaches it from now on.
        case host(String?)
        case secret(String?)
    }
}

extension Cloud {
    /// Does again what has once come from outside, and was accepted.
    ///
    /// - Throws: What AWS would answer, which at the same place in the same story never happens.
    public mutating func apply(_ change: Change) throws(APIFailure) {
        switch change {
        case .call(let operation, let caller): try apply(operation, as: caller)
        case .defaultVpc(let place):
            facts.removeAll(keepingCapacity: true)
            makeDefaultVpc(in: place)
        case .registry(let change): try apply(change)
        }
    }

    private mutating func apply<O: Handled>(
        _ operation: O, as caller: Caller
    ) throws(APIFailure) {
        try perform(operation, as: caller)
    }

    /// Facts of the last operation do not count as those of this one.
    public mutating func apply(_ change: Registry.Change) throws(APIFailure) {
        facts.removeAll(keepingCapacity: true)
        switch change {
        case .wanted(let name, let caller): createOnPush(name, as: caller)
        case .grown(let upload, let repository, let account, let sizeBytes, let caller):
            try setUploadedBytes(
                upload, to: repository, of: account, sizeBytes: sizeBytes, as: caller)
        case .completed(
            let upload, let repository, let account, let digest, let sizeBytes, let caller):
            try completeUpload(
                upload, to: repository, of: account, digest: digest, sizeBytes: sizeBytes,
                as: caller)
        case .dropped(let upload): dropUpload(upload)
        case .mounted(let digest, let source, let repository, let account, let caller):
            _ = try mountBlob(digest, from: source, to: repository, of: account, as: caller)
        case .blob(let digest, let blob, let repository, let account, let caller):
            try acceptBlob(digest, blob, in: repository, of: account, as: caller)
        case .manifest(let put, let caller): try pushManifest(put.shape, as: caller)
        case .pulled(let digest, let repository, let home, let caller):
            notePull(digest, from: repository, of: home, by: caller)
        case .part(let part, let sizeBytes, let caller):
            _ = try accept(part.shape, sizeBytes: sizeBytes, as: caller)
        case .layer(let completion, let digest, let caller):
            _ = try accept(completion.shape, of: digest, as: caller)
        case .host(let host): registryHost = host
        case .secret(let secret): registrySecret = secret
        }
    }
}
