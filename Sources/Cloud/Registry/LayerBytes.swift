import CloudAPI
import Digests

extension Registry {
    /// The bytes that come by `UploadLayerPart`, in memory: first by upload, then by digest.
    ///
    /// A server keeps them in files instead and hands over references only.
    struct LayerBytes: Sendable {
        private var parts = Index<UInt32, [[UInt8]]>()
        private var layers = Index<String, [UInt8]>()

        /// The bytes of a layer that is complete; `nil` if it came otherwise, or never.
        subscript(digest: String) -> [UInt8]? { layers[digest] }

        mutating func append(_ part: [UInt8], to upload: LayerUploadID) {
            parts[upload.rawValue, default: []].append(part)
        }

        /// - Complexity: O(n) in the bytes of the upload.
        func digest(of upload: LayerUploadID) -> String {
            SHA256.digest(of: (parts[upload.rawValue] ?? []).joined())
        }

        /// Keeps the bytes of an upload under their digest.
        mutating func keep(_ upload: LayerUploadID, as digest: String) {
            layers[digest] = Array((parts[upload.rawValue] ?? []).joined())
            drop(upload)
        }

        mutating func forget(_ digest: String) { layers[digest] = nil }

        mutating func drop(_ upload: LayerUploadID) { parts[upload.rawValue] = nil }
    }
}

extension Registry.LayerBytes: Codable {
    private struct Saved: Codable {
        var key: String
        var parts: [String]
    }

    init(from decoder: any Decoder) throws {
        var list = try decoder.unkeyedContainer()
        while !list.isAtEnd {
            let saved = try list.decode(Saved.self)
            let bytes = saved.parts.map { Base64.decode($0) ?? [] }
            if let upload = UInt32(saved.key) {
                parts[upload] = bytes
            } else {
                layers[saved.key] = bytes.first ?? []
            }
        }
    }

    /// In base64: a list of numbers would be four times as long.
    func encode(to encoder: any Encoder) throws {
        var list = encoder.unkeyedContainer()
        for (key, value) in parts.sorted {
            try list.encode(Saved(key: String(key), parts: value.map { Base64.encode($0) }))
        }
        for (key, value) in layers.sorted {
            try list.encode(Saved(key: key, parts: [Base64.encode(value)]))
        }
    }
}
