// swift-tools-version: 6.1
import PackageDescription

// A package of its own, so that building Drydock does not build its benchmarks. Run scripts/bench.

let package = Package(
    name: "benchmarks",
    dependencies: [
        .package(name: "drydock", path: ".."),
        .package(
            url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/apple/swift-nio", from: "2.97.0"),
    ],
    targets: [
        .executableTarget(
            name: "bare-bench",
            dependencies: [
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ]),
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
            name: "scale-bench",
            dependencies: [.product(name: "Drydock", package: "drydock")]),
        .executableTarget(
            name: "wire-bench",
            dependencies: [.product(name: "Drydock", package: "drydock")]),
    ],
    swiftLanguageModes: [.v6]
)
