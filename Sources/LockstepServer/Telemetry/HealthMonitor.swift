public import LockstepRuntime
import Synchronization

/// A question to something that the instance needs.
public struct HealthCheck: Sendable {
    /// The name under `services`.
    public let name: String
    /// Whether the instance is not ready without it.
    public let isRequired: Bool
    /// Whether it is there. It must end in bounded time by itself.
    public let isUp: @Sendable () async -> Bool

    /// A check of this name.
    public init(_ name: String, isRequired: Bool = true, isUp: @escaping @Sendable () async -> Bool) {
        self.name = name
        self.isRequired = isRequired
        self.isUp = isUp
    }
}

/// What the checks found.
public struct HealthReport: Sendable, Equatable {
    /// Whether everything required is up and the instance is not shutting down.
    public let isReady: Bool
    /// When the checks ran.
    public let timestamp: Timestamp
    /// Whether each service is up, in the order of the checks.
    public let services: [Service]

    /// One service.
    public struct Service: Sendable, Equatable {
        /// Its name.
        public let name: String
        /// Whether it is up.
        public let isUp: Bool
    }
}

/// Knows whether the instance should get requests.
///
/// Liveness has no method here on purpose: a process that answers is alive, and asking the database would let its outage
/// restart every instance. Results are kept for a second, so that frequent probes cost the services nothing.
public final class HealthMonitor: Sendable {
    private struct State {
        var isShuttingDown = false
        var last: (services: [HealthReport.Service], timestamp: Timestamp, at: MonotonicTime)?
    }

    private let checks: [HealthCheck]
    private let time: any TimeSource
    private let freshness: Duration
    private let state = Mutex(State())

    /// A monitor of these services.
    public init(_ checks: [HealthCheck], freshness: Duration = .seconds(1), time: any TimeSource = SystemTime()) {
        self.checks = checks
        self.freshness = freshness
        self.time = time
    }

    /// From now on the instance is not ready.
    public func beginShutdown() {
        state.withLock { $0.isShuttingDown = true }
    }

    /// Whether the shutdown has begun.
    public var isShuttingDown: Bool { state.withLock { $0.isShuttingDown } }

    /// The state of the instance.
    public func report() async -> HealthReport {
        let (services, timestamp) = await services()
        let isMissing = zip(checks, services).contains { $0.isRequired && !$1.isUp }
        return HealthReport(isReady: !isMissing && !isShuttingDown, timestamp: timestamp, services: services)
    }

    private func services() async -> ([HealthReport.Service], Timestamp) {
        let now = time.monotonicNow
        if let last = state.withLock({ $0.last }), now < last.at + freshness { return (last.services, last.timestamp) }
        var services: [HealthReport.Service] = []
        for check in checks {
            services.append(HealthReport.Service(name: check.name, isUp: await check.isUp()))
        }
        let timestamp = time.now
        state.withLock { [services] in $0.last = (services, timestamp, now) }
        return (services, timestamp)
    }
}
