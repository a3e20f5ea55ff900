/// How serious a log record is.
public enum LogLevel: String, Sendable, Comparable, CaseIterable {
    /// Everything, for finding one bug.
    case trace
    /// What a developer wants to see.
    case debug
    /// What happens in normal operation, one line a request at most.
    case info
    /// Something is wrong that was coped with.
    case warning = "warn"
    /// A request or a task failed for a reason on this side.
    case error
    /// The process cannot go on.
    case fatal

    private var rank: Int {
        switch self {
        case .trace: 0
        case .debug: 1
        case .info: 2
        case .warning: 3
        case .error: 4
        case .fatal: 5
        }
    }

    /// A level by its configuration name; `warning` is accepted for `warn`.
    public init?(name: String) {
        let name = name.lowercased()
        self.init(rawValue: name == "warning" ? "warn" : name)
    }

    /// Orders by seriousness.
    public static func < (left: LogLevel, right: LogLevel) -> Bool { left.rank < right.rank }
}
