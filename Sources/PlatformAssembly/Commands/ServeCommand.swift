internal import LockstepEventLoop
internal import LockstepServer
internal import PlatformCore

/// `platform serve`: checks everything, then serves until SIGTERM or SIGINT.
struct ServeCommand: Sendable {
    private let configuration: Configuration
    private let services: Set<ServiceName>

    init(_ configuration: Configuration, _ services: Set<ServiceName>) {
        self.configuration = configuration
        self.services = services
    }

    func run(checkOnly: Bool) async throws {
        let count = checkOnly ? 1 : configuration.listener.eventLoops ?? EventLoopGroup.usableCPUs
        let group = try EventLoopGroup(count: count)
        let outcome = await Task(executorPreference: group.loops[0]) {
            try await serve(on: group, checkOnly: checkOnly)
        }.result
        group.stop()
        try outcome.get()
    }

    private func serve(on group: EventLoopGroup, checkOnly: Bool) async throws {
        let telemetry = Telemetry(level: configuration.logLevel)
        let platform = try Platform(
            configuration, services: services, on: group, telemetry: telemetry,
            blocking: BlockingPool(threads: 4, queueLimit: 256))
        defer {
            platform.close()
            telemetry.output.flush()
        }
        if checkOnly {
            try MigrateCommand(configuration).migrator()
            Console.print("the configuration is complete")
            return
        }
        try await MigrateCommand(configuration).check()
        try await platform.checkDatabase()
        let server = Server(
            platform.serverConfiguration, on: group, responder: platform.responder,
            adminResponder: platform.adminResponder, logger: telemetry.logger, time: telemetry.time)
        telemetry.observe(server)
        try await server.start()
        let background = Task(executorPreference: group.loops[0]) { await platform.runBackground() }
        greet(server)
        try await server.run()
        background.cancel()
        await background.value
    }

    /// On standard error: every line of standard output is a log record.
    private func greet(_ server: Server) {
        guard let address = server.address else { return }
        let scheme = configuration.listener.certificate == nil ? "http" : "https"
        let host = configuration.listener.host.contains(":") ? "[\(address.host)]" : address.host
        let base = "\(scheme)://\(host):\(address.port)"
        guard configuration.profile == .development else {
            Console.error("platform: serving \(base)")
            return
        }
        Console.error(
            """

            Lockstep platform, development profile
              API    \(base)
              docs   \(base)/docs
              try    curl -s \(base)/api/auth/register -H 'Content-Type: application/json' \
            -d '{"email":"ada@example.com","password":"correct horse battery","name":"Ada Lovelace"}'

            """)
    }
}
