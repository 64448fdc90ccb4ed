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
        // `squareRoot()` refers to the C library's `sqrt`, the one function there that is exact.
        .target(
            name: "Simulation",
            linkerSettings: [.linkedLibrary("m", .when(platforms: [.linux]))]),

        // What AWS operations look like. Knows nothing of the simulator.
        .target(
            name: "CloudAPI",
            dependencies: [.product(name: "OrderedCollections", package: "swift-collections")]),

        // Scenarios, probes, measures.
        .target(name: "Experiments", dependencies: ["Simulation"]),

        .testTarget(name: "SimulationTests", dependencies: ["Simulation"]),
    ],
    swiftLanguageModes: [.v6]
)
