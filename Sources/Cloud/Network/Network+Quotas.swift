extension Network {
    /// How much of everything AWS gives without being asked. Source: vpc.md section 4, Quotas.
    enum Quota {
        static let vpcs = 5
        static let internetGateways = 5
        static let subnets = 200
        static let routeTables = 200
        static let routes = 50
        static let addresses = 5
        static let natGatewaysPerZone = 5
        static let securityGroups = 2500
        /// In each direction, of IPv4 and of IPv6.
        static let rules = 60
        static let groupsPerInterface = 5
        static let interfaces = 5000
        static let networkACLs = 200
        /// In each direction.
        static let aclEntries = 20
        static let tags = 50
    }
}
