internal import LockstepEventLoop

/// Makes one connection without blocking the loop: names are resolved on the blocking pool, then libpq's connect steps
/// run on the loop as the socket allows.
///
/// Unchecked: confined to `loop`.
final class Connector: @unchecked Sendable {
    typealias Outcome = Result<PQConnection, PostgresError>

    private let loop: EventLoop
    private let blocking: BlockingPool
    private let timeout: Duration
    private var finish: ((Outcome) -> Void)?
    private var pq: PQConnection?
    private var registration: Registration?
    private var timer: TimerHandle?

    /// Prepares to connect; nothing happens before ``start(_:)``.
    init(on loop: EventLoop, blocking: BlockingPool, timeout: Duration) {
        self.loop = loop
        self.blocking = blocking
        self.timeout = timeout
    }

    /// Starts connecting; `finish` is called once, on the loop, and possibly before this returns: a Unix socket that is not
    /// there fails at once.
    func start(_ parameters: ConnectionParameters, finish: @escaping (Outcome) -> Void) {
        self.finish = finish
        timer = loop.schedule(after: timeout) { [weak self] in
            self?.end(.failure(PostgresError(.connectFailed, "connecting took too long")))
        }
        if parameters.needsResolving {
            loop.start { [self] in await resolve(parameters) }
        } else {
            begin(parameters)
        }
    }

    /// Gives up.
    func cancel() {
        end(.failure(PostgresError(.poolClosed, "the pool was closed")))
    }

    private func resolve(_ parameters: ConnectionParameters) async {
        let resolved: Result<ConnectionParameters, PostgresError>
        do {
            resolved = .success(try await blocking.run { try parameters.resolved() })
        } catch let error as PostgresError {
            resolved = .failure(error)
        } catch {
            resolved = .failure(PostgresError(.connectFailed, "no thread was free to resolve the host name"))
        }
        loop.checkIsCurrent()
        guard finish != nil else { return }
        switch resolved {
        case .success(let parameters): begin(parameters)
        case .failure(let error): end(.failure(error))
        }
    }

    private func begin(_ parameters: ConnectionParameters) {
        guard let pq = PQConnection(parameters) else {
            return end(.failure(PostgresError(.connectFailed, "libpq is out of memory")))
        }
        self.pq = pq
        guard !pq.isBad else { return fail("the connection could not be started") }
        // libpq asks to begin as if the last step had asked to write.
        watch(.writable)
    }

    private func step() {
        guard let pq else { return }
        // The socket may be another one after the step, even with the same number: leave epoll before it.
        registration?.deregister()
        registration = nil
        switch pq.pollConnecting() {
        case .readable: watch(.readable)
        case .writable: watch(.writable)
        case .ready: end(.success(pq))
        case .failed: fail("the database refused the connection or could not be reached")
        }
    }

    private func watch(_ interest: IOEvents) {
        guard let pq else { return }
        do {
            registration = try loop.register(pq.socket, interest) { [weak self] _ in self?.step() }
        } catch {
            fail("the socket cannot be watched")
        }
    }

    private func fail(_ reason: String) {
        end(.failure(PostgresError(.connectFailed, reason, diagnostics: pq?.errorMessage)))
    }

    private func end(_ outcome: Outcome) {
        guard let finish = finish.take() else { return }
        timer?.cancel()
        registration?.deregister()
        registration = nil
        pq = nil
        finish(outcome)
    }
}
