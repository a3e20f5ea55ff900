internal import LockstepEventLoop

/// One address, on all loops.
final class RunningListener: Sendable {
    let address: ServerAddress
    private let parts: [LoopListener]
    private let balance: ListenerBalance

    private init(_ address: ServerAddress, _ parts: [LoopListener], _ balance: ListenerBalance) {
        self.address = address
        self.parts = parts
        self.balance = balance
    }

    /// Binds, and begins to accept on every loop.
    static func start(
        _ configuration: ListenerConfiguration, _ settings: ListenerSettings, on loops: [EventLoop]
    ) async throws(ServerError) -> RunningListener {
        let socket = try ListeningSocket(
            host: configuration.host, port: configuration.port, backlog: Int32(clamping: configuration.backlog))
        let balance = ListenerBalance()
        let parts = loops.map { LoopListener($0, settings, balance) }
        balance.begin(parts)
        let listener = RunningListener(socket.address, parts, balance)
        for part in parts {
            let failure = await part.loop.run { () -> SystemError? in
                do throws(SystemError) {
                    try part.listen(on: socket)
                    return nil
                } catch {
                    return error
                }
            }
            if let failure {
                await listener.shutdown(drain: .zero)
                throw .cannotListen(host: configuration.host, port: configuration.port, cause: failure)
            }
        }
        return listener
    }

    var statistics: ConnectionStatistics { balance.statistics }

    /// In the order of the loops.
    var connectionsPerLoop: [Int] { parts.map(\.openConnections) }

    /// Stops accepting and lets connections finish for at most `drain`, then ends them; returns when none is left.
    ///
    /// In two steps: a loop may have given its last accepted connection to another loop, which gets it before the second
    /// step, and not after having reported that it has none.
    func shutdown(drain: Duration) async {
        await onEachPart { part in await part.loop.run { part.stopAccepting() } }
        await onEachPart { part in await part.finishConnections(drain: drain) }
        balance.end()
    }

    private func onEachPart(_ body: @escaping @Sendable (LoopListener) async -> Void) async {
        await withTaskGroup(of: Void.self) { group in
            for part in parts { group.addTask { await body(part) } }
        }
    }

    /// Ends all connections now, also while ``shutdown(drain:)`` waits for them.
    func abortConnections() {
        for part in parts { part.loop.execute { part.abortConnections() } }
    }
}

extension LoopListener {
    fileprivate func finishConnections(drain: Duration) async {
        await withUnsafeContinuation { (done: UnsafeContinuation<Void, Never>) in
            loop.onLoop { [self] in
                let deadline = loop.schedule(after: drain) { self.abortConnections() }
                beginShutdown {
                    deadline.cancel()
                    done.resume()
                }
            }
        }
    }
}

extension EventLoop {
    /// Runs `body` on the loop and returns what it returns.
    fileprivate func run<Result: Sendable>(_ body: @escaping @Sendable () -> Result) async -> Result {
        await withUnsafeContinuation { continuation in
            onLoop { continuation.resume(returning: body()) }
        }
    }
}
