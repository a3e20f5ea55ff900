internal import Glibc

/// One plain connection that blocks its thread: for migrations, which run one statement after the other before anything
/// else.
final class BlockingSession {
    private let pq: PQConnection

    /// Connects. Blocks.
    init(_ parameters: ConnectionParameters, timeout: Duration) throws(PostgresError) {
        let resolved = try parameters.resolved()
        guard let pq = PQConnection(resolved) else {
            throw PostgresError(.connectFailed, "libpq is out of memory")
        }
        self.pq = pq
        let clock = ContinuousClock()
        let deadline = clock.now.advanced(by: timeout)
        var next = PQConnection.Poll.writable
        while true {
            switch next {
            case .ready: return
            case .failed: throw failure("the database refused the connection or could not be reached")
            case .readable, .writable:
                guard !pq.isBad else { throw failure("the database refused the connection or could not be reached") }
                let left = clock.now.duration(to: deadline)
                guard left > .zero, wait(for: next, left) else { throw failure("connecting took too long") }
                next = pq.pollConnecting()
            }
        }
    }

    /// Runs one statement in the simple protocol. Blocks.
    @discardableResult
    func run(_ text: [UInt8]) throws(PostgresError) -> PQResult? {
        guard pq.sendSimple(text) else { throw failure("the connection was lost") }
        return try collect()
    }

    /// Runs a statement with parameters. Blocks.
    @discardableResult
    func query(_ sql: SQL) throws(PostgresError) -> Rows {
        guard pq.sendQuery(sql) else { throw failure("the connection was lost") }
        guard let result = try collect() else { throw PostgresError(.unexpectedResult, "the statement has no result") }
        return Rows(result)
    }

    /// Whether a transaction is open, failed or not.
    var isInTransaction: Bool { !pq.isIdleOutsideTransaction }

    private func collect() throws(PostgresError) -> PQResult? {
        var last: PQResult?
        var failed: PQResult?
        while true {
            switch pq.next(keep: true) {
            case .result(let result): last = result
            case .failure(let result): failed = result
            case .copy: throw PostgresError(.copyRefused, "copy cannot be used in a migration")
            case .aborted, .sync: break
            case .endOfCommand:
                guard let failed else { return last }
                guard failed.hasSQLState else { throw failure("the connection was lost") }
                throw PostgresError(server: failed.serverFields)
            }
        }
    }

    private func wait(for poll: PQConnection.Poll, _ duration: Duration) -> Bool {
        var isWrite = false
        if case .writable = poll { isWrite = true }
        var descriptor = pollfd(fd: pq.socket, events: Int16(isWrite ? POLLOUT : POLLIN), revents: 0)
        return Glibc.poll(&descriptor, 1, Int32(clamping: duration.wholeMilliseconds)) > 0
    }

    private func failure(_ reason: String) -> PostgresError {
        PostgresError(.connectFailed, reason, diagnostics: pq.errorMessage)
    }
}
