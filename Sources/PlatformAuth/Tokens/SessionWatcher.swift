public import LockstepEventLoop
public import LockstepPostgres
internal import LockstepRuntime

/// Keeps the cache of verified tokens honest: what the database announces about sessions and accounts is forgotten here,
/// whichever instance, or person with `psql`, changed it. While the announcements cannot be heard, nothing is cached.
public struct SessionWatcher: Sendable {
    private let listener: Listener
    private let verified: VerifiedTokens

    /// Begins to listen on a connection of its own; nil where the channel's name is refused.
    public init?(_ database: Database, _ verified: VerifiedTokens, on loop: EventLoop) {
        guard let channel = SQLIdentifier("auth_changed") else { return nil }
        listener = Listener(database.pool, channels: [channel], on: loop) { verified.setTold($0) }
        self.verified = verified
    }

    /// Runs until ``stop()``.
    public func run() async {
        for await event in listener.events { heard(event) }
        verified.setTold(false)
    }

    /// Ends ``run()``.
    public func stop() { listener.stop() }

    private func heard(_ event: Listener.Event) {
        switch event {
        case .gap: verified.forgetAll()
        case .notification(let notification): forget(notification.payload)
        }
    }

    /// `session UUID` or `user UUID`; anything else empties the cache.
    private func forget(_ payload: String) {
        let parts = payload.split(separator: " ")
        guard parts.count == 2, let id = UUID(text: String(parts[1])) else { return verified.forgetAll() }
        switch parts[0] {
        case "session": verified.forget(session: id)
        case "user": verified.forget(user: id)
        default: verified.forgetAll()
        }
    }
}
