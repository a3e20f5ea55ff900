import PlatformAssembly
import Testing

@Suite struct CommandTests {
    @Test func theCommandLineIsRead() {
        #expect(Command.parse(["serve"]) == .serve(services: [.auth, .payments], checkOnly: false))
        #expect(Command.parse(["serve", "--services", "auth"]) == .serve(services: [.auth], checkOnly: false))
        #expect(Command.parse(["serve", "--check-config"]) == .serve(services: [.auth, .payments], checkOnly: true))
        #expect(Command.parse(["migrate"]) == .migrate(dryRun: false))
        #expect(Command.parse(["migrate", "--dry-run"]) == .migrate(dryRun: true))
        #expect(
            Command.parse(["admin", "create", "a@x.io", "--name", "Ada", "--password-stdin"])
                == .createAdmin(email: "a@x.io", name: "Ada", readsPassword: true))
        #expect(Command.parse(["user", "set-role", "a@x.io", "VENDOR"]) == .setRole(email: "a@x.io", role: "VENDOR"))
    }

    @Test(arguments: [
        [], ["unknown"], ["serve", "--services"], ["serve", "--services", "mail"], ["serve", "extra"],
        ["migrate", "--now"], ["admin"], ["admin", "create"], ["admin", "create", "--name"],
        ["admin", "create", "no-address"], ["user", "set-role", "a@x.io"], ["user", "delete", "a@x.io", "x"],
    ])
    func whatIsNotUnderstoodIsRefused(arguments: [String]) {
        #expect(Command.parse(arguments) == nil)
    }

    /// The numbers are part of the contract with scripts.
    @Test func exitCodesAreThoseOfSysexits() {
        #expect(ExitCode.ok.rawValue == 0 && ExitCode.usage.rawValue == 64 && ExitCode.migration.rawValue == 65)
        #expect(ExitCode.account.rawValue == 67 && ExitCode.database.rawValue == 69)
        #expect(ExitCode.port.rawValue == 71 && ExitCode.configuration.rawValue == 78)
    }

    @Test func aWrongConfigurationAndALostDatabaseEndDifferently() async {
        #expect(await Command.run(["nonsense"], environment: [:]) == .usage)
        #expect(await Command.run(["serve"], environment: ["NODE_ENV": "production"]) == .configuration)
        let lost = [
            "NODE_ENV": "test", "DATABASE_URL": "postgresql:///x?host=/nowhere", "MIGRATIONS_DIR": "migrations",
        ]
        #expect(await Command.run(["migrate"], environment: lost) == .database)
    }
}
