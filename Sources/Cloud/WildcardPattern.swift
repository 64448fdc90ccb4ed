/// A pattern in which `*` stands for any text, the empty one included.
struct WildcardPattern {
    private let parts: [[UInt8]]

    init(_ pattern: some StringProtocol) {
        parts = Array(pattern.utf8)
            .split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false)
            .map { Array($0) }
    }

    func matches(_ text: some StringProtocol) -> Bool {
        let bytes = Array(text.utf8)
        guard parts.count > 1 else { return bytes == parts[0] }
        let (first, last) = (parts[0], parts[parts.count - 1])
        guard bytes.count >= first.count + last.count, bytes.starts(with: first),
            bytes.suffix(last.count).elementsEqual(last)
        else { return false }
        // Between the two ends, each part as early as it can be.
        var rest = bytes[first.count..<(bytes.count - last.count)]
        for part in parts[1..<(parts.count - 1)] where !part.isEmpty {
            var start = rest.startIndex
            while start + part.count <= rest.endIndex,
                !rest[start..<(start + part.count)].elementsEqual(part)
            { start += 1 }
            guard start + part.count <= rest.endIndex else { return false }
            rest = rest[(start + part.count)...]
        }
        return true
    }
}
