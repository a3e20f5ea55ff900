// swift-tools-version: 6.2
import PackageDescription

// One list of settings for every target: Swift 6 mode comes with the tools version.
// SE-0335 (any), SE-0444 (member imports), SE-0409 (internal imports by default), SE-0443 (warnings are errors).
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .treatAllWarnings(as: .error),
]

func library(_ name: String, in folder: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, path: "\(folder)/\(name)", swiftSettings: settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, path: "Tests/\(name)", swiftSettings: settings)
}

let package = Package(
    name: "lockstep",
    products: [
        .library(name: "LockstepRuntime", targets: ["LockstepRuntime"]),
        .library(name: "LockstepServer", targets: ["LockstepServer"]),
        .library(name: "LockstepPostgres", targets: ["LockstepPostgres"]),
        .library(name: "LockstepTesting", targets: ["LockstepTesting"]),
        .plugin(name: "LockstepPlugin", targets: ["LockstepPlugin"]),
        .executable(name: "lockstep", targets: ["lockstep"]),
        .executable(name: "platform", targets: ["platform"]),
    ],
    targets: [
        // MARK: C libraries, all from Debian
        .systemLibrary(
            name: "CLockstepPCRE2", path: "Sources/CLockstepPCRE2", pkgConfig: "libpcre2-8",
            providers: [.apt(["libpcre2-dev"])]),
        .systemLibrary(
            name: "CLockstepYAML", path: "Generator/CLockstepYAML", pkgConfig: "yaml-0.1",
            providers: [.apt(["libyaml-dev"])]),
        .systemLibrary(
            name: "CLockstepOpenSSL", path: "Sources/CLockstepOpenSSL", pkgConfig: "openssl",
            providers: [.apt(["libssl-dev"])]),
        .systemLibrary(
            name: "CLockstepPQ", path: "Sources/CLockstepPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(
            name: "CLockstepCrypt", path: "Sources/CLockstepCrypt", pkgConfig: "libcrypt",
            providers: [.apt(["libcrypt-dev"])]),
        .target(name: "CLockstepLinux", path: "Sources/CLockstepLinux"),

        // MARK: Run time
        library("LockstepJSON", in: "Sources", []),
        library("LockstepSchema", in: "Sources", ["LockstepJSON", "CLockstepPCRE2"]),
        library("LockstepRuntime", in: "Sources", ["LockstepSchema", "LockstepJSON"]),
        library("LockstepEventLoop", in: "Sources", ["CLockstepLinux"]),
        library(
            "LockstepServer", in: "Sources",
            ["LockstepRuntime", "LockstepEventLoop", "CLockstepLinux", "CLockstepOpenSSL"]),
        library("LockstepPostgres", in: "Sources", ["LockstepRuntime", "LockstepEventLoop", "CLockstepPQ"]),
        library("LockstepTesting", in: "Sources", ["LockstepRuntime", "LockstepServer"]),

        // MARK: Build time
        library("LockstepDocument", in: "Generator", ["LockstepSchema", "LockstepJSON", "CLockstepYAML"]),
        library("LockstepEmit", in: "Generator", ["LockstepDocument", "LockstepSchema", "LockstepJSON"]),
        .executableTarget(
            name: "lockstep-generate", dependencies: ["LockstepEmit"], path: "Generator/lockstep-generate",
            swiftSettings: settings),
        .executableTarget(
            name: "lockstep", dependencies: ["LockstepEmit"], path: "Generator/lockstep", swiftSettings: settings),

        .plugin(
            name: "LockstepPlugin", capability: .buildTool(), dependencies: ["lockstep-generate"],
            path: "Plugins/LockstepPlugin"),

        // MARK: The platform
        .target(
            name: "PlatformAPI", dependencies: ["LockstepRuntime"], path: "spec", swiftSettings: settings,
            plugins: ["LockstepPlugin"]),
        library(
            "PlatformCore", in: "Sources",
            ["LockstepRuntime", "LockstepEventLoop", "LockstepPostgres", "CLockstepOpenSSL"]),
        library(
            "PlatformAuth", in: "Sources",
            [
                "PlatformAPI", "PlatformCore", "LockstepRuntime", "LockstepEventLoop", "LockstepPostgres",
                "CLockstepOpenSSL", "CLockstepCrypt",
            ]),
        library(
            "PlatformPayments", in: "Sources", ["PlatformAPI", "PlatformCore", "LockstepRuntime", "LockstepPostgres"]),
        library(
            "PlatformAssembly", in: "Sources",
            [
                "PlatformAPI", "PlatformAuth", "PlatformCore", "PlatformPayments", "LockstepRuntime",
                "LockstepEventLoop", "LockstepServer", "LockstepPostgres",
            ]),
        .executableTarget(
            name: "platform", dependencies: ["PlatformAssembly"], path: "Sources/platform", swiftSettings: settings),

        // MARK: Tests
        tests("ArchitectureTests", []),
        tests("LockstepJSONTests", ["LockstepJSON"]),
        tests("LockstepSchemaTests", ["LockstepSchema"]),
        tests("LockstepDocumentTests", ["LockstepDocument"]),
        tests("LockstepEmitTests", ["LockstepEmit"]),
        tests("LockstepRuntimeTests", ["LockstepRuntime", "LockstepTesting"]),
        tests("LockstepEventLoopTests", ["LockstepEventLoop"]),
        tests("LockstepServerTests", ["LockstepServer", "LockstepTesting"]),
        tests("LockstepPostgresTests", ["LockstepPostgres"]),
        library("PlatformTestSupport", in: "Tests", ["LockstepPostgres", "LockstepEventLoop"]),
        tests("PlatformCoreTests", ["PlatformCore", "LockstepRuntime"]),
        tests(
            "PlatformAuthTests",
            [
                "PlatformAuth", "PlatformCore", "PlatformTestSupport", "LockstepEventLoop", "LockstepRuntime",
                "LockstepPostgres",
            ]),
        tests(
            "PlatformPaymentsTests",
            ["PlatformPayments", "PlatformCore", "PlatformTestSupport", "LockstepRuntime", "LockstepPostgres"]),
    ]
)
