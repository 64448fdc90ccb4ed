/// How a value lies in a snapshot: a tag of one byte, and what the tag says.
///
/// A snapshot of a large cloud has to be read in less time than a person notices. JSON would write
/// out the names of all members with each value, and no coder among the packages at hand is made
/// for speed. Names stand here once; a later version finds the members that it knows by them.
enum SnapshotFormat {
    /// The first bytes of a snapshot, with the number of the format.
    static let mark: [UInt8] = Array("drydock1".utf8)

    static let null: UInt8 = 0
    static let no: UInt8 = 1
    static let yes: UInt8 = 2
    /// A whole number, its sign in the lowest bit, seven bits to a byte.
    static let int: UInt8 = 3
    /// Eight bytes, the lowest first.
    static let double: UInt8 = 4
    /// A length and UTF-8.
    static let text: UInt8 = 5
    /// A number in the table of strings, which stands before everything else.
    static let word: UInt8 = 6
    /// A length of four bytes; then members, each a number in the table of strings and a value.
    static let keyed: UInt8 = 7
    /// A length and a count of four bytes each; then values.
    static let list: UInt8 = 8
    /// From here on the tag is itself a whole number, counted from 0.
    static let small: UInt8 = 32

    /// Longer strings are hardly the same twice.
    static let longestWord = 64
}
