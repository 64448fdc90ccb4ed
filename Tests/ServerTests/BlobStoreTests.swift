import Digests
import Foundation
import Testing

@testable import Server

/// Files by digest, in a folder of the test's own.
@Suite final class BlobStoreTests {
    let place = NSTemporaryDirectory() + "drydock-test-" + UUID().uuidString

    deinit { try? FileManager.default.removeItem(atPath: place) }

    func put(_ text: String, into store: BlobStore) throws -> String {
        let upload = try store.begin()
        try upload.append(Array(text.utf8))
        try upload.sync()
        let digest = upload.digest
        try store.place(upload, as: digest)
        return digest
    }

    func text(_ digest: String, in store: BlobStore) -> String? {
        store.contents(digest, atMost: 1000).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test func bytesAreFoundByTheirDigest() throws {
        let store = try BlobStore(place)
        let digest = try put("a layer", into: store)
        #expect(digest == SHA256.digest(of: "a layer".utf8))
        #expect(text(digest, in: store) == "a layer")
        #expect(store.sizeBytes(ofBlob: digest) == 7)
        #expect(store.open("sha256:../../etc/passwd") == nil)
        #expect(store.contents(digest, atMost: 6) == nil)
    }

    @Test func theSameBytesTwiceAreOneFile() throws {
        let store = try BlobStore(place)
        let digest = try put("twice", into: store)
        #expect(try put("twice", into: store) == digest)
        #expect(Disk.names(in: place + "/blobs").count == 1)
        #expect(Disk.names(in: place + "/uploads") == [])
    }

    @Test func anUploadGoesOnWhereItWas() throws {
        let store = try BlobStore(place)
        let first = try #require(try store.claim("a"))
        try first.append(Array("one ".utf8))
        #expect(try store.claim("a") == nil, "one request at a time")
        store.release("a", first)
        let second = try #require(try store.claim("a"))
        #expect(second.sizeBytes == 4)
        try second.append(Array("two".utf8))
        #expect(second.digest == SHA256.digest(of: "one two".utf8))
        try store.place(second, as: second.digest, named: "a")
        #expect(text(second.digest, in: store) == "one two")
        #expect(try store.claim("a")?.sizeBytes == 0)
    }

    @Test func aSweepLeavesWhatIsWanted() throws {
        let store = try BlobStore(place)
        let (kept, gone) = (try put("kept", into: store), try put("gone", into: store))
        for name in ["open", "given up"] {
            let upload = try #require(try store.claim(name))
            try upload.append([1])
            store.release(name, upload)
        }
        let file = try #require(store.open(gone))
        let busy = try #require(try store.claim("busy"))
        let trash = store.sweep(keeping: [kept], uploads: ["open"])
        #expect(trash.count == 2)
        for path in trash { Disk.remove(path) }
        #expect(text(kept, in: store) == "kept")
        #expect(store.open(gone) == nil)
        #expect(try file.read(4, from: 0).readableBytes == 4, "whoever reads it goes on reading")
        #expect(store.sizeBytes(of: "open") == 1)
        #expect(store.sizeBytes(of: "given up") == 0)
        store.release("busy", busy)
        #expect(try put("gone", into: store) == gone)
    }

    @Test func whatWasNeverPlacedIsGoneAfterwards() throws {
        let digest: String
        do {
            let store = try BlobStore(place)
            digest = try put("whole", into: store)
            let half = try #require(try store.claim("half"))
            try half.append(Array("ha".utf8))
            store.close()
        }
        let store = try BlobStore(place)
        #expect(text(digest, in: store) == "whole")
        #expect(Disk.names(in: place + "/uploads") == [])
    }

    @Test func theOldestIdleUploadsAreGivenUpFirst() throws {
        let store = try BlobStore(place)
        for name in ["a", "b", "c", "a"] {
            let upload = try #require(try store.claim(name))
            store.release(name, upload)
        }
        _ = try store.claim("d")
        #expect(store.abandoned(allBut: 1) == ["b", "c"])
        #expect(store.abandoned(allBut: 3) == [])
    }

    @Test func aFolderThatDoesNotStayIsMadeLateAndRemoved() throws {
        let store = try BlobStore(nil)
        #expect(store.folder == nil)
        _ = try put("passing", into: store)
        let path = try #require(store.folder?.path)
        #expect(FileManager.default.fileExists(atPath: path))
        store.close()
        #expect(!FileManager.default.fileExists(atPath: path))
    }
}
