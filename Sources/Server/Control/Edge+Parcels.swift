import Cloud
import Foundation
import HTTPTypes
import HummingbirdCore
import NIOCore
import Simulation
import Store

/// A cloud as one file, out of the server and into it.
extension Edge {
    /// What a parcel says it is.
    static let parcelType = StateTransfer.parcelType
    /// A parcel has all images in it, so that it may be large; but it has to end.
    private static let mostParcelBytes = 1 << 36

    /// `GET export`
    func export() async throws -> Response {
        let (world, moment) = (world, await world.exported())
        let folder = try PassingFolder()
        let path = folder.path + "/export.db"
        do {
            try await BlobStore.away {
                if let store = world.store {
                    try store.copy(to: path)
                } else {
                    let wall = WallClock.calendarMilliseconds
                    try StateFile.open(path, wallMilliseconds: wall) { moment }.file.close()
                }
                try StateTransfer.pack(
                    moment.cloud, from: world.blobs.folder?.path ?? "", into: path)
            }
        } catch let problem as StoreProblem {
            throw ControlProblem(500, problem.description)
        }
        guard let file = BlobFile(at: path) else {
            throw ControlProblem(500, "The export cannot be read.")
        }
        return Response(
            status: .ok, headers: [.contentType: Self.parcelType, .cacheControl: "no-store"],
            body: ResponseBody(contentLength: file.sizeBytes) { writer in
                try await Self.send(file, to: &writer)
                try await writer.finish(nil)
                // Until the last byte is out.
                withExtendedLifetime(folder) {}
            })
    }

    private static func send(
        _ file: BlobFile, to writer: inout any ResponseBodyWriter
    ) async throws {
        var at = 0
        while at < file.sizeBytes {
            let from = at
            let chunk = try await BlobStore.away { try file.read(1 << 18, from: from) }
            guard chunk.readableBytes > 0 else { throw ControlProblem(500, "The export ended.") }
            at += chunk.readableBytes
            try await writer.write(chunk)
        }
    }

    /// `POST import`: the cloud of a parcel takes the place of this one.
    func importing(_ request: Request) async throws -> Response {
        let folder = try PassingFolder()
        defer { withExtendedLifetime(folder) {} }
        let path = folder.path + "/import.db"
        let parcel = BlobUpload(at: path)
        for try await part in request.body {
            guard parcel.sizeBytes + part.readableBytes <= Self.mostParcelBytes else {
                throw ControlProblem(413, "The body is larger than \(Self.mostParcelBytes) bytes.")
            }
            try await BlobStore.away { try parcel.append([part]) }
        }
        parcel.pause()
        let blobs = world.blobs
        do {
            let moment = try await BlobStore.away {
                let reader = try StateReader(path)
                let moment = try reader.moment(at: reader.end()).value
                try StateTransfer.unpack(path, into: blobs)
                return moment
            }
            let kept = try await world.replace(by: moment)
            return .json(await world.rewound(kept: kept))
        } catch let problem as StoreProblem {
            throw ControlProblem(
                400,
                problem.description.replacing(path, with: "What was sent"))
        } catch let problem as DrydockServer.Problem {
            throw ControlProblem(400, problem.description.replacing(path, with: "What was sent"))
        }
    }
}

extension World {
    /// The present, as it is to be taken elsewhere.
    func exported() -> Moment {
        _ = writeDown()
        return present?.moment ?? moment
    }
}
