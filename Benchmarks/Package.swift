// swift-tools-version: 6.1
import PackageDescription

// A package of its own, so that building Drydock does not build its benchmarks. Run scripts/bench.

let package = Package(
    name: "benchmarks",
    dependencies: [.package(name: "drydock", path: "..")],
    targets: [
        .executableTarget(
            name: "timeline-bench",
            dependencies: [.product(name: "Drydock", package: "drydock")]),
        .executableTarget(
            name: "copy-bench",
            dependencies: [.product(name: "Drydock", package: "drydock")]),
        .executableTarget(
            name: "refcard-bench",
            dependencies: [.product(name: "Drydock", package: "drydock")]),
        .executableTarget(
            name: "wire-bench",
            dependencies: [.product(name: "Drydock", package: "drydock")]),
    ],
    swiftLanguageModes: [.v6]
)
