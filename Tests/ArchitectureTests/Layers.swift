/// The allowed edges between the targets of this package, lower layers first: a target may name only what stands in its row.
enum Layers {
    static let allowed: [String: Set<String>] = [
        "CLockstepPCRE2": [],
        "CLockstepYAML": [],
        "CLockstepOpenSSL": [],
        "CLockstepPQ": [],
        "CLockstepCrypt": [],
        "CLockstepJemalloc": [],
        "CLockstepCurl": [],
        "CLockstepLinux": [],

        "LockstepJSON": [],
        "LockstepSchema": ["LockstepJSON", "CLockstepPCRE2"],
        "LockstepRuntime": ["LockstepSchema", "LockstepJSON"],
        "LockstepEventLoop": ["CLockstepLinux"],
        "LockstepServer": ["LockstepRuntime", "LockstepEventLoop", "CLockstepLinux", "CLockstepOpenSSL"],
        "LockstepPostgres": ["LockstepRuntime", "LockstepJSON", "LockstepEventLoop", "CLockstepLinux", "CLockstepPQ"],
        "LockstepClient": ["LockstepRuntime", "CLockstepCurl"],
        "LockstepTesting": ["LockstepRuntime"],

        "LockstepDocument": ["LockstepSchema", "LockstepJSON", "CLockstepYAML"],
        "LockstepEmit": ["LockstepDocument", "LockstepSchema", "LockstepJSON"],
        "lockstep-generate": ["LockstepEmit", "LockstepDocument"],
        "lockstep": ["LockstepEmit", "LockstepDocument", "LockstepSchema", "LockstepJSON"],
        "LockstepPlugin": ["lockstep-generate"],

        "PlatformAPI": ["LockstepRuntime", "LockstepPlugin"],
        "PlatformCore": ["LockstepRuntime", "LockstepEventLoop", "LockstepPostgres", "CLockstepOpenSSL"],
        "PlatformAuth": [
            "PlatformAPI", "PlatformCore", "LockstepRuntime", "LockstepEventLoop", "LockstepPostgres",
            "CLockstepOpenSSL", "CLockstepCrypt",
        ],
        "PlatformPayments": [
            "PlatformAPI", "PlatformCore", "LockstepRuntime", "LockstepPostgres", "CLockstepOpenSSL",
        ],
        "FuzzTargets": ["LockstepDocument", "LockstepEmit", "LockstepJSON", "LockstepRuntime", "LockstepPlugin"],
        "ProcessTestSupport": [],
        "PostgresTestSupport": ["ProcessTestSupport"],
        "PlatformTestSupport": ["PostgresTestSupport", "ProcessTestSupport", "LockstepEventLoop", "LockstepPostgres"],
        "PlatformAssembly": [
            "PlatformAPI", "PlatformCore", "PlatformAuth", "PlatformPayments", "LockstepRuntime",
            "LockstepEventLoop", "LockstepServer", "LockstepPostgres",
        ],
        "platform": ["PlatformAssembly", "CLockstepJemalloc"],
    ]

    /// Modules of the toolchain that run-time code may import. `Foundation` proper is not among them: it costs
    /// start-up time and size, and `FoundationEssentials` has what a request needs.
    static let toolchainAtRunTime: Set<String> = [
        "Swift", "Glibc", "Synchronization", "FoundationEssentials", "Dispatch", "_Concurrency",
    ]

    /// Targets that run on a developer's machine, not per request.
    static let buildTime: Set<String> = [
        "LockstepDocument", "LockstepEmit", "lockstep-generate", "lockstep", "LockstepPlugin",
    ]
}
