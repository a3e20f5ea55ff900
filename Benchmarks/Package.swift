// swift-tools-version: 6.2
import PackageDescription

let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

// A package of its own, so that nobody who builds Lockstep builds its benchmarks.
let package = Package(
    name: "lockstep-benchmarks",
    dependencies: [.package(name: "lockstep", path: "..")],
    targets: [
        .executableTarget(
            name: "json-bench", dependencies: [.product(name: "LockstepRuntime", package: "lockstep")],
            swiftSettings: settings),
        .executableTarget(
            name: "limiter-bench",
            dependencies: [
                .product(name: "LockstepRuntime", package: "lockstep"),
                .product(name: "LockstepServer", package: "lockstep"),
            ],
            swiftSettings: settings),
        .executableTarget(
            name: "BenchServer",
            dependencies: [
                .product(name: "LockstepRuntime", package: "lockstep"),
                .product(name: "LockstepServer", package: "lockstep"),
            ],
            swiftSettings: settings, plugins: [.plugin(name: "LockstepPlugin", package: "lockstep")]),
    ]
)
