internal import LockstepEventLoop
internal import LockstepPostgres
internal import LockstepRuntime
internal import LockstepServer
internal import PlatformCore

/// The command line of the platform.
public enum Command: Sendable, Equatable {
    case serve(services: Set<ServiceName>, checkOnly: Bool)
    case migrate(dryRun: Bool)
    case createAdmin(email: String, name: String, readsPassword: Bool)
    case setRole(email: String, role: String)
    case help

    /// What the program says about itself.
    public static let usage = """
        usage: platform serve [--services auth,payments] [--check-config]
               platform migrate [--dry-run]
               platform admin create EMAIL [--name NAME] [--password-stdin]
               platform user set-role EMAIL ADMIN|VENDOR|CUSTOMER
        """

    /// The command of these arguments; nil when they are not understood.
    public static func parse(_ arguments: [String]) -> Command? {
        var rest = arguments[...]
        switch rest.popFirst() {
        case "serve": return parseServe(rest)
        case "migrate":
            if rest.isEmpty { return .migrate(dryRun: false) }
            return rest == ["--dry-run"] ? .migrate(dryRun: true) : nil
        case "admin": return rest.popFirst() == "create" ? parseCreate(rest) : nil
        case "user":
            guard rest.popFirst() == "set-role", rest.count == 2 else { return nil }
            return .setRole(email: rest[rest.startIndex], role: rest[rest.startIndex + 1])
        case "help", "--help", "-h": return .help
        default: return nil
        }
    }

    private static func parseServe(_ arguments: ArraySlice<String>) -> Command? {
        var rest = arguments
        var services = Set(ServiceName.allCases)
        var checkOnly = false
        while let argument = rest.popFirst() {
            switch argument {
            case "--check-config": checkOnly = true
            case "--services":
                guard let names = rest.popFirst().flatMap(ServiceName.parse) else { return nil }
                services = names
            default: return nil
            }
        }
        return .serve(services: services, checkOnly: checkOnly)
    }

    private static func parseCreate(_ arguments: ArraySlice<String>) -> Command? {
        var rest = arguments
        guard let email = rest.popFirst(), email.contains("@"), !email.hasPrefix("-") else { return nil }
        var name = "Administrator"
        var readsPassword = false
        while let argument = rest.popFirst() {
            switch argument {
            case "--password-stdin": readsPassword = true
            case "--name":
                guard let value = rest.popFirst(), !value.isEmpty else { return nil }
                name = value
            default: return nil
            }
        }
        return .createAdmin(email: email, name: name, readsPassword: readsPassword)
    }
}
