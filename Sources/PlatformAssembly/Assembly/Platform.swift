public import LockstepEventLoop
internal import LockstepPostgres
public import LockstepRuntime
public import LockstepServer
internal import PlatformAPI
internal import PlatformAuth
public import PlatformCore
internal import PlatformPayments

/// One instance of the platform: its services over one database, behind one responder.
///
/// ```
/// configuration → secrets → pools (one a service, with the service's role) → handlers → APIService → middleware
/// ```
public final class Platform: Sendable {
    /// Answers clients, with all middleware around the services.
    public let responder: any Responder
    /// Answers at the admin address: metrics.
    public let adminResponder: any Responder
    /// Knows whether the instance should get requests.
    public let monitor: HealthMonitor
    /// What the server needs to listen.
    public let serverConfiguration: ServerConfiguration
    /// Logs and metrics.
    public let telemetry: Telemetry

    private let pools: [PostgresPool]
    private let payments: PaymentsService?
    private let watcher: SessionWatcher?
    private let mail: MailDispatcher?
    private let sweepAfter: Int
    private let loop: EventLoop

    /// Puts an instance together. Nothing is listened on yet, and no connection is waited for.
    ///
    /// - Parameter recorder: told of every answer that is checked against the document; for tests.
    public init(
        _ configuration: Configuration, services: Set<ServiceName> = Set(ServiceName.allCases),
        on group: EventLoopGroup, telemetry: Telemetry, blocking: BlockingPool,
        recorder: (any ResponseRecorder)? = nil
    ) throws {
        let secrets = try PlatformSecrets(configuration)
        let edge = try EdgeSettings(configuration.listener)
        let authPool = try Self.pool(configuration.database, role: "auth_svc", group, blocking)
        let verified = VerifiedTokens()
        let users = ActiveUsers()
        let auth = AuthHandlers(
            AuthService(configuration.auth, secrets, Database(authPool), verified: verified), seenBy: users)
        let monitor = HealthMonitor(
            [HealthCheck("database") { (try? await authPool.checkHealth()) != nil }], time: telemetry.time)

        var pools = [authPool]
        var endpoints = SystemHandlers(
            monitor: monitor,
            environment: configuration.profile == .production ? nil : configuration.profile.rawValue,
            keys: secrets.publishedKeys,
            page: configuration.docs.isOn ? DocsPage(folder: configuration.docs.assets) : nil
        ).endpoints
        if services.contains(.auth) { endpoints += auth.endpoints }
        if services.contains(.payments) {
            let pool = try Self.pool(configuration.database, role: "payments_svc", group, blocking)
            let service = PaymentsService(
                database: Database(pool), provider: SimulatedProvider { try await Self.pause($0) },
                cursorKey: secrets.key(for: "page cursors"),
                time: telemetry.time)
            endpoints += PaymentsHandler(service).endpoints
            pools.append(pool)
            payments = service
        } else {
            payments = nil
        }

        var settings = APIService.Configuration()
        settings.pathAliases = ["/api/v1": "/api"]
        settings.validatesResponses = configuration.profile != .production
        settings.recorder = recorder
        settings.admission = edge.limiter(telemetry.metrics, session: { await auth.session(of: $0) })
        let service = try APIService(endpoints, authenticators: auth.authenticators, configuration: settings)
        responder = service.wrapped(in: [edge.middleware(telemetry)])
        adminResponder = AdminResponder(telemetry)
        serverConfiguration = edge.serverConfiguration(onShutdown: { monitor.beginShutdown() })
        Self.register(users, in: telemetry)
        PoolMetricsExport.register(pools, in: telemetry.metrics)
        // Whichever instance serves sign-up also sends its mail.
        mail = services.contains(.auth) ? Self.mail(configuration.mail, secrets, Database(authPool), blocking) : nil
        self.monitor = monitor
        self.telemetry = telemetry
        self.pools = pools
        sweepAfter = configuration.sweepAfter
        loop = group.loops[0]
        watcher = SessionWatcher(Database(authPool), verified, on: loop)
    }

    private static func register(_ users: ActiveUsers, in telemetry: Telemetry) {
        for (label, minutes) in [("5m", 5), ("1h", 60)] {
            telemetry.metrics.add(
                .gauge, "active_users", "Accounts that have called this instance within the window.",
                labels: ["window": label]
            ) { Double(users.count(minutes: minutes, at: telemetry.time.monotonicNow)) }
        }
    }

