/// What a shell has to read to use a server that its user keeps.
package enum ShellEnvironment {
    /// Commands for a POSIX shell. As for a rehearsed command, nothing that begins with `AWS_` is
    /// left from before; config and credentials files stay the user's.
    package static func text(endpoint: String, region: String, account: String) -> String {
        var variables = ChildEnvironment.leading(to: endpoint, region: region)
        // An access key of twelve digits is that of an account.
        variables["AWS_ACCESS_KEY_ID"] = account
        variables["AWS_SECRET_ACCESS_KEY"] = "drydock"
        let exports = variables.sorted { $0.key < $1.key }.map {
            "export \($0.key)='\($0.value)'\n"
        }
        return """
            for drydock_name in $(env | sed -n 's/^\\(AWS_[A-Za-z0-9_]*\\)=.*/\\1/p'); do
                unset "$drydock_name"
            done
            unset drydock_name

            """ + exports.joined()
    }
}
