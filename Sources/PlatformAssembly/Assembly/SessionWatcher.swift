internal import LockstepEventLoop
internal import LockstepPostgres
internal import LockstepRuntime
internal import PlatformAuth

/// Keeps the cache of verified tokens honest: what the database announces about sessions and accounts is forgotten here,
/// whichever instance, or person with `psql`, changed it.
struct SessionWatcher: Sendable {
    private let listener: Listener
    private let verified: VerifiedTokens

    init?(_ database: Database, _ verified: VerifiedTokens, on loop: EventLoop) {
        guard let channel = SQLIdentifier("auth_changed") else { return nil }
        listener = Listener(database.pool, channels: [channel], on: loop) { verified.setTold($0) }
        self.verified = verified
    }

    /// Runs until ``stop()``.
    func run() async {
        for await event in listener.events {
            switch event {
            case .gap: verified.forgetAll()
            case .notification(let notification): forget(notification.payload)
            }
        }
        verified.setTold(false)
    }

    func stop() { listener.stop() }

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
