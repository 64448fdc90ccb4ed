import Cloud
import Foundation
import Simulation
import Store

/// Takes a state with its images from place to place, without a server.
package enum StateTransfer {
    /// What a parcel says it is where it is sent.
    package static let parcelType = "application/vnd.sqlite3"

    /// Where the images of a state lie, unless somebody has said otherwise.
    package static func images(of state: String) -> String { state + ".images" }

    /// Packs a state that is kept in a file into one file.
    package static func export(_ state: String, to parcel: String) throws {
        try mustBeNew(parcel)
        let reader = try StateReader(state)
        let moment = try reader.moment(at: reader.end()).value
        try reader.copy(to: parcel)
        try pack(moment.cloud, from: images(of: state), into: parcel)
    }

    /// Adds those images that the cloud has and the folder, too.
    static func pack(_ cloud: Cloud, from images: String, into parcel: String) throws {
        let blobs = cloud.referencedDigests().sorted()
            .map { ($0, "\(images)/blobs/\($0.dropFirst("sha256:".utf8.count))") }
            .filter { Disk.size(of: $0.1) != nil }
        try StateParcel.pack(blobs.map { (digest: $0.0, path: $0.1) }, into: parcel)
    }

    /// Makes a state of a parcel.
    package static func importing(_ parcel: String, to state: String) throws {
        try mustBeNew(state)
        _ = try StateReader(parcel)
        try copy(parcel, to: state)
        let blobs = try BlobStore(images(of: state))
        defer { blobs.close() }
        try unpack(state, into: blobs)
    }

    /// Begins a state of its own with a moment of another one.
    package static func fork(_ state: String, at instant: Instant, to new: String) throws {
        try mustBeNew(new)
        let moment = try StateReader(state).moment(at: instant).value
        let opened = try StateFile.open(
            new, wallMilliseconds: WallClock.calendarMilliseconds, orBegin: { moment })
        try opened.file.close()
        let folder = images(of: state)
        guard Disk.size(of: "\(folder)/\(BlobFolder.mark)") != nil else { return }
        try BlobFolder.link(from: folder, to: images(of: new))
    }

    /// Takes the images out of a parcel, each under its digest and no other.
    static func unpack(_ parcel: String, into blobs: BlobStore) throws {
        try StateParcel.unpack(parcel) { digest, next in
            let upload = try blobs.begin()
            do {
                while let part = try next() { try upload.append(Array(part)) }
                guard upload.digest == digest else {
                    throw DrydockServer.Problem(
                        description: "\(parcel) is broken: the bytes of \(digest) are others.")
                }
                try upload.sync()
                try blobs.place(upload, as: digest)
            } catch {
                blobs.drop(upload)
                throw error
            }
        }
        try blobs.syncPlaces()
    }

    private static func mustBeNew(_ path: String) throws {
        guard !FileManager.default.fileExists(atPath: path) else {
            throw DrydockServer.Problem(
                description: "There is a file \(path) already; name a new one.")
        }
    }

    private static func copy(_ old: String, to new: String) throws {
        do {
            try FileManager.default.copyItem(atPath: old, toPath: new)
        } catch {
            throw DrydockServer.Problem(description: "\(new) cannot be written: \(error).")
        }
    }
}
