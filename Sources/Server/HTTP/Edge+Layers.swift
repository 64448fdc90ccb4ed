import Cloud
import HTTPTypes
import Hummingbird
import HummingbirdCore
import NIOCore
import Wire

extension Edge {
    /// Answers who has an address that `GetDownloadUrlForLayer` gave out. The address says for
    /// itself who may use it, so nothing else is asked for.
    ///
    /// - Returns: `nil` if the request is for something else.
    func layer(_ request: WireRequest) async -> Response? {
        guard request.method == "GET", request.path.hasPrefix("/v2/"), !request.query.isEmpty,
            let bytes = await world.layer(at: request.path, query: request.query)
        else { return nil }
        return Response(
            status: .ok,
            headers: [.contentType: "application/octet-stream"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}

extension World {
    /// The bytes at `/v2/<repository>/blobs/<digest>`, if the query is one that was given out.
    func layer(at path: String, query: String) -> [UInt8]? {
        catchUp()
        defer { setAlarm() }
        let parts = path.dropFirst("/v2/".count).split(separator: "/")
        guard parts.count >= 3, parts[parts.count - 2] == "blobs", let digest = parts.last else {
            return nil
        }
        let address = live.cloud.layerAddress(
            query: query, repository: parts.dropLast(2).joined(separator: "/"),
            digest: String(digest))
        return address.flatMap { live.cloud.layerBytes($0.digest) }
    }
}
