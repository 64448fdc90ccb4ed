import Cloud
import Simulation

/// The network around a service at an instant: subnets and what stands in them, the ways out, and
/// who may talk to whom. Facts alone; words are made of it in the reports.
public struct NetworkPicture: Sendable, Equatable {
    public var vpc: String
    public var block: String
    /// `nil` without one.
    public var internetGateway: String?
    /// By zone, public ones first.
    public var subnets: [Subnet] = []
    /// Those that something carries, or that let something in.
    public var securityGroups: [SecurityGroup] = []
    public var gatewayEndpoints: [String] = []

    public struct Subnet: Sendable, Equatable {
        public var name: String
        public var block: String
        public var zone: String
        /// Its route table leads to an internet gateway.
        public var isPublic: Bool
        public var routeTable: String
        /// Beside the local one.
        public var routes: [Route] = []
        public var members: [Member] = []
    }

    public struct Route: Sendable, Equatable {
        public enum Target: Sendable, Equatable {
            case internetGateway
            /// Its id.
            case natGateway(String)
            case interface
        }
        public var destination: String
        public var target: Target
        /// Its target is gone: packets are swallowed.
        public var isBlackhole: Bool
    }

    /// What stands in a subnet; tasks of a service are one.
    public struct Member: Sendable, Equatable {
        public enum Kind: Sendable, Equatable {
            /// With the load balancer's name.
            case node(String)
            /// With its id and state.
            case natGateway(String, state: String)
            case tasks
            /// With the service of AWS.
            case endpoint(String)
            case other(String)
        }
        public var kind: Kind
        public var addresses: [String]
        public var publicAddresses: [String]
        public var securityGroups: [String]
    }

    public struct SecurityGroup: Sendable, Equatable {
        public var id: String
        public var name: String
        /// Interfaces that carry it.
        public var carriers: Int
        public var inbound: [Rule] = []
    }

    /// Lets something in.
    public struct Rule: Sendable, Equatable {
        public enum Peer: Sendable, Equatable {
            case everyone
            case block(String)
            /// By index in the picture.
            case group(Int)
            /// Of a group that is not shown, or a list of prefixes.
            case other(String)
        }
        public var peer: Peer
        /// `"TCP 8080"`, `"all"`.
        public var what: String
    }
}
