// swift-tools-version: 6.2
import PackageDescription

// Read from top to bottom: each target uses only what stands above it. ARCHITECTURE.md says why.

let package = Package(
    name: "drydock",
    products: [
        .executable(name: "drydock", targets: ["drydock"]),
        .library(
            name: "Drydock",
            targets: ["Simulation", "CloudAPI", "Wire", "Cloud", "Experiments", "Reports"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(
            url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/apple/swift-nio", from: "2.97.0"),
        .package(
            url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2", traits: []),
        .package(url: "https://github.com/apple/swift-system", from: "1.5.0"),
    ],
    targets: [
        // Clock, event queue, chance, spreads, tables. Knows nothing of AWS.
        // `squareRoot()` refers to the C library's `sqrt`, the one function there that is exact.
        .target(
            name: "Simulation",
            linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]),

        // What AWS operations look like. Knows nothing of the simulator.
        .target(
            name: "CloudAPI",
            dependencies: [.product(name: "OrderedCollections", package: "swift-collections")]),

        // SHA-256 and its HMAC, by the system's libcrypto.
        .systemLibrary(
            name: "CLibcrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .target(name: "Digests", dependencies: ["CLibcrypto"]),

        // AWS's protocols: from bytes to operations, from outputs to bytes.
        .target(name: "Wire", dependencies: ["CloudAPI", "Digests"]),

        // The model: one value that holds a whole cloud.
        .target(
            name: "Cloud",
            dependencies: [
                "Simulation", "CloudAPI", "Digests",
                .product(name: "OrderedCollections", package: "swift-collections"),
                .product(name: "HashTreeCollections", package: "swift-collections"),
            ]),

        // Charts, timelines and diagrams as values. Knows nothing at all.
        .target(name: "Drawing"),

        // Scenarios, probes, measures.
        .target(
            name: "Experiments",
            dependencies: [
                "Simulation", "CloudAPI", "Cloud", .product(name: "Yams", package: "Yams"),
            ]),

        // Results as text, JSON, CSV, SVG and HTML.
        .target(name: "Reports", dependencies: ["Simulation", "Experiments", "Drawing"]),

        // A cloud in a file: its journal, its snapshots, its history.
        .target(
            name: "Store",
            dependencies: [
                "Simulation", "CloudAPI", "Digests", "Cloud", "Experiments",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ]),

        // AWS's endpoint, the load balancers' data plane, the clock's pace: the edge to real time.
        .target(
            name: "Server",
            dependencies: [
                "Simulation", "CloudAPI", "Digests", "Wire", "Cloud", "Experiments", "Reports",
                "Store",
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]),

        // A command run against a server of its own, and judged: drydock exec.
        .target(
            name: "Rehearsal",
            dependencies: [
                "Simulation", "CloudAPI", "Digests", "Cloud", "Experiments", "Reports", "Server",
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "Yams", package: "Yams"),
                .product(
                    name: "SystemPackage", package: "swift-system",
                    condition: .when(platforms: [.linux])),
            ]),

        // The command line; one file per command.
        .executableTarget(
            name: "drydock",
            dependencies: [
                "Simulation", "CloudAPI", "Cloud", "Experiments", "Reports", "Store", "Server",
                "Rehearsal",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]),

        .testTarget(name: "SimulationTests", dependencies: ["Simulation"]),
        .testTarget(
            name: "CloudTests", dependencies: ["Simulation", "CloudAPI", "Digests", "Cloud"]),
        .testTarget(
            name: "ExperimentsTests",
            dependencies: ["Simulation", "CloudAPI", "Cloud", "Experiments"],
            exclude: ["Expected"]),
        .testTarget(name: "WireTests", dependencies: ["Cloud", "Wire", "CloudAPI"]),
        .testTarget(name: "DrawingTests", dependencies: ["Drawing"]),
        .testTarget(
            name: "ReportsTests",
            dependencies: ["Simulation", "Cloud", "Drawing", "Experiments", "Reports"],
            exclude: ["Expected"]),

        .testTarget(
            name: "StoreTests",
            dependencies: [
                "Simulation", "CloudAPI", "Digests", "Cloud", "Experiments", "Store",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),

        .testTarget(
            name: "ServerTests",
            dependencies: [
                "Simulation", "CloudAPI", "Digests", "Cloud", "Experiments", "Store", "Server",
            ],
            exclude: ["Clients"]),

        .testTarget(
            name: "RehearsalTests",
            dependencies: [
                "Simulation", "CloudAPI", "Digests", "Wire", "Cloud", "Experiments", "Reports",
                "Server", "Rehearsal",
            ], exclude: ["Clients"]),

        // The layout itself: reads the sources.
        .testTarget(name: "TidyTests"),
    ],
    swiftLanguageModes: [.v6]
)
