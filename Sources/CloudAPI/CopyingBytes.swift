extension UnsafeMutablePointer<UInt8> {
    /// Copies bytes here from elsewhere. Most are a few, for which a call of the C library would
    /// take longer than the copying: they are moved as two words that may overlap.
    @inlinable @inline(__always)
    package func copy(from source: UnsafePointer<UInt8>, count: Int) {
        let (target, source) = (UnsafeMutableRawPointer(self), UnsafeRawPointer(source))
        switch count {
        case 33...: target.copyMemory(from: source, byteCount: count)
        case 16...32: target.copyEnds(of: source, count, as: SIMD2<UInt64>.self)
        case 8...15: target.copyEnds(of: source, count, as: UInt64.self)
        case 4...7: target.copyEnds(of: source, count, as: UInt32.self)
        case 2...3: target.copyEnds(of: source, count, as: UInt16.self)
        case 1: pointee = source.load(as: UInt8.self)
        default: break
        }
    }
}

extension UnsafeMutableRawPointer {
    /// Copies the first and the last bytes, which may overlap.
    @inlinable @inline(__always) @discardableResult
    package func copyEnds<Word: BitwiseCopyable>(
        of source: UnsafeRawPointer, _ count: Int, as word: Word.Type
    ) -> (head: Word, tail: Word) {
        let last = count - MemoryLayout<Word>.size
        let (head, tail) = (
            source.loadUnaligned(as: Word.self),
            source.loadUnaligned(fromByteOffset: last, as: Word.self)
        )
        storeBytes(of: head, as: Word.self)
        storeBytes(of: tail, toByteOffset: last, as: Word.self)
        return (head, tail)
    }
}

extension String {
    /// The UTF-8 of a text, where it stands. `withUTF8` can be had of a variable only, and to put a
    /// text into one is to count one more owner of it.
    @inlinable @inline(__always)
    package func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        if let result = utf8.withContiguousStorageIfAvailable(body) { return result }
        var text = self
        return text.withUTF8(body)
    }
}
