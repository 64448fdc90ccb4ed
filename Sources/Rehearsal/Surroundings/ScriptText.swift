/// What can be read off a command before it runs: names that it takes for granted.
struct ScriptText {
    /// The profiles that it names.
    private(set) var profiles: [String] = []
    /// The accounts that stand in the names of registries and in ARNs.
    private(set) var accounts: [String] = []

    /// - Parameter texts: The words of the command, and the texts of the files that it names.
    init(_ texts: [String]) {
        let patterns = [
            #/--profile[= ]+["']?([A-Za-z0-9_.+@-]+)/#, #/AWS_PROFILE=["']?([A-Za-z0-9_.+@-]+)/#,
            #/profile_name\s*=\s*["']([A-Za-z0-9_.+@-]+)/#,
        ]
        for text in texts {
            for pattern in patterns {
                for match in text.matches(of: pattern) { Self.add(match.1, to: &profiles) }
            }
            for match in text.matches(of: #/([0-9]{12})\.dkr\.ecr\./#) {
                Self.add(match.1, to: &accounts)
            }
            let named = #/(?:ACCOUNT|[Aa]ccount)[A-Za-z_]*["']?\s*[:=]+\s*["']?([0-9]{12})\b/#
            for match in text.matches(of: named) { Self.add(match.1, to: &accounts) }
            for match in text.matches(of: #/arn:aws:[a-z0-9-]+:[a-z0-9-]*:([0-9]{12}):/#) {
                Self.add(match.1, to: &accounts)
            }
        }
    }

    /// The account that the command belongs to, if it names just one.
    var account: String? { accounts.count == 1 ? accounts[0] : nil }

    private static func add(_ name: Substring, to list: inout [String]) {
        if !list.contains(String(name)) { list.append(String(name)) }
    }
}
