public import LockstepDocument
import Synchronization

/// Says what takes how long, for `-v`: a line a stage when it ends, and a last one with the sum.
///
/// Never in generated files: these are the same whoever makes them, and when.
public final class Progress: Sendable {
    private struct State {
        var current: (phase: Phase, start: Duration)?
        var total = Duration.zero
    }

    private let state = Mutex(State())
    private let now: @Sendable () -> Duration
    private let print: @Sendable (String) -> Void

    /// A progress that prints its lines, by default on the standard error; `now` is the time since some start.
    public init(
        now: (@Sendable () -> Duration)? = nil, print: @escaping @Sendable (String) -> Void = Console.printError
    ) {
        let start = ContinuousClock.now
        self.now = now ?? { start.duration(to: .now) }
        self.print = print
    }

    /// A stage begins, and the one before it ends.
    public func begin(_ phase: Phase) {
        end()
        state.withLock { $0.current = (phase, now()) }
    }

    /// The stage ends.
    public func end() {
        guard
            let (phase, time) = state.withLock({ state -> (Phase, Duration)? in
                guard let current = state.current else { return nil }
                let time = now() - current.start
                state.current = nil
                state.total += time
                return (current.phase, time)
            })
        else { return }
        let name = phase.rawValue + String(repeating: " ", count: max(1, 12 - phase.rawValue.count))
        print("lockstep: \(name)\(Self.text(time))")
    }

    /// Everything is done: what there is, and how long it took.
    public func finish(_ outcome: Pipeline.Outcome, written: Int? = nil) {
        end()
        var parts: [String] = []
        if let description = outcome.description {
            parts.append("\(description.schemas.count) schemas, \(description.operations.count) operations")
        }
        if !outcome.files.isEmpty {
            parts.append("\(outcome.files.count) files" + (written.map { ", \($0) written" } ?? ""))
        }
        parts.append(Self.text(state.withLock { $0.total }))
        print("lockstep: \(parts.joined(separator: "; "))")
    }

    private static func text(_ time: Duration) -> String {
        let milliseconds = time.components.seconds * 1000 + time.components.attoseconds / 1_000_000_000_000_000
        return "\(milliseconds) ms"
    }
}
