// swift-tools-version: 6.2
import PackageDescription

// A package outside Lockstep that generates its API from a document of its own.
// Elsewhere the first line of `dependencies` is `.package(url: …, from: …)`.
let package = Package(
    name: "Bookshop",
    dependencies: [.package(name: "lockstep", path: "../..")],
    targets: [
        .target(
            name: "Bookshop", dependencies: [.product(name: "LockstepRuntime", package: "lockstep")],
            plugins: [.plugin(name: "LockstepPlugin", package: "lockstep")]),
        .testTarget(
            name: "BookshopTests", dependencies: ["Bookshop", .product(name: "LockstepTesting", package: "lockstep")]),
    ]
)
