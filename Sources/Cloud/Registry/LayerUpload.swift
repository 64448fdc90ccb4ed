import CloudAPI
import Simulation

public struct LayerUploadID: Identifier {
    public let rawValue: UInt32
    public init(rawValue: UInt32) { self.rawValue = rawValue }
}

extension Registry {
    /// A layer on its way in, part by part. Source: ecr.md section 6.
    struct LayerUpload: Sendable, Codable {
        let repository: RepositoryID
        var sizeBytes = 0
        var lastPartBytes = 0
        /// Whether a part that others followed was smaller than ``smallestPart``.
        var hasSmallPart = false
    }

    /// What AWS suggests as the size of a part. Source: ecr.md section 6.2.
    static let suggestedPart = 10_485_760
    /// Of every part but the last. Source: ecr.md section 6.3.
    static let smallestPart = 5_242_880
    static let largestPart = 20_971_520

    /// The upload that a call names; it must be one to this repository.
    func upload(_ name: String, to repository: RepositoryID) throws(APIFailure) -> LayerUploadID {
        guard let id = uploadIDs[name], uploads[id].repository == repository else {
            throw .uploadNotFound
        }
        return id
    }

    mutating func remove(_ upload: LayerUploadID, named name: String) {
        let repository = uploads[upload].repository
        repositories[repository].uploads.removeAll { $0 == upload }
        uploads.remove(upload)
        uploadIDs[name] = nil
        bytes.drop(upload)
    }
}

extension Cloud {
    /// A UUID. Source: ecr.md section 6.2.
    func name(of id: LayerUploadID) -> String {
        naming.uuid(UInt64(id.rawValue), .layerUpload)
    }
}
