public import LockstepRuntime
import Synchronization

/// Where log lines go: a bounded buffer that a thread of its own writes out.
///
/// Event loops only append under a short lock. When the reader of standard output is slow, the buffer fills, and further
/// lines are counted and dropped instead of stopping the loops; the count is a metric.
public final class LogOutput: LogSink {
    private struct State {
        var lines: [UInt8] = []
        var isWakePending = false
        var clock = LogClock()
    }

    private let state = Mutex(State())
    private let dropped = Atomic<Int>(0)
    private let capacity: Int
    private let writer: LogWriterThread?

    /// An output to a file descriptor, standard output by default, that holds at most `capacity` bytes.
    public init(fileDescriptor: Int32 = 1, capacity: Int = 4 << 20) {
        self.capacity = capacity
        writer = LogWriterThread(fileDescriptor: fileDescriptor)
        writer?.start { [weak self] in self?.take() }
    }

    deinit {
        // The thread finds that its lines are gone, and ends.
        writer?.wake()
    }

    /// An output that only collects, for tests: see ``take()``.
    public init(collecting capacity: Int) {
        self.capacity = capacity
        writer = nil
    }

    /// Lines that were dropped because the buffer was full.
    public var droppedLines: Int { dropped.load(ordering: .relaxed) }

    /// Takes one record of a ``Logger``.
    public func write(_ record: LogRecord) {
        appendLine { bytes, _ in
            let start = bytes.count
            record.appendJSON(to: &bytes)
            LogPatterns.redact(&bytes, from: start)
        }
    }

    /// Appends one line that `body` writes, without its line end, or drops it if there is no room. The body looks for secrets
    /// in what does not come from this server.
    func appendLine(_ body: (inout [UInt8], inout LogClock) -> Void) {
        let mustWake = state.withLock { state in
            guard state.lines.count < capacity else {
                dropped.add(1, ordering: .relaxed)
                return false
            }
            body(&state.lines, &state.clock)
            state.lines.append(HTTP1Bytes.lineFeed)
            guard !state.isWakePending else { return false }
            state.isWakePending = true
            return true
        }
        if mustWake { writer?.wake() }
    }

    /// Takes the collected lines.
    public func take() -> [UInt8] {
        state.withLock { state in
            var taken: [UInt8] = []
            swap(&taken, &state.lines)
            state.lines.reserveCapacity(min(taken.count, 1 << 16))
            state.isWakePending = false
            return taken
        }
    }

    /// Returns once all lines so far are written; call it before the process ends.
    public func flush() {
        writer?.flush()
    }
}
