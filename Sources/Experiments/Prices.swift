import Cloud
import Simulation

/// What AWS charges in a region, in US dollars without tax: a table with dates, not an offer.
///
/// Source: surroundings.md section 10; docs/fidelity.md says what it leaves out.
public struct Prices: Sendable, Equatable {
    /// One price and where it comes from.
    public struct Price: Sendable, Equatable {
        public enum Source: String, Sendable {
            /// On AWS's own pages.
            case documented
            /// In quotations of AWS's price list, or on bills.
            case observed
            /// By somebody's reckoning. Not to be relied upon.
            case estimated
        }

        public var usd: Double
        public var source: Source
        /// The date, or the years, of the source.
        public var asOf: String

        public init(_ usd: Double, _ source: Source, _ asOf: String) {
            (self.usd, self.source, self.asOf) = (usd, source, asOf)
        }
    }

    public struct Fargate: Sendable, Equatable {
        public var vcpuHour: Price
        /// A GB is 1024 MiB here.
        public var gigabyteHour: Price
    }

    public var region: String
    /// Linux on x86 and on ARM.
    public var x86: Fargate
    public var arm: Fargate
    /// Fargate Spot, x86 only. It varies; an interruption is not in it.
    public var spot: Fargate
    /// Public IPv4 addresses, in use or not.
    public var publicAddressHour: Price
    public var natHour: Price
    public var natGigabyte: Price
    public var loadBalancerHour: Price
    public var loadBalancerCapacityUnitHour: Price
    public var interfaceEndpointHour: Price
    public var logsGigabyte: Price
    public var imageGigabyteMonth: Price

    /// Fargate charges by the second, for a minute at least (Linux).
    public static let shortest = Duration.seconds(60)
}

extension Prices {
    public static let usEast1 = Prices(
        region: "us-east-1",
        x86: Fargate(
            vcpuHour: Price(0.04048, .observed, "2025-2026"),
            gigabyteHour: Price(0.004445, .observed, "2025-2026")),
        arm: Fargate(
            vcpuHour: Price(0.03238, .observed, "2026-08-28"),
            gigabyteHour: Price(0.00356, .observed, "2026-08-28")),
        spot: Fargate(
            vcpuHour: Price(0.01291, .observed, "2026"),
            gigabyteHour: Price(0.00137, .estimated, "2026")),
        publicAddressHour: Price(0.005, .documented, "2024-02-01"),
        natHour: Price(0.045, .observed, "2026"), natGigabyte: Price(0.045, .observed, "2026"),
        loadBalancerHour: Price(0.0225, .observed, "2026"),
        loadBalancerCapacityUnitHour: Price(0.008, .observed, "2026"),
        interfaceEndpointHour: Price(0.01, .observed, "2026"),
        logsGigabyte: Price(0.50, .observed, "2026"),
        imageGigabyteMonth: Price(0.10, .observed, "2026"))

    public static let euCentral1 = Prices(
        region: "eu-central-1",
        x86: Fargate(
            vcpuHour: Price(0.04656, .observed, "2026-07-07"),
            gigabyteHour: Price(0.00511, .observed, "2026-07-07")),
        // 0.8 of x86, as in us-east-1.
        arm: Fargate(
            vcpuHour: Price(0.03725, .estimated, "2026-07-07"),
            gigabyteHour: Price(0.00409, .estimated, "2026-07-07")),
        // About 70 % off.
        spot: Fargate(
            vcpuHour: Price(0.01397, .estimated, "2026-07-07"),
            gigabyteHour: Price(0.00153, .estimated, "2026-07-07")),
        publicAddressHour: Price(0.005, .documented, "2024-02-01"),
        natHour: Price(0.052, .observed, "2026"), natGigabyte: Price(0.052, .observed, "2026"),
        loadBalancerHour: Price(0.027, .observed, "2026"),
        loadBalancerCapacityUnitHour: Price(0.008, .estimated, "2026"),
        interfaceEndpointHour: Price(0.012, .observed, "2026-09"),
        logsGigabyte: Price(0.63, .estimated, "2026"),
        imageGigabyteMonth: Price(0.10, .observed, "2026"))

    /// The prices of a region. Of regions that are not in the table they are estimates, and each
    /// says so: those of us-east-1 in the Americas, elsewhere 1.1 times those of eu-central-1.
    public static func of(region: String) -> Prices {
        for known in [usEast1, euCentral1] where known.region == region { return known }
        let isAmerican = ["us-", "ca-", "sa-", "mx-"].contains { region.hasPrefix($0) }
        return (isAmerican ? usEast1 : euCentral1)
            .estimated(for: region, times: isAmerican ? 1 : 1.1)
    }

    private func estimated(for region: String, times factor: Double) -> Prices {
        var prices = self
        prices.region = region
        let paths: [WritableKeyPath<Prices, Price>] = [
            \.x86.vcpuHour, \.x86.gigabyteHour, \.arm.vcpuHour, \.arm.gigabyteHour, \.spot.vcpuHour,
            \.spot.gigabyteHour, \.natHour, \.natGigabyte, \.loadBalancerHour,
            \.loadBalancerCapacityUnitHour, \.interfaceEndpointHour, \.logsGigabyte,
            \.imageGigabyteMonth,
        ]
        for path in paths {
            prices[keyPath: path].usd *= factor
            prices[keyPath: path].source = .estimated
        }
        // The price of a public address is the same in every region: it stays as documented.
        return prices
    }
}
