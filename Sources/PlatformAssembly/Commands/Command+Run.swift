internal import LockstepEventLoop
internal import LockstepPostgres
internal import LockstepServer
internal import PlatformCore

extension Command {
    /// Runs the program and returns how it ends. Every failure is one line (the configuration's: one a fault) on
    /// standard error.
    public static func run(_ arguments: [String], environment: [String: String]) async -> ExitCode {
        guard let command = parse(arguments) else {
            Console.error("platform: \(misunderstanding(arguments))\n\(usage)")
            return .usage
        }
        if command == .help {
            Console.print(usage)
            return .ok
        }
        do {
            let configuration = try Configuration.load(environment)
            try await command.run(configuration)
            return .ok
        } catch {
            let failure = failure(for: error)
            Console.error("platform: \(failure.line)")
            return failure.code
        }
    }

    private func run(_ configuration: Configuration) async throws {
        switch self {
        case .serve(let services, let checkOnly):
            try await ServeCommand(configuration, services).run(checkOnly: checkOnly)
        case .migrate(let dryRun):
            try await MigrateCommand(configuration).run(dryRun: dryRun)
        case .createAdmin(let email, let name, let readsPassword):
            try await AccountCommand(configuration).createAdmin(email, name: name, readsPassword: readsPassword)
        case .setRole(let email, let role):
            try await AccountCommand(configuration).setRole(of: email, to: role)
        case .help:
            break
        }
    }

    /// Names the command only: what follows it may hold a secret.
    private static func misunderstanding(_ arguments: [String]) -> String {
        guard let name = arguments.first else { return "no command" }
        let known = ["serve", "migrate", "admin", "user"].contains(name)
        return known ? "wrong arguments for '\(name)'" : "unknown command '\(name)'"
    }

    private static func failure(for error: any Error) -> CommandFailure {
        switch error {
        case let failure as CommandFailure: failure
        case let error as ConfigurationError: CommandFailure(.configuration, error.description)
        case let error as MigrationError:
            CommandFailure(error.kind == .connection ? .database : .migration, error.description)
        case let error as ServerError: CommandFailure(.port, error.description)
        case let error as PostgresError where error.code == .invalidConfiguration:
            CommandFailure(.configuration, "DATABASE_URL is not a connection string of PostgreSQL")
        case let error as PostgresError where error.isUnavailable:
            CommandFailure(.database, "the database of DATABASE_URL does not answer (\(error.code.rawValue))")
        default: CommandFailure(.software, "\(error)")
        }
    }
}