    /// Waits on the loop of the caller; without one, which does not happen when serving, on none.
    private static func pause(_ duration: Duration) async throws {
        if let loop = EventLoop.current { try await loop.sleep(for: duration) }
    }

    private static func mail(
        _ configuration: Configuration.Mail, _ secrets: PlatformSecrets, _ database: Database, _ blocking: BlockingPool
    ) -> MailDispatcher? {
        guard let folder = configuration.folder else { return nil }
        return MailDispatcher(
            database, oneTime: secrets.oneTimeTokens, sender: MailFolder(folder, pool: blocking),
            links: PublicLinks(site: configuration.site), from: configuration.from)
    }

    private static func pool(
        _ database: Configuration.Database, role: String, _ group: EventLoopGroup, _ blocking: BlockingPool
    ) throws -> PostgresPool {
        var configuration = PostgresConfiguration(database.url.text)
        configuration.connectionsPerLoop = database.connectionsPerLoop
        configuration.role = role
        configuration.applicationName = "platform \(role)"
        return try PostgresPool(configuration, loops: group.loops, blocking: blocking)
    }

    /// Does what goes on beside requests, until the task is cancelled: forgets revoked tokens, settles payments whose
    /// provider has not answered. Call it on one of the group's loops.
    public func runBackground() async {
        await withTaskGroup(of: Void.self) { group in
            if let watcher { group.addTask { await watcher.run() } }
            if let mail { group.addTask { await self.deliver(mail) } }
            if let payments { group.addTask { await self.sweep(payments) } }
            // Ends when the task is cancelled; the watcher's stream has to be told.
            while (try? await loop.sleep(for: .seconds(3_600))) != nil {}
            watcher?.stop()
            group.cancelAll()
        }
    }

    /// Sends mail a moment after it was committed, and once an hour removes what is done with.
    private func deliver(_ mail: MailDispatcher) async {
        var tidied = telemetry.time.now
        var pause = Duration.seconds(1)
        while (try? await loop.sleep(for: pause)) != nil {
            let now = telemetry.time.now
            do {
                let outcome = try await mail.drain(at: now)
                pause = outcome.isFull ? .zero : .seconds(1)
                if outcome.failed > 0 {
                    telemetry.logger.warning("mail could not be sent", ["count": .int(outcome.failed)])
                }
                if now - tidied >= 3_600 {
                    tidied = now
                    try await mail.tidy(at: now)
                }
            } catch {
                pause = .seconds(5)
                telemetry.logger.warning("mail could not be read", ["cause": .string(String(reflecting: error))])
            }
        }
    }

    private func sweep(_ payments: PaymentsService) async {
        let pause = Duration.seconds(max(1, min(30, sweepAfter / 2)))
        while (try? await loop.sleep(for: pause)) != nil {
            do {
                let settled = try await payments.sweep(after: sweepAfter)
                if settled > 0 { telemetry.logger.info("payments settled", ["count": .int(settled)]) }
            } catch {
                telemetry.logger.warning("payments could not be swept", ["cause": .string(String(reflecting: error))])
            }
        }
    }

    /// Whether the database answers.
    public func checkDatabase() async throws { try await pools[0].checkHealth() }

    /// Closes the connections to the database.
    public func close() {
        for pool in pools { pool.close() }
    }
}

extension AuthService {
    init(
        _ configuration: Configuration.Auth, _ secrets: PlatformSecrets, _ database: Database, verified: VerifiedTokens
    ) {
        let threads = configuration.hashThreads ?? EventLoopGroup.usableCPUs
        self.init(
            database: database,
            hasher: PasswordHasher(
                pool: BlockingPool(threads: threads, queueLimit: 64 * threads, name: "passwords"),
                cost: configuration.bcryptCost, pepper: secrets.pepper),
            accessTokens: AccessTokens(
                signature: secrets.signature, issuer: configuration.issuer, audience: configuration.audience,
                lifetime: configuration.accessLifetime),
            refreshTokens: RefreshTokens(secret: secrets.refresh), verified: verified,
            oneTime: secrets.oneTimeTokens,
            policy: AuthService.Policy(
                autoconfirm: configuration.autoconfirm, requiresVerifiedEmail: configuration.requiresVerifiedEmail,
                refreshLifetime: Int64(configuration.refreshLifetime),
                sessionLifetime: Int64(configuration.sessionLifetime), leeway: Int64(configuration.refreshLeeway)))
    }
}
