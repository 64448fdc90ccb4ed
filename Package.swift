// swift-tools-version: 6.1
import PackageDescription

// Read from top to bottom: each target uses only what stands above it. ARCHITECTURE.md says why.

let package = Package(
    name: "drydock",
    products: [
        .library(name: "Drydock", targets: ["Simulation", "CloudAPI", "Experiments"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0")
    ],
    targets: [
        // Clock, event queue, chance, spreads, tables. Knows nothing of AWS.
        .target(name: "Simulation"),

        // What AWS operations look like. Knows nothing of the simulator.
        .target(
            name: "CloudAPI",
            dependencies: [.product(name: "OrderedCollections", package: "swift-collections")]),

        // Charts, timelines as values; SVG and terminal. Knows nothing at all.
        .target(name: "Drawing"),

        // Scenarios, probes, measures.
        .target(name: "Experiments", dependencies: ["Simulation"]),

        // Results as text, JSON, CSV and HTML.
        .target(name: "Reports", dependencies: ["Simulation", "Drawing", "Experiments"]),

        .testTarget(name: "DrawingTests", dependencies: ["Drawing"]),
        .testTarget(
            name: "ReportsTests", dependencies: ["Simulation", "Drawing", "Experiments", "Reports"],
            exclude: ["Expected"]),
    ],
    swiftLanguageModes: [.v6]
)
