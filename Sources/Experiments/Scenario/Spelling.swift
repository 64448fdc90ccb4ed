/// What somebody may have meant.
package enum Spelling {
    /// The word that is nearest to what was written, if one is near: at most a third of the letters
    /// off. Of equally near ones, the first. Upper and lower case are the same letter.
    package static func nearest(to written: String, in words: [String]) -> String? {
        let letters = Array(written.lowercased().unicodeScalars)
        guard letters.count <= 64 else { return nil }
        var best: (word: String, distance: Int)?
        for word in words {
            let other = Array(word.lowercased().unicodeScalars)
            let distance = distance(from: letters, to: other)
            guard distance <= max(1, max(letters.count, other.count) / 3) else { continue }
            if best.map({ distance < $0.distance }) ?? true { best = (word, distance) }
        }
        return best?.word
    }

    /// `Did you mean "desiredCount"?`, or else all there is to choose from.
    package static func advice(
        for written: String, among words: [String], called choices: String
    ) -> String {
        if let word = nearest(to: written, in: words) { return "Did you mean \"\(word)\"?" }
        return words.isEmpty
            ? "There are no \(choices)." : "The \(choices) are: \(words.joined(separator: ", "))."
    }

    /// How many letters have to be put in, left out, changed or swapped with the next.
    ///
    /// - Complexity: O(n m) in the two lengths.
    static func distance(from one: [Unicode.Scalar], to other: [Unicode.Scalar]) -> Int {
        var before: [Int] = []
        var last = Array(0...other.count)
        for i in one.indices {
            var row = [i + 1] + [Int](repeating: 0, count: other.count)
            for j in other.indices {
                let change = last[j] + (one[i] == other[j] ? 0 : 1)
                row[j + 1] = min(last[j + 1] + 1, row[j] + 1, change)
                if i > 0, j > 0, one[i] == other[j - 1], one[i - 1] == other[j] {
                    row[j + 1] = min(row[j + 1], before[j - 1] + 1)
                }
            }
            (before, last) = (last, row)
        }
        return last[other.count]
    }
}
