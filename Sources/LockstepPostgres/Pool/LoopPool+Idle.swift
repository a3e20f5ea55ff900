internal import LockstepEventLoop
internal import LockstepRuntime

/// Closing what a burst has opened and nobody needs any more.
///
/// A connection only notes that it was used, which costs a statement nothing; a timer, which runs while there is something
/// to close, turns the notes into times. So a connection goes after ``PostgresConfiguration/idleTimeout`` and up to a
/// quarter more. Statements go to the first free connection, so under little load the last ones fall idle.
extension LoopPool {
    func watchIdle() {
        guard !isWatchingIdle, mayCloseIdle else { return }
        isWatchingIdle = true
        let interval = max(.milliseconds(10), configuration.idleTimeout / 4)
        loop.schedule(after: interval) { [weak self] in
            guard let self else { return }
            isWatchingIdle = false
            closeIdle()
            watchIdle()
        }
    }

    private var mayCloseIdle: Bool {
        !isClosed && connections.count > max(0, configuration.minimumConnectionsPerLoop)
    }

    /// Closes the connections that nobody has used for the configured time, down to the minimum.
    func closeIdle() {
        let now = configuration.time.monotonicNow
        // Last in, first out: the first ones are those that little load keeps using. A copy, since closing removes.
        for connection in connections.reversed() {
            let idleSince = connection.noteIdle(now)
            guard mayCloseIdle, case .shared = connection.use, connection.isIdle,
                idleSince + configuration.idleTimeout <= now
            else { continue }
            connection.retire()
        }
    }
}
