import Synchronization

/// The level from which on a process logs, for all its loggers; can be changed while it runs.
public final class LogThreshold: Sendable {
    private let index: Atomic<Int>

    /// A threshold at `level`.
    public init(_ level: LogLevel) {
        index = Atomic(Self.index(of: level))
    }

    /// The lowest level that is written.
    public var level: LogLevel {
        get { LogLevel.allCases[index.load(ordering: .relaxed)] }
        set { index.store(Self.index(of: newValue), ordering: .relaxed) }
    }

    /// `allCases` has them all.
    private static func index(of level: LogLevel) -> Int { LogLevel.allCases.firstIndex(of: level) ?? 0 }
}
